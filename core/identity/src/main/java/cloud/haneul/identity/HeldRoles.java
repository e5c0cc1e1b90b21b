package cloud.haneul.identity;

import cloud.haneul.kernel.Fault;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lists who has which role where. First the rows that may matter are read, narrowed by what was asked for; then, when the
 * effect is wanted, groups become their members, what is inherited comes down the tree and roles bring those they imply.
 */
final class HeldRoles {
    private static final int MOST = 20_000;

    private final EntityManager em;
    private final AssignmentFilter filter;
    private final RoleBook roles;

    HeldRoles(EntityManager em, AssignmentFilter filter, RoleBook roles) {
        this.em = em;
        this.filter = filter;
        this.roles = roles;
    }

    List<HeldRole> list() {
        Set<HeldRole> held = new LinkedHashSet<>();
        rows().forEach(row -> held.add(HeldRole.given(row.grant())));
        Set<HeldRole> all = filter.effective() ? implied(inherited(members(held))) : held;
        return all.stream().filter(this::wanted).toList();
    }

    private List<Assignment> rows() {
        List<String> conditions = new ArrayList<>();
        Map<String, Object> parameters = new HashMap<>();
        filter.userId().ifPresent(user -> {
            Set<String> actors = new LinkedHashSet<>(filter.effective() ? Effective.groupsOf(em, user) : List.of());
            actors.add(user);
            conditions.add("a.actorId in :actors");
            parameters.put("actors", actors);
        });
        filter.groupId().ifPresent(group -> {
            conditions.add("a.actorId = :group");
            parameters.put("group", group);
        });
        filter.target().ifPresent(target -> {
            conditions.add("a.targetId in :targets");
            parameters.put("targets", targets(target));
        });
        if (!filter.effective()) {
            filter.roleId().ifPresent(role -> {
                conditions.add("a.roleId = :role");
                parameters.put("role", role);
            });
            filter.inherited().ifPresent(inherited -> {
                conditions.add("a.inherited = :inherited");
                parameters.put("inherited", inherited);
            });
        }
        TypedQuery<Assignment> query = em.createQuery(
                "select a from Assignment a"
                        + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions))
                        + " order by a.targetId, a.actorId, a.roleId",
                Assignment.class);
        parameters.forEach(query::setParameter);
        List<Assignment> rows = query.setMaxResults(MOST + 1).getResultList();
        if (rows.size() > MOST) {
            throw Fault.badRequest("There are more than " + MOST
                    + " role assignments: please name a user, a group or a scope of which you want them.");
        }
        return rows;
    }

    /** The target itself, what is below it when asked for, and what is above it when that may come down. */
    private Set<String> targets(Grant.Target target) {
        Set<String> ids = new LinkedHashSet<>();
        ids.add(target.id());
        if (target.type() == Grant.TargetType.PROJECT) {
            if (filter.subtree()) {
                Effective.below(em, Set.of(target.id())).forEach(project -> ids.add(project.id()));
            }
            if (filter.effective()) {
                Effective.path(em, target.id()).forEach(project -> ids.add(project.id()));
            }
        }
        return ids;
    }

    private Set<HeldRole> members(Set<HeldRole> held) {
        Set<String> groups = new LinkedHashSet<>();
        held.stream()
                .filter(h -> h.grant().actor().type() == Grant.ActorType.GROUP)
                .forEach(h -> groups.add(h.grant().actor().id()));
        Map<String, List<String>> users = new HashMap<>();
        if (!groups.isEmpty()) {
            em.createQuery("select m from Membership m where m.groupId in :groups", Membership.class)
                    .setParameter("groups", groups)
                    .getResultList()
                    .forEach(m -> users.computeIfAbsent(m.groupId(), id -> new ArrayList<>())
                            .add(m.userId()));
        }
        Set<HeldRole> all = new LinkedHashSet<>();
        for (HeldRole h : held) {
            if (h.grant().actor().type() == Grant.ActorType.USER) {
                all.add(h);
            } else {
                users.getOrDefault(h.grant().actor().id(), List.of()).forEach(user -> all.add(h.by(user)));
            }
        }
        return all;
    }

    private Set<HeldRole> inherited(Set<HeldRole> held) {
        Map<String, List<Project>> below = new HashMap<>();
        Set<HeldRole> all = new LinkedHashSet<>();
        for (HeldRole h : held) {
            if (h.grant().inherited()) {
                below.computeIfAbsent(h.grant().target().id(), id -> Effective.below(em, Set.of(id)))
                        .forEach(project -> all.add(h.at(project.id())));
            } else {
                all.add(h);
            }
        }
        return all;
    }

    private Set<HeldRole> implied(Set<HeldRole> held) {
        Set<HeldRole> all = new LinkedHashSet<>();
        for (HeldRole h : held) {
            roles.effective(Set.of(h.grant().roleId())).forEach(role -> all.add(h.as(role.id())));
        }
        return all;
    }

    private boolean wanted(HeldRole held) {
        Grant grant = held.grant();
        return filter.userId()
                        .map(id -> grant.actor().equals(Grant.Actor.user(id)))
                        .orElse(true)
                && filter.roleId().map(grant.roleId()::equals).orElse(true)
                && filter.inherited()
                        .map(down -> down == (grant.inherited() || held.from().isPresent()))
                        .orElse(true)
                && filter.target()
                        .map(target -> grant.target().equals(target)
                                || filter.subtree()
                                        && grant.target().type() == Grant.TargetType.PROJECT
                                        && Effective.path(em, grant.target().id()).stream()
                                                .anyMatch(above -> above.id().equals(target.id())))
                        .orElse(true);
    }
}
