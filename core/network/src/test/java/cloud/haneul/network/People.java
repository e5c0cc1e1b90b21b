package cloud.haneul.network;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Ids;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Callers of tests: each project is a new one, so that tests do not see each other's things. */
final class People {
    private People() {}

    static String project() {
        return Ids.newHexId();
    }

    static Caller member(String project) {
        return of(project, Set.of("member", "reader"));
    }

    static Caller reader(String project) {
        return of(project, Set.of("reader"));
    }

    static Caller admin(String project) {
        return of(project, Set.of("admin", "manager", "member", "reader"));
    }

    private static Caller of(String project, Set<String> roles) {
        return new Caller(
                "user-of-" + project,
                "somebody",
                "default",
                "Default",
                Optional.of(project),
                Optional.of("project"),
                Optional.of("default"),
                Optional.of("Default"),
                Optional.empty(),
                Optional.empty(),
                false,
                roles,
                Ids.newRequestId(),
                Optional.empty(),
                Locale.ENGLISH,
                "127.0.0.1");
    }
}
