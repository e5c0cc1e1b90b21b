package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Database.DuplicateKey;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The use cases around giving roles and taking them away. */
@Component
public class Assignments {
    private final Database database;
    private final Access access;
    private final RoleBook roles;
    private final Delegations delegations;
    private final Revocations revocations;
    private final Audit audit;

    @Inject
    Assignments(
            Database database,
            Access access,
            RoleBook roles,
            Delegations delegations,
            Revocations revocations,
            Audit audit) {
        this.database = database;
        this.access = access;
        this.roles = roles;
        this.delegations = delegations;
        this.revocations = revocations;
        this.audit = audit;
    }

    /** Gives a role; success when it was given already. */
    public void grant(Caller caller, Grant grant) {
        String rule = rule("create", grant);
        require(caller, rule, grant.actor(), grant.target(), Optional.of(grant.roleId()));
        try {
            database.run(em -> {
                Role role = checked(em, grant);
                if (em.find(Assignment.class, new Assignment.Key(grant)) == null) {
                    em.persist(new Assignment(grant));
                    revocations.stale(grant.actor().id());
                    audit.success(
                            caller,
                            rule,
                            grant.target().type().word(),
                            grant.target().id(),
                            words(role, grant));
                }
            });
        } catch (DuplicateKey e) {
            // somebody else gave it meanwhile
        }
    }

    /**
     * Takes a role away; it stops working at once, in tokens that are out as well.
     *
     * @throws Fault NOT_FOUND when it was not given
     */
    public void revoke(Caller caller, Grant grant) {
        String rule = rule("revoke", grant);
        require(caller, rule, grant.actor(), grant.target(), Optional.of(grant.roleId()));
        database.run(em -> {
            Role role = Roles.existing(em, grant.roleId());
            Assignment row = em.find(Assignment.class, new Assignment.Key(grant));
            if (row == null) {
                throw notGiven(grant);
            }
            em.remove(row);
            delegations.roleLost(em, grant);
            revocations.stale(grant.actor().id());
            audit.success(
                    caller, rule, grant.target().type().word(), grant.target().id(), words(role, grant));
        });
    }

    /** @throws Fault NOT_FOUND when the role was not given */
    public void check(Caller caller, Grant grant) {
        require(caller, rule("check", grant), grant.actor(), grant.target(), Optional.of(grant.roleId()));
        if (!database.read(em -> {
            checked(em, grant);
            return em.find(Assignment.class, new Assignment.Key(grant)) != null;
        })) {
            throw notGiven(grant);
        }
    }

    /** The roles that were given to somebody somewhere. */
    public List<Role> granted(Caller caller, Grant.Actor actor, Grant.Target target, boolean inherited) {
        require(caller, listRule(actor, target), actor, target, Optional.empty());
        return database.read(em -> {
            requireThere(em, actor, target);
            return em.createQuery(
                            "select r from IdentityRole r where r.id in (select a.roleId from Assignment a where a.actorType = :at"
                                    + " and a.actorId = :ai and a.targetType = :tt and a.targetId = :ti and a.inherited = :i)"
                                    + " order by r.name",
                            Role.class)
                    .setParameter("at", actor.type().word())
                    .setParameter("ai", actor.id())
                    .setParameter("tt", target.type().word())
                    .setParameter("ti", target.id())
                    .setParameter("i", inherited)
                    .getResultList();
        });
    }

    /**
     * Who has which role where; for a domain's own people what is in their domain.
     *
     * @param page its marker is a {@link HeldRole#marker()}; the order is not to be chosen
     */
    public List<HeldRole> list(Caller caller, AssignmentFilter filter, Page page) {
        requireList(caller, filter);
        HeldRoles held =
                new HeldRoles(filter, roles, caller.domainId(), page.marker().map(HeldRoleMarker::read));
        return database.read(em -> held.next(em, page.limit()));
    }

    /**
     * All that {@link #list} would find, for answers that are written as they are read: however many there are, only some are in
     * memory. The first of them are read at once, so that what is wrong with the question is told before.
     *
     * @return some at a time, in an order that may be gone through once
     */
    public Iterator<List<HeldRole>> all(Caller caller, AssignmentFilter filter) {
        requireList(caller, filter);
        HeldRoles held = new HeldRoles(filter, roles, caller.domainId(), Optional.empty());
        return new Iterator<>() {
            private List<HeldRole> next = read();

            private List<HeldRole> read() {
                return database.read(em -> held.next(em, Page.MAX));
            }

            @Override
            public boolean hasNext() {
                return !next.isEmpty();
            }

            @Override
            public List<HeldRole> next() {
                if (next.isEmpty()) {
                    throw new NoSuchElementException();
                }
                List<HeldRole> some = next;
                next = some.size() < Page.MAX ? List.of() : read();
                return some;
            }
        };
    }

    private void requireList(Caller caller, AssignmentFilter filter) {
        access.require(
                caller,
                filter.subtree() ? "identity:list_role_assignments_for_tree" : "identity:list_role_assignments",
                Target.of()
                        .domainId(caller.domainId())
                        .project(filter.target()
                                .filter(t -> t.type() == Grant.TargetType.PROJECT)
                                .flatMap(t -> database.read(em -> Optional.ofNullable(em.find(Project.class, t.id())))))
                        .map());
        filter.requireSensible();
    }

    private void require(Caller caller, String rule, Grant.Actor actor, Grant.Target place, Optional<String> roleId) {
        Target target = database.read(em -> {
            Target of = Target.of();
            if (actor.type() == Grant.ActorType.USER) {
                of.user(Optional.ofNullable(em.find(User.class, actor.id())));
            } else {
                of.group(Optional.ofNullable(em.find(Group.class, actor.id())));
            }
            Optional<Project> project = Optional.ofNullable(em.find(Project.class, place.id()));
            return place.type() == Grant.TargetType.DOMAIN
                    ? of.domain(project.filter(Project::isDomain))
                    : of.project(project);
        });
        access.require(caller, rule, target.role(roleId.flatMap(roles::find)).map());
    }

    private static Role checked(EntityManager em, Grant grant) {
        Role role = Roles.existing(em, grant.roleId());
        requireThere(em, grant.actor(), grant.target());
        role.domainId().ifPresent(domain -> {
            Project place = em.find(Project.class, grant.target().id());
            if (place == null || !place.rootId().equals(domain)) {
                throw Fault.forbidden(
                        "Domain " + domain + "'s own role " + role.id() + " can only be given in that domain.");
            }
        });
        return role;
    }

    private static void requireThere(EntityManager em, Grant.Actor actor, Grant.Target target) {
        if (actor.type() == Grant.ActorType.USER) {
            Users.existing(em, actor.id());
        } else {
            Groups.existing(em, actor.id());
        }
        switch (target.type()) {
            case PROJECT -> Projects.existing(em, target.id());
            case DOMAIN -> Domains.existing(em, target.id());
            case SYSTEM -> {
                // there is one, always
            }
        }
    }

    private static String rule(String verb, Grant grant) {
        return grant.target().type() == Grant.TargetType.SYSTEM
                ? "identity:" + verb + "_system_grant_for_"
                        + grant.actor().type().word()
                : "identity:" + verb + "_grant";
    }

    private static String listRule(Grant.Actor actor, Grant.Target target) {
        return target.type() == Grant.TargetType.SYSTEM
                ? "identity:list_system_grants_for_" + actor.type().word()
                : "identity:list_grants";
    }

    private static String words(Role role, Grant grant) {
        return role.name() + " for " + grant.actor().type().word() + " "
                + grant.actor().id();
    }

    private static Fault notGiven(Grant grant) {
        return Fault.of(
                Fault.Kind.NOT_FOUND,
                "Could not find role assignment with role: " + grant.roleId() + ", user or group: "
                        + grant.actor().id() + ", project, domain, or system: "
                        + grant.target().id() + ".");
    }
}
