package cloud.haneul.kernel.access;

import cloud.haneul.kernel.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The left side of {@code subject:%(attribute)s}: a literal, or something about the caller. */
sealed interface Subject {

    /** A string, a boolean, a collection of strings, or null when the caller has no such thing. */
    Object of(Caller caller);

    /** {@code 'public'}, {@code True}, {@code None}, {@code 42}. */
    record Literal(String value, String written) implements Subject {
        @Override
        public Object of(Caller caller) {
            return value;
        }

        @Override
        public String toString() {
            return written;
        }
    }

    /** {@code project_id}, {@code token.domain.id}. */
    record Credential(String name, Function<Caller, Object> getter) implements Subject {
        @Override
        public Object of(Caller caller) {
            return Values.plain(getter.apply(caller));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** What OpenStack's request context and keystone's token say of a caller, by all the names policy files use for it. */
    Map<String, Function<Caller, Object>> CREDENTIALS = Map.ofEntries(
            Map.entry("user_id", Caller::userId),
            Map.entry("user", Caller::userId),
            Map.entry("user_name", Caller::userName),
            Map.entry("user_domain_id", Caller::userDomainId),
            Map.entry("user_domain_name", Caller::userDomainName),
            Map.entry("project_id", Caller::projectId),
            Map.entry("tenant_id", Caller::projectId),
            Map.entry("tenant", Caller::projectId),
            Map.entry("project_name", Caller::projectName),
            Map.entry("project_domain_id", Caller::projectDomainId),
            Map.entry("project_domain_name", Caller::projectDomainName),
            Map.entry("domain_id", Caller::domainId),
            Map.entry("domain_name", Caller::domainName),
            Map.entry("system_scope", caller -> caller.system() ? "all" : null),
            Map.entry("is_admin_project", caller -> true),
            Map.entry("roles", Caller::roles),
            Map.entry("token.user.id", Caller::userId),
            Map.entry("token.user.domain.id", Caller::userDomainId),
            Map.entry("token.project.id", Caller::projectId),
            Map.entry("token.project.domain.id", Caller::projectDomainId),
            Map.entry("token.domain.id", Caller::domainId),
            Map.entry("token.is_admin_project", caller -> true),
            // A second token that a service sends along; our services are one program and need none.
            Map.entry("service_roles", caller -> Set.of()),
            Map.entry("service_user_id", caller -> Optional.empty()),
            Map.entry("service_user_domain_id", caller -> Optional.empty()),
            Map.entry("service_project_id", caller -> Optional.empty()),
            Map.entry("service_project_domain_id", caller -> Optional.empty()));

    /** @throws IllegalArgumentException in words for the author of the rule */
    static Subject parse(String written) {
        char first = written.isEmpty() ? ' ' : written.charAt(0);
        if (first == '\'' || first == '"') {
            if (written.length() < 2 || written.charAt(written.length() - 1) != first) {
                throw new IllegalArgumentException("the quote before " + written.substring(1) + " is not closed");
            }
            return new Literal(written.substring(1, written.length() - 1), written);
        }
        if (List.of("True", "False", "None").contains(written) || written.matches("-?\\d+(\\.\\d+)?")) {
            return new Literal(written, written);
        }
        Function<Caller, Object> getter = CREDENTIALS.get(written);
        if (getter == null) {
            throw new IllegalArgumentException("nothing about a caller is called '" + written + "'"
                    + Nearest.hint(written, new TreeSet<>(CREDENTIALS.keySet())));
        }
        return new Credential(written, getter);
    }
}
