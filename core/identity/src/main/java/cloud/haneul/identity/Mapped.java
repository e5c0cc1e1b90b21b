package cloud.haneul.identity;

import cloud.haneul.identity.Login.DomainRef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@link MappingRules} made of somebody.
 *
 * @param groups by id or by name and domain
 */
record Mapped(MappedUser user, Set<GroupRef> groups, List<MappedProject> projects) {

    /** @param local whether it is a user who is here already, not one made for this */
    record MappedUser(
            boolean local,
            Optional<String> id,
            Optional<String> name,
            Optional<String> email,
            Optional<DomainRef> domain) {}

    /** A group by its id or, without that, by its name in a domain. */
    record GroupRef(Optional<String> id, Optional<String> name, Optional<DomainRef> domain) {}

    /** @param domain that of the identity provider when empty */
    record MappedProject(String name, Optional<DomainRef> domain, List<MappedRole> roles) {}

    /** @param domain empty for a role of the whole cloud */
    record MappedRole(String name, Optional<DomainRef> domain) {}

    /** Takes what the rules give, one after the other. */
    static final class Collector {
        private final Set<GroupRef> groups = new LinkedHashSet<>();
        private final List<MappedProject> projects = new ArrayList<>();
        private Optional<MappedUser> user = Optional.empty();

        /** The first one counts. */
        void user(MappedUser found) {
            user = user.or(() -> Optional.of(found));
        }

        void group(GroupRef group) {
            groups.add(group);
        }

        void project(MappedProject project) {
            projects.add(project);
        }

        Optional<Mapped> mapped() {
            return user.map(found -> new Mapped(found, groups, projects));
        }
    }
}
