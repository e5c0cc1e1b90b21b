package cloud.haneul.identity;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What identity's policy rules want to know of the thing acted on: {@code Target.of().user(user).project(project).map()}. */
final class Target {
    private final Map<String, Object> things = new HashMap<>();
    private final Map<String, Object> flat = new HashMap<>();

    private Target() {}

    static Target of() {
        return new Target();
    }

    Target user(User user) {
        flat.put("user_id", user.id());
        return thing("user", user.id(), user.domainId());
    }

    Target user(Optional<User> user) {
        user.ifPresent(this::user);
        return this;
    }

    Target group(Optional<Group> group) {
        group.ifPresent(g -> thing("group", g.id(), g.domainId()));
        return this;
    }

    Target project(Optional<Project> project) {
        project.ifPresent(p -> thing("project", p.id(), p.domainId().orElse(null)));
        return this;
    }

    Target domain(Optional<Project> domain) {
        domain.ifPresent(d -> things.put("domain", Map.of("id", d.id())));
        return this;
    }

    Target role(Optional<Role> role) {
        role.ifPresent(r -> {
            thing("role", r.id(), r.domainId().orElse(null));
            attributes("role").put("name", r.name());
        });
        return this;
    }

    /** A thing that is not there yet. */
    Target newIn(String kind, String domainId) {
        return thing(kind, null, domainId);
    }

    /** The domain a list is about. */
    Target domainId(Optional<String> id) {
        things.put("domain_id", id.orElse(null));
        return this;
    }

    Map<String, ?> map() {
        flat.put("target", things);
        return flat;
    }

    private Target thing(String kind, String id, String domainId) {
        Map<String, Object> attributes = attributes(kind);
        attributes.put("id", id);
        attributes.put("domain_id", domainId);
        return this;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> attributes(String kind) {
        return (Map<String, Object>) things.computeIfAbsent(kind, k -> new HashMap<String, Object>());
    }
}
