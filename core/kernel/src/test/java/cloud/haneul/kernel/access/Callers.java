package cloud.haneul.kernel.access;

import cloud.haneul.kernel.Caller;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Callers for tests: user {@code u1} of domain {@code d1}, in project {@code p1}, in domain {@code d1} or in the system. */
final class Callers {
    private Callers() {}

    static Caller inProject(String... roles) {
        return caller(Optional.of("p1"), Optional.empty(), false, roles);
    }

    static Caller unscoped() {
        return caller(Optional.empty(), Optional.empty(), false);
    }

    static Caller inDomain(String... roles) {
        return caller(Optional.empty(), Optional.of("d1"), false, roles);
    }

    static Caller inSystem(String... roles) {
        return caller(Optional.empty(), Optional.empty(), true, roles);
    }

    private static Caller caller(Optional<String> project, Optional<String> domain, boolean system, String... roles) {
        return new Caller(
                "u1",
                "kim",
                "d1",
                "Default",
                project,
                project,
                project.map(id -> "d1"),
                project.map(id -> "Default"),
                domain,
                domain,
                system,
                Set.of(roles),
                "req-1",
                Optional.empty(),
                Locale.ENGLISH,
                "127.0.0.1");
    }
}
