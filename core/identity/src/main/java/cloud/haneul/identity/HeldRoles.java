package cloud.haneul.identity;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Walks through who has which role where, some at a time, however many there are. {@link HeldRoleRows} reads the assignments
 * that matter and no others, once for each member where it is a group's; from each follows what it comes to: what is inherited
 * comes down the tree, and roles bring those they imply. The number of queries does not grow with that of the rows.
 */
final class HeldRoles {
    private final AssignmentFilter filter;
    private final RoleBook roles;
    private final Optional<String> domain;
    private final Optional<HeldRole> marker;
    private final ProjectTree tree = new ProjectTree();
    private final Map<String, List<String>> brought = new HashMap<>();
    private HeldRoleRows rows;
    private Iterator<HeldRole> chunk = Collections.emptyIterator();
    private Iterator<HeldRole> expansion = Collections.emptyIterator();

    /**
     * @param domain whose targets alone are meant, if any
     * @param marker the one after which to begin, if any; it may be gone meanwhile
     */
    HeldRoles(AssignmentFilter filter, RoleBook roles, Optional<String> domain, Optional<HeldRole> marker) {
        this.filter = filter;
        this.roles = roles;
        this.domain = domain;
        this.marker = marker;
    }

    /** The next ones, at most {@code limit}; fewer only at the end. */
    List<HeldRole> next(EntityManager em, int limit) {
        if (rows == null) {
            rows = HeldRoleRows.of(em, filter, domain, roles, tree, marker.map(HeldRole::origin));
        }
        List<HeldRole> found = new ArrayList<>();
        while (found.size() < limit) {
            if (expansion.hasNext()) {
                found.add(expansion.next());
            } else if (chunk.hasNext()) {
                expansion = expanded(chunk.next()).iterator();
            } else if (rows.hasMore()) {
                chunk = read(em, limit).iterator();
            } else {
                break;
            }
        }
        return found;
    }

    private List<HeldRole> read(EntityManager em, int limit) {
        List<HeldRole> some = rows.next(em, limit);
        if (filter.effective() && filter.target().isEmpty()) {
            tree.know(
                    em,
                    some.stream()
                            .map(HeldRole::grant)
                            .filter(Grant::inherited)
                            .map(Grant::target)
                            .toList());
        }
        return some;
    }

    private Stream<HeldRole> expanded(HeldRole row) {
        if (!filter.effective()) {
            return marker.filter(row::equals).isPresent() ? Stream.empty() : Stream.of(row);
        }
        Stream<HeldRole> places = row.grant().inherited()
                ? rows.below(row.grant().target()).stream().map(row::at)
                : Stream.of(row);
        Stream<HeldRole> all =
                places.flatMap(place -> brought(place.grant().roleId()).stream().map(place::as));
        return marker.filter(last -> last.origin().equals(row))
                .map(last -> all.filter(held -> held.isBehind(last)))
                .orElse(all);
    }

    /** Those of the roles that a role brings which are wanted, in the order of their ids. */
    private List<String> brought(String roleId) {
        return brought.computeIfAbsent(roleId, id -> roles.effective(Set.of(id)).stream()
                .map(TokenContext.Named::id)
                .filter(each -> filter.roleId().map(each::equals).orElse(true))
                .sorted()
                .toList());
    }
}
