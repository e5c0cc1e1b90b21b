package cloud.haneul.identity;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The assignments that a list of held roles is made of, in an order that an index has, so that going on from any of them costs
 * the same as beginning. What was asked for becomes conditions here; nothing is read to be thrown away.
 */
final class HeldRoleRows {
    /** As many rows can agree in all by which they are sorted: a user's or group's, on a project or domain, inherited or not. */
    private static final int TIES = 12;

    private static final Comparator<HeldRole> FLAGS = Comparator.<HeldRole, String>comparing(
                    row -> row.groupId().isPresent()
                            ? "group"
                            : row.grant().actor().type().word())
            .thenComparing(row -> row.grant().target().type().word())
            .thenComparing(row -> row.grant().inherited());

    private final AssignmentFilter filter;
    private final ProjectTree tree;
    private final List<String> order;
    private final boolean withMembers;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();
    /** Projects for which inherited roles are wanted; empty for all. */
    private List<String> places = List.of();
    /** What is above all of these. */
    private List<String> above = List.of();

    private Optional<HeldRole> last;
    private boolean lastIsDone;
    private boolean more = true;

    private HeldRoleRows(AssignmentFilter filter, ProjectTree tree, Optional<HeldRole> from) {
        this.filter = filter;
        this.tree = tree;
        this.last = from;
        withMembers = filter.effective() && filter.userId().isEmpty();
        boolean byTarget = filter.target().isPresent()
                && filter.userId().isEmpty()
                && filter.groupId().isEmpty();
        order = byTarget
                ? List.of("a.targetId", "a.actorId", "a.roleId")
                : List.of("a.actorId", "a.targetId", "a.roleId");
    }

    /** @param from the row to begin with; it may be gone meanwhile */
    static HeldRoleRows of(
            EntityManager em,
            AssignmentFilter filter,
            Optional<String> domain,
            RoleBook roles,
            ProjectTree tree,
            Optional<HeldRole> from) {
        HeldRoleRows rows = new HeldRoleRows(filter, tree, from);
        rows.actors(em);
        rows.roles(roles);
        filter.target().ifPresent(target -> rows.target(em, target));
        filter.inherited().ifPresent(inherited -> rows.and("a.inherited = :inherited", "inherited", inherited));
        domain.ifPresent(own -> rows.and(
                "a.targetType <> 'system' and a.targetId in (select o.id from Project o where o.id = :own or o.domainId = :own)",
                "own",
                own));
        return rows;
    }

    private void actors(EntityManager em) {
        filter.userId().ifPresent(user -> {
            List<String> actors = new ArrayList<>(filter.effective() ? Effective.groupsOf(em, user) : List.of());
            actors.add(user);
            and("a.actorId in :actors", "actors", actors);
        });
        filter.groupId().ifPresent(group -> and("a.actorId = :group", "group", group));
        if (withMembers) {
            conditions.add("(a.actorType = 'user' or m.userId is not null)");
        }
    }

    private void roles(RoleBook roles) {
        filter.roleId().ifPresent(role -> {
            List<String> priors = filter.effective() ? roles.priors(role) : List.of(role);
            more = !priors.isEmpty();
            and("a.roleId in :roles", "roles", priors);
        });
    }

    private void target(EntityManager em, Grant.Target target) {
        boolean project = target.type() == Grant.TargetType.PROJECT;
        if (!project || !filter.subtree() && !filter.effective()) {
            and("a.targetId = :target", "target", target.id());
            and("a.targetType = :targetType", "targetType", target.type().word());
            if (filter.effective()) {
                conditions.add("a.inherited = false");
            }
            return;
        }
        TreeSet<String> wanted = new TreeSet<>(List.of(target.id()));
        if (filter.subtree()) {
            tree.know(em, List.of(target));
            wanted.addAll(tree.below(target.id()));
        }
        places = List.copyOf(wanted);
        if (!filter.effective()) {
            and("a.targetId in :targets", "targets", places);
            conditions.add("a.targetType = 'project'");
            return;
        }
        above = Effective.path(em, target.id()).stream()
                .skip(1)
                .map(Project::id)
                .toList();
        and(
                "a.targetId in :targets",
                "targets",
                Stream.concat(places.stream(), above.stream()).toList());
        // what comes down to the places, and what is given there
        if (above.isEmpty()) {
            conditions.add("(a.inherited = true or a.targetType = 'project')");
        } else {
            and("(a.inherited = true or a.targetType = 'project' and a.targetId not in :above)", "above", above);
        }
    }

    private void and(String condition, String name, Object value) {
        conditions.add(condition);
        parameters.put(name, value);
    }

    /** The projects in which something inherited from there counts and is wanted, in the order of their ids. */
    List<String> below(Grant.Target target) {
        return above.contains(target.id()) ? places : tree.below(target.id());
    }

    boolean hasMore() {
        return more;
    }

    /** Some {@code limit} rows, as {@link HeldRole}s of users where the effect is wanted. */
    List<HeldRole> next(EntityManager em, int limit) {
        int most = limit + TIES;
        List<HeldRole> read = query(em).setMaxResults(most).getResultList().stream()
                .map(this::row)
                .toList();
        List<HeldRole> fresh = read.stream().filter(this::isFresh).toList();
        more = read.size() == most;
        if (more) {
            last = Optional.of(read.get(most - 1));
            lastIsDone = true;
        }
        return fresh;
    }

    private TypedQuery<Object[]> query(EntityManager em) {
        List<String> all = new ArrayList<>(conditions);
        Map<String, Object> values = new HashMap<>(parameters);
        last.ifPresent(row -> {
            all.add(from(row, values));
            values.putAll(Map.of(
                    "actorFrom", row.actorId(),
                    "targetFrom", row.grant().target().id(),
                    "roleFrom", row.grant().roleId()));
        });
        TypedQuery<Object[]> query = em.createQuery(
                "select a.actorType, a.actorId, a.targetType, a.targetId, a.roleId, a.inherited"
                        + (withMembers ? ", m.userId" : "")
                        + " from Assignment a"
                        + (withMembers
                                ? " left join Membership m on a.actorType = 'group' and m.groupId = a.actorId"
                                : "")
                        + (all.isEmpty() ? "" : " where " + String.join(" and ", all))
                        + " order by " + String.join(", ", order) + (withMembers ? ", m.userId" : "")
                        + ", a.actorType, a.targetType, a.inherited",
                Object[].class);
        values.forEach(query::setParameter);
        return query;
    }

    /** Where to go on; first what says nothing new, but an index understands it. */
    private String from(HeldRole row, Map<String, Object> values) {
        String first = order.get(0);
        String second = order.get(1);
        String members = "";
        if (withMembers && row.groupId().isPresent()) {
            members = " and (a.actorType = 'user' or m.userId >= :memberFrom)";
            values.put("memberFrom", row.grant().actor().id());
        }
        return hint(first, second)
                + "(" + first + " > " + name(first) + " or " + first + " = " + name(first)
                + " and (" + second + " > " + name(second) + " or " + second + " = " + name(second)
                + " and (a.roleId > :roleFrom or a.roleId = :roleFrom" + members + ")))";
    }

    private String hint(String first, String second) {
        if (parameters.containsKey("group") || parameters.containsKey("target")) {
            return second + " >= " + name(second) + " and ";
        }
        // few enough to be looked at, and H2 2.4 gets "in (...)" and ">=" on one field wrong
        boolean some = parameters.containsKey("actors") || parameters.containsKey("targets");
        return some ? "" : first + " >= " + name(first) + " and ";
    }

    private static String name(String field) {
        return field.equals("a.actorId") ? ":actorFrom" : ":targetFrom";
    }

    private HeldRole row(Object[] column) {
        HeldRole given = HeldRole.given(new Grant(
                new Grant.Actor(Grant.ActorType.of((String) column[0]), (String) column[1]),
                new Grant.Target(Grant.TargetType.of((String) column[2]), (String) column[3]),
                (String) column[4],
                (Boolean) column[5]));
        return filter.effective() && given.grant().actor().type() == Grant.ActorType.GROUP
                ? given.by(filter.userId().orElseGet(() -> (String) column[6]))
                : given;
    }

    /** Not one of those that have already been, among those with the same ids. */
    private boolean isFresh(HeldRole row) {
        if (last.isEmpty() || !row.sameIds(last.get())) {
            return true;
        }
        int order = FLAGS.compare(row, last.get());
        return order > 0 || order == 0 && !lastIsDone;
    }
}
