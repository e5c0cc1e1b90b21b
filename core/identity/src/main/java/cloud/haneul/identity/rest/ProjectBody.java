package cloud.haneul.identity.rest;

import cloud.haneul.identity.NewProject;
import cloud.haneul.identity.ProjectChange;
import cloud.haneul.kernel.rest.JsonIn;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Reads projects and domains, which have most in common. */
final class ProjectBody {
    private static final Set<String> KNOWN = Set.of(
            "id", "name", "domain_id", "parent_id", "is_domain", "description", "enabled", "tags", "options", "links");

    private ProjectBody() {}

    static NewProject wanted(JsonIn in) {
        return new NewProject(
                in.name("name", 1, 64),
                Body.optId(in, "domain_id"),
                Body.optId(in, "parent_id"),
                in.optBool("is_domain").orElse(false),
                in.optPlainBool("enabled").orElse(true),
                in.optText("description", 0, 65535).orElse(""),
                tags(in).orElse(Set.of()),
                Body.immutable(in).orElse(false),
                Body.extra(in, KNOWN));
    }

    static ProjectChange change(JsonIn in) {
        return new ProjectChange(
                in.optName("name", 1, 64),
                in.optPlainBool("enabled"),
                Body.clearable(in, "description", 65535),
                tags(in),
                Body.immutable(in),
                Body.extra(in, KNOWN));
    }

    static Optional<Set<String>> tags(JsonIn in) {
        return in.optList("tags", 80, tag -> tag.asText(1, 255)).map(LinkedHashSet::new);
    }
}
