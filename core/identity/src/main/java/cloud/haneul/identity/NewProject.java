package cloud.haneul.identity;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A project, or a domain in a project's clothes, to be made.
 *
 * @param domainId that of the parent, else the caller's domain, else the default one, when empty
 * @param parentId the domain itself when empty
 */
public record NewProject(
        String name,
        Optional<String> domainId,
        Optional<String> parentId,
        boolean domain,
        boolean enabled,
        String description,
        Set<String> tags,
        boolean immutable,
        Map<String, Object> extra) {

    public static NewProject named(String name) {
        return new NewProject(name, Optional.empty(), Optional.empty(), false, true, "", Set.of(), false, Map.of());
    }

    public NewProject in(String domain) {
        return new NewProject(
                name, Optional.of(domain), parentId, this.domain, enabled, description, tags, immutable, extra);
    }

    public NewProject below(String parent) {
        return new NewProject(
                name, domainId, Optional.of(parent), domain, enabled, description, tags, immutable, extra);
    }

    public NewProject described(String text) {
        return new NewProject(name, domainId, parentId, domain, enabled, text, tags, immutable, extra);
    }
}
