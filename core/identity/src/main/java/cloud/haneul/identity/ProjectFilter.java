package cloud.haneul.identity;

import java.util.Optional;
import java.util.Set;

/**
 * Which projects are wanted.
 *
 * @param domains those that act as a domain instead of the others
 * @param tags having all of these
 * @param anyTags having one of these
 * @param notTags not having all of these
 * @param notAnyTags having none of these
 */
public record ProjectFilter(
        Optional<String> domainId,
        Optional<String> parentId,
        Optional<String> name,
        Optional<String> nameContains,
        Optional<Boolean> enabled,
        boolean domains,
        Set<String> tags,
        Set<String> anyTags,
        Set<String> notTags,
        Set<String> notAnyTags) {
    public static final ProjectFilter ALL = new ProjectFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of());

    public ProjectFilter in(String domain) {
        return new ProjectFilter(
                Optional.of(domain),
                parentId,
                name,
                nameContains,
                enabled,
                domains,
                tags,
                anyTags,
                notTags,
                notAnyTags);
    }

    public ProjectFilter named(String text) {
        return new ProjectFilter(
                domainId,
                parentId,
                Optional.of(text),
                nameContains,
                enabled,
                domains,
                tags,
                anyTags,
                notTags,
                notAnyTags);
    }

    /** Only those that have this in their name, in whatever case, or as their whole id; empty: any. */
    public ProjectFilter containing(String part) {
        return new ProjectFilter(
                domainId, parentId, name, Optional.of(part), enabled, domains, tags, anyTags, notTags, notAnyTags);
    }

    Rows<Project> rows() {
        Rows<Project> rows = Rows.of(Project.class, "Project")
                .where("domainId", domainId)
                .where("parentId", parentId)
                .where("name", name)
                .where("enabled", enabled)
                .where("domain", Optional.of(domains))
                .nameContainsOrId(nameContains);
        String having = "(select count(t) from ProjectTag t where t.projectId = r.id and t.name in :";
        if (!tags.isEmpty()) {
            rows.and(having + "tags) = " + tags.size(), "tags", tags);
        }
        if (!anyTags.isEmpty()) {
            rows.and(having + "anyTags) > 0", "anyTags", anyTags);
        }
        if (!notTags.isEmpty()) {
            rows.and(having + "notTags) < " + notTags.size(), "notTags", notTags);
        }
        if (!notAnyTags.isEmpty()) {
            rows.and(having + "notAnyTags) = 0", "notAnyTags", notAnyTags);
        }
        return rows;
    }
}
