package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Database.DuplicateKey;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The use cases around groups and who is in them. */
@Component
public class Groups {
    private static final int NAME = 255;

    private final Database database;
    private final Access access;
    private final DirectoryPeople people;
    private final Revocations revocations;
    private final Audit audit;
    private final Clock clock;

    @Inject
    Groups(
            Database database,
            Access access,
            DirectoryPeople people,
            Revocations revocations,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.people = people;
        this.revocations = revocations;
        this.audit = audit;
        this.clock = clock;
    }

    /** @throws Fault CONFLICT when the domain has a group of that name */
    public Group create(Caller caller, NewGroup wanted) {
        String domain = wanted.domainId().or(caller::domainId).orElse(Project.DEFAULT_DOMAIN);
        access.require(
                caller,
                "identity:create_group",
                Target.of().newIn("group", domain).map());
        people.requireWritable(domain);
        Text.name("name", wanted.name(), NAME);
        Text.description(wanted.description());
        try {
            return database.write(em -> {
                Domains.existing(em, domain);
                Group group = new Group(
                        Ids.newHexId(),
                        domain,
                        wanted.name(),
                        wanted.description(),
                        Text.merged(Map.of(), wanted.extra()),
                        clock.instant());
                em.persist(group);
                audit.success(caller, "identity:create_group", "group", group.id(), group.name());
                return group;
            });
        } catch (DuplicateKey e) {
            throw Faults.duplicate("group", wanted.name());
        }
    }

    public Group get(Caller caller, String id) {
        return people.freshGroup(Optional.of(visible(caller, "identity:get_group", id)))
                .orElseThrow(() -> Faults.notFound("group", id));
    }

    /**
     * The group of that whole name: for who may give it a role and cannot look through its domain.
     *
     * @throws Fault NOT_FOUND
     */
    public Group named(Caller caller, String domainId, String name) {
        access.require(
                caller,
                "identity:find_user",
                Target.of().newIn("user", domainId).map());
        return list(Caller.inner("find group"), GroupFilter.ALL.in(domainId).named(name), Page.first(1)).stream()
                .findFirst()
                .orElseThrow(() -> Faults.notFound("group", name));
    }

    public List<Group> list(Caller caller, GroupFilter filter, Page page) {
        access.require(
                caller,
                "identity:list_groups",
                Target.of().newIn("group", caller.domainId().orElse(null)).map());
        Optional<String> domain = filter.domainId()
                .or(caller::domainId)
                .filter(id -> caller.domainId().map(id::equals).orElse(true));
        return people.groups(domain, filter, page).orElseGet(() -> rows(caller, filter, page));
    }

    private List<Group> rows(Caller caller, GroupFilter filter, Page page) {
        return database.read(em -> Rows.of(Group.class, "IdentityGroup")
                .where("domainId", filter.domainId())
                .within(caller)
                .where("name", filter.name())
                .nameContains(filter.nameContains())
                .page(em, page, Group::name));
    }

    public Group update(Caller caller, String id, GroupChange change) {
        people.requireWritable(visible(caller, "identity:update_group", id).domainId());
        change.name().ifPresent(name -> Text.name("name", name, NAME));
        change.description().ifPresent(Text::description);
        try {
            return database.write(em -> {
                Group group = existing(em, id);
                change.name().ifPresent(group::rename);
                change.description().ifPresent(group::describe);
                group.extra(Text.merged(group.extra(), change.extra()));
                audit.success(caller, "identity:update_group", "group", id, group.name());
                return group;
            });
        } catch (DuplicateKey e) {
            throw Faults.duplicate("group", change.name().orElse(""));
        }
    }

    /** Its members lose the roles they had through it. */
    public void delete(Caller caller, String id) {
        people.requireWritable(visible(caller, "identity:delete_group", id).domainId());
        database.run(em -> {
            Group group = existing(em, id);
            remove(em, group);
            audit.success(caller, "identity:delete_group", "group", id, group.name());
        });
    }

    /** The users of a group. */
    public List<User> users(Caller caller, String id, UserFilter filter, Page page) {
        Group group = visible(caller, "identity:list_users_in_group", id);
        return people.members(group, filter, page).orElseGet(() -> rows(id, filter, page));
    }

    private List<User> rows(String id, UserFilter filter, Page page) {
        Rows<User> rows = Rows.of(User.class, "IdentityUser")
                .and("r.id in (select m.userId from Membership m where m.groupId = :group)", "group", id)
                .where("name", filter.name())
                .where("enabled", filter.enabled())
                .nameContains(filter.nameContains());
        filter.expiry().ifPresent(expiry -> expiry.on(rows));
        return database.read(em -> rows.page(em, page, User::name));
    }

    /** Puts a user into a group; success when he is in it already. */
    public void add(Caller caller, String id, String userId) {
        require(caller, "identity:add_user_to_group", id, userId, people::requireJoinable);
        try {
            database.run(em -> {
                if (em.find(Membership.class, new Membership.Key(userId, id)) == null) {
                    em.persist(new Membership(userId, id));
                    revocations.stale(userId);
                    audit.success(caller, "identity:add_user_to_group", "group", id, userId);
                }
            });
        } catch (DuplicateKey e) {
            // somebody else put him in meanwhile
        }
    }

    /** @throws Fault NOT_FOUND when the user is not in the group */
    public void remove(Caller caller, String id, String userId) {
        require(caller, "identity:remove_user_from_group", id, userId, people::requireJoinable);
        database.run(em -> {
            Membership membership = em.find(Membership.class, new Membership.Key(userId, id));
            if (membership == null) {
                throw notIn(id, userId);
            }
            em.remove(membership);
            revocations.stale(userId);
            audit.success(caller, "identity:remove_user_from_group", "group", id, userId);
        });
    }

    /** @throws Fault NOT_FOUND when the user is not in the group */
    public void check(Caller caller, String id, String userId) {
        require(
                caller,
                "identity:check_user_in_group",
                id,
                userId,
                (user, group) -> people.withGroups(Optional.of(user)));
        if (!database.read(em -> em.find(Membership.class, new Membership.Key(userId, id)) != null)) {
            throw notIn(id, userId);
        }
    }

    /** For a cascade, in its transaction. */
    void remove(EntityManager em, Group group) {
        removeWhatIsOf(em, Gone.one(group.id()));
        em.remove(group);
        revocations.stale(group.id());
    }

    /** For a cascade: all groups of a domain, in a transaction that makes everything known stale. */
    static void removeAll(EntityManager em, String domainId) {
        removeWhatIsOf(em, Gone.allOf("IdentityGroup", domainId));
        Gone.one(domainId).delete(em, "IdentityGroup", "domainId");
    }

    private static void removeWhatIsOf(EntityManager em, Gone groups) {
        groups.delete(em, "Membership", "groupId");
        groups.delete(em, "Assignment", "actorId");
        groups.delete(em, "Shadow", "publicId");
    }

    Optional<Group> find(String id) {
        return database.read(em -> Optional.ofNullable(em.find(Group.class, id)));
    }

    static Group existing(EntityManager em, String id) {
        return Optional.ofNullable(em.find(Group.class, id)).orElseThrow(() -> Faults.notFound("group", id));
    }

    private Group visible(Caller caller, String rule, String id) {
        Optional<Group> group = find(id);
        access.require(caller, rule, Target.of().group(group).map());
        return group.orElseThrow(() -> Faults.notFound("group", id));
    }

    /** @param then what else must be seen to before */
    private void require(Caller caller, String rule, String id, String userId, BiConsumer<User, Group> then) {
        Optional<Group> group = find(id);
        Optional<User> user = database.read(em -> Optional.ofNullable(em.find(User.class, userId)));
        access.require(caller, rule, Target.of().group(group).user(user).map());
        if (group.isEmpty()) {
            throw Faults.notFound("group", id);
        }
        if (user.isEmpty()) {
            throw Faults.notFound("user", userId);
        }
        then.accept(user.get(), group.get());
    }

    private static Fault notIn(String id, String userId) {
        return Fault.of(Fault.Kind.NOT_FOUND, "User '" + userId + "' not found in group '" + id + "'.");
    }
}
