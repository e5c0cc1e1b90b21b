package cloud.haneul.identity;

import cloud.haneul.identity.Login.UserRef;
import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Database.DuplicateKey;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.event.Audit;
import cloud.haneul.kernel.event.Events;
import cloud.haneul.kernel.event.ResourceEvent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The use cases around users. */
@Component
public class Users {
    static final int NAME = 255;

    private final Database database;
    private final Access access;
    private final Passwords passwords;
    private final LoginStates states;
    private final Delegations delegations;
    private final DirectoryPeople people;
    private final Revocations revocations;
    private final Audit audit;
    private final Events events;
    private final Clock clock;

    @Inject
    Users(
            Database database,
            Access access,
            Passwords passwords,
            LoginStates states,
            Delegations delegations,
            DirectoryPeople people,
            Revocations revocations,
            Audit audit,
            Events events,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.passwords = passwords;
        this.states = states;
        this.delegations = delegations;
        this.people = people;
        this.revocations = revocations;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** @throws Fault CONFLICT when the domain has a user of that name */
    public User create(Caller caller, NewUser wanted) {
        String domain = wanted.domainId().or(caller::domainId).orElse(Project.DEFAULT_DOMAIN);
        access.require(
                caller,
                "identity:create_user",
                Target.of().newIn("user", domain).map());
        people.requireWritable(domain);
        Text.name("name", wanted.name(), NAME);
        Optional<String> hash = wanted.password().map(passwords::hash);
        try {
            return database.write(em -> {
                Domains.existing(em, domain);
                User user = new User(Ids.newHexId(), domain, wanted.name(), clock.instant());
                user.enable(wanted.enabled());
                wanted.defaultProjectId().ifPresent(id -> user.defaultProject(noDomain(em, id)));
                wanted.description().ifPresent(text -> user.describe(Text.description(text)));
                wanted.email().ifPresent(address -> user.email(Text.max("email", address, 255)));
                user.options(Text.merged(Map.of(), UserOptions.checked(wanted.options())));
                user.extra(Text.merged(Map.of(), wanted.extra()));
                em.persist(user);
                em.flush();
                hash.ifPresent(h -> passwords.store(em, user, h, false));
                audit.success(caller, "identity:create_user", "user", user.id(), user.name());
                events.publish(new ResourceEvent("user", user.id(), Optional.empty(), "created"));
                return user;
            });
        } catch (DuplicateKey e) {
            throw Faults.duplicate("user", wanted.name() + " at domain ID " + domain);
        }
    }

    public User get(Caller caller, String id) {
        Optional<User> user = find(id);
        access.require(caller, "identity:get_user", Target.of().user(user).map());
        return people.fresh(user).orElseThrow(() -> Faults.notFound("user", id));
    }

    /**
     * The user of that whole name: for who may give him a role and cannot look through his domain.
     *
     * @throws Fault NOT_FOUND
     */
    public User named(Caller caller, String domainId, String name) {
        access.require(
                caller,
                "identity:find_user",
                Target.of().newIn("user", domainId).map());
        return list(Caller.inner("find user"), UserFilter.ALL.in(domainId).named(name), Page.first(1)).stream()
                .findFirst()
                .orElseThrow(() -> Faults.notFound("user", name));
    }

    /** The users the caller may see; for a domain's own people those of their domain. */
    public List<User> list(Caller caller, UserFilter filter, Page page) {
        requireList(caller);
        return people.users(domain(caller, filter), filter, page)
                .orElseGet(() -> database.read(em -> rows(caller, filter).page(em, page, User::name)));
    }

    public long count(Caller caller, UserFilter filter) {
        requireList(caller);
        return people.countUsers(domain(caller, filter), filter)
                .orElseGet(() -> database.read(em -> rows(caller, filter).count(em)));
    }

    /** The one domain a list is of, if it is of one; a domain's own people are shown no other domain's. */
    private static Optional<String> domain(Caller caller, UserFilter filter) {
        return filter.domainId()
                .or(caller::domainId)
                .filter(id -> caller.domainId().map(id::equals).orElse(true));
    }

    private void requireList(Caller caller) {
        access.require(
                caller,
                "identity:list_users",
                Target.of().domainId(caller.domainId()).map());
    }

    private static Rows<User> rows(Caller caller, UserFilter filter) {
        Rows<User> rows = Rows.of(User.class, "IdentityUser")
                .where("domainId", filter.domainId())
                .within(caller)
                .where("name", filter.name())
                .where("enabled", filter.enabled())
                .nameContains(filter.nameContains());
        filter.expiry().ifPresent(expiry -> expiry.on(rows));
        return rows;
    }

    /** A new password or a disabled user end all his tokens. */
    public User update(Caller caller, String id, UserChange change) {
        Optional<User> known = find(id);
        access.require(caller, "identity:update_user", Target.of().user(known).map());
        if (known.isEmpty()) {
            throw Faults.notFound("user", id);
        }
        people.requireWritable(known.get().domainId());
        change.name().ifPresent(name -> Text.name("name", name, NAME));
        Optional<String> hash = change.password().map(passwords::hash);
        try {
            return database.write(em -> {
                User user = existing(em, id);
                boolean wasEnabled = user.isEnabled();
                change.name().ifPresent(user::rename);
                change.enabled().ifPresent(user::enable);
                change.defaultProjectId().ifPresent(p -> user.defaultProject(p.isEmpty() ? "" : noDomain(em, p)));
                change.description().ifPresent(text -> user.describe(Text.description(text)));
                change.email().ifPresent(address -> user.email(Text.max("email", address, 255)));
                user.options(Text.merged(user.options(), UserOptions.checked(change.options())));
                user.extra(Text.merged(user.extra(), change.extra()));
                hash.ifPresent(h -> passwords.store(em, user, h, false));
                if (hash.isPresent() || change.enabled().orElse(false)) {
                    states.letIn(id);
                }
                if (hash.isPresent() || wasEnabled && !user.isEnabled()) {
                    revocations.user(id);
                }
                revocations.stale(id);
                audit.success(caller, "identity:update_user", "user", id, user.name());
                events.publish(new ResourceEvent("user", id, Optional.empty(), "updated"));
                return user;
            });
        } catch (DuplicateKey e) {
            throw Faults.duplicate("user", change.name().orElse(""));
        }
    }

    /**
     * A user's own change of password; knowing the one in force is what it takes.
     *
     * @throws Fault UNAUTHORIZED when {@code current} is not the password, whoever asks; BAD_REQUEST when the rules on passwords
     *     forbid it
     */
    public void changePassword(String id, String current, String wanted, RequestInfo request) {
        changePassword(UserRef.id(id), current, wanted, request);
    }

    /** The same for somebody who gives his name. */
    public void changePassword(UserRef ref, String current, String wanted, RequestInfo request) {
        database.read(em -> References.user(em, ref)).map(User::domainId).ifPresent(people::requireWritable);
        User user = passwords.verifyForChange(ref, current, wanted, request);
        if (current.equals(wanted)) {
            throw Fault.badRequest("password", "The new password must differ from the current one.")
                    .type("SamePassword");
        }
        String hash = passwords.hash(wanted);
        database.run(em -> {
            passwords.store(em, user, hash, true);
            revocations.user(user.id());
            audit.success(
                    Callers.unscoped(user, "", request), "identity:change_password", "user", user.id(), user.name());
        });
    }

    /** Deletes a user with his memberships and roles; his tokens end. */
    public void delete(Caller caller, String id) {
        Optional<User> known = find(id);
        access.require(caller, "identity:delete_user", Target.of().user(known).map());
        known.map(User::domainId).ifPresent(people::requireWritable);
        database.run(em -> {
            User user = existing(em, id);
            remove(em, user);
            audit.success(caller, "identity:delete_user", "user", id, user.name());
        });
    }

    /** The projects in which a user has a role, through groups and from above too. */
    public List<Project> projects(Caller caller, String id) {
        Optional<User> user = find(id);
        access.require(
                caller, "identity:list_user_projects", Target.of().user(user).map());
        if (user.isEmpty()) {
            throw Faults.notFound("user", id);
        }
        return database.read(em -> {
            List<String> actors = new ArrayList<>(Effective.groupsOf(em, id));
            actors.add(id);
            return Effective.projects(em, actors);
        });
    }

    public List<Group> groups(Caller caller, String id) {
        Optional<User> user = find(id);
        access.require(
                caller, "identity:list_groups_for_user", Target.of().user(user).map());
        if (people.withGroups(user).isEmpty()) {
            throw Faults.notFound("user", id);
        }
        return database.read(em -> em.createQuery(
                        "select g from IdentityGroup g where g.id in (select m.groupId from Membership m where"
                                + " m.userId = :id) order by g.name",
                        Group.class)
                .setParameter("id", id)
                .getResultList());
    }

    /** When the passwords of these users expire; those that do not are left out. */
    public Map<String, Instant> passwordExpiries(Collection<String> ids) {
        return passwords.expiries(ids);
    }

    /** The names of users by id, for pages that show whose something is. Who is not there (any more) is left out. */
    public Map<String, String> names(Collection<String> ids) {
        return ids.isEmpty() ? Map.of() : database.read(em -> Names.of(em, "IdentityUser", ids));
    }

    /** For a cascade, in its transaction. */
    void remove(EntityManager em, User user) {
        String id = user.id();
        delegations.userGone(em, id);
        removeWhatIsOf(em, Gone.one(id));
        em.remove(user);
        revocations.user(id);
        revocations.stale(id);
        events.publish(new ResourceEvent("user", id, Optional.empty(), "deleted"));
    }

    /** For a cascade: all users of a domain, in a transaction that ends their tokens and makes everything known stale. */
    void removeAll(EntityManager em, String domainId) {
        removeWhatIsOf(em, Gone.allOf("IdentityUser", domainId));
        Gone.one(domainId).delete(em, "IdentityUser", "domainId");
        events.publish(new ResourceEvent("user", domainId, Optional.empty(), "deleted"));
    }

    /** All but the trusts. */
    private static void removeWhatIsOf(EntityManager em, Gone users) {
        users.delete(em, "Membership", "userId");
        users.delete(em, "IdentityPassword", "userId");
        users.delete(em, "Assignment", "actorId");
        users.delete(em, "Shadow", "publicId");
        users.delete(em, "FederatedUser", "userId");
        Delegations.removeWhatIsOfUsers(em, users);
    }

    Optional<User> find(String id) {
        return database.read(em -> Optional.ofNullable(em.find(User.class, id)));
    }

    static User existing(EntityManager em, String id) {
        return Optional.ofNullable(em.find(User.class, id)).orElseThrow(() -> Faults.notFound("user", id));
    }

    private static String noDomain(EntityManager em, String projectId) {
        Project project = em.find(Project.class, Text.max("default_project_id", projectId, 64));
        if (project != null && project.isDomain()) {
            throw Fault.badRequest(
                    "default_project_id", "User's default project ID cannot be a domain ID: " + projectId);
        }
        return projectId;
    }
}
