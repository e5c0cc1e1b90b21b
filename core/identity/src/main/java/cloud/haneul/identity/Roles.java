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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The use cases around roles and what they imply. */
@Component
public class Roles {
    private static final int NAME = 255;

    private final Database database;
    private final Access access;
    private final RoleBook book;
    private final Revocations revocations;
    private final Audit audit;
    private final Clock clock;

    @Inject
    Roles(Database database, Access access, RoleBook book, Revocations revocations, Audit audit, Clock clock) {
        this.database = database;
        this.access = access;
        this.book = book;
        this.revocations = revocations;
        this.audit = audit;
        this.clock = clock;
    }

    /** @throws Fault CONFLICT when there is a role of that name */
    public Role create(Caller caller, NewRole wanted) {
        String rule = wanted.domainId().isPresent() ? "identity:create_domain_role" : "identity:create_role";
        access.require(caller, rule, Map.of());
        Text.name("name", wanted.name(), NAME);
        Text.description(wanted.description());
        try {
            return database.write(em -> {
                wanted.domainId().ifPresent(domain -> Domains.existing(em, domain));
                Role role = new Role(Ids.newHexId(), wanted.name(), wanted.domainId(), clock.instant());
                role.describe(wanted.description());
                role.immutable(wanted.immutable());
                role.extra(Text.merged(Map.of(), wanted.extra()));
                em.persist(role);
                revocations.allStale();
                audit.success(caller, rule, "role", role.id(), role.name());
                return role;
            });
        } catch (DuplicateKey e) {
            throw Faults.duplicate("role", wanted.name());
        }
    }

    public Role get(Caller caller, String id) {
        return visible(caller, "get", id);
    }

    /** The roles of the whole cloud, or those of one domain; for a domain's manager those he may give. */
    public List<Role> list(Caller caller, Optional<String> domainId, Optional<String> name, Page page) {
        access.require(caller, domainId.isPresent() ? "identity:list_domain_roles" : "identity:list_roles", Map.of());
        return list(
                caller,
                Rows.of(Role.class, "IdentityRole")
                        .where("nameSpace", Optional.of(domainId.orElse("")))
                        .where("name", name),
                page);
    }

    /**
     * The roles of the whole cloud and, for who may see them, those of all domains.
     *
     * @param part of their names, in whatever case; empty for any
     */
    public List<Role> everywhere(Caller caller, String part, Page page) {
        access.require(caller, "identity:list_roles", Map.of());
        boolean alsoOfDomains = access.allowed(caller, "identity:list_domain_roles", Map.of());
        return list(
                caller,
                Rows.of(Role.class, "IdentityRole")
                        .where("nameSpace", alsoOfDomains ? Optional.empty() : Optional.of(""))
                        .nameContains(Optional.of(part)),
                page);
    }

    private List<Role> list(Caller caller, Rows<Role> rows, Page page) {
        return database.read(em -> rows.page(em, page, Role::name)).stream()
                .filter(role -> access.allowed(
                        caller,
                        rule("get", Optional.of(role)),
                        Target.of().role(Optional.of(role)).map()))
                .toList();
    }

    public Role update(Caller caller, String id, RoleChange change) {
        visible(caller, "update", id);
        change.name().ifPresent(name -> Text.name("name", name, NAME));
        change.description().ifPresent(Text::description);
        try {
            return database.write(em -> {
                Role role = existing(em, id);
                if (role.isImmutable() && !change.unlocks()) {
                    throw Faults.immutable("role", id, "update");
                }
                change.name().ifPresent(role::rename);
                change.description().ifPresent(role::describe);
                change.immutable().ifPresent(role::immutable);
                role.extra(Text.merged(role.extra(), change.extra()));
                revocations.allStale();
                audit.success(caller, rule("update", Optional.of(role)), "role", id, role.name());
                return role;
            });
        } catch (DuplicateKey e) {
            throw Faults.duplicate("role", change.name().orElse(""));
        }
    }

    /** Whoever had it, has it no more. */
    public void delete(Caller caller, String id) {
        visible(caller, "delete", id);
        database.run(em -> {
            Role role = existing(em, id);
            if (role.isImmutable()) {
                throw Faults.immutable("role", id, "delete");
            }
            remove(em, role);
            revocations.allStale();
            audit.success(caller, rule("delete", Optional.of(role)), "role", id, role.name());
        });
    }

    /**
     * Who has {@code prior} has {@code implied} too from now on.
     *
     * @throws Fault FORBIDDEN for the administrator's role, and for a domain's role below one of the whole cloud
     */
    public void imply(Caller caller, String prior, String implied) {
        access.require(caller, "identity:create_implied_role", Map.of());
        try {
            database.run(em -> {
                Role from = existing(em, prior);
                Role to = existing(em, implied);
                if (to.name().equals("admin") && to.domainId().isEmpty()) {
                    throw Fault.forbidden(to.id() + " cannot be an implied roles");
                }
                if (to.domainId().isPresent() && from.domainId().isEmpty()) {
                    throw Fault.forbidden(to.id() + " cannot be an implied roles: it is a domain's own role");
                }
                if (em.find(ImpliedRole.class, new ImpliedRole.Key(prior, implied)) == null) {
                    em.persist(new ImpliedRole(prior, implied));
                    revocations.allStale();
                    audit.success(
                            caller,
                            "identity:create_implied_role",
                            "role",
                            prior,
                            from.name() + " implies " + to.name());
                }
            });
        } catch (DuplicateKey e) {
            // somebody else said so meanwhile
        }
    }

    /** @throws Fault NOT_FOUND when {@code prior} does not imply {@code implied} directly */
    public void unimply(Caller caller, String prior, String implied) {
        access.require(caller, "identity:delete_implied_role", Map.of());
        database.run(em -> {
            Role from = existing(em, prior);
            Role to = existing(em, implied);
            ImpliedRole row = em.find(ImpliedRole.class, new ImpliedRole.Key(prior, implied));
            if (row == null) {
                throw notImplied(prior, implied);
            }
            em.remove(row);
            revocations.allStale();
            audit.success(
                    caller,
                    "identity:delete_implied_role",
                    "role",
                    prior,
                    from.name() + " implies " + to.name() + " no more");
        });
    }

    /** The roles a role implies directly. */
    public List<Role> implied(Caller caller, String prior) {
        access.require(caller, "identity:list_implied_roles", Map.of());
        requireExisting(prior);
        return book.implied(prior).stream()
                .map(book::find)
                .flatMap(Optional::stream)
                .toList();
    }

    /** @throws Fault NOT_FOUND when {@code prior} does not imply {@code implied} directly */
    public void checkImplied(Caller caller, String prior, String implied) {
        access.require(caller, "identity:get_implied_role", Map.of());
        requireExisting(prior);
        requireExisting(implied);
        if (!book.implied(prior).contains(implied)) {
            throw notImplied(prior, implied);
        }
    }

    /** All roles that imply any, with those they imply. */
    public Map<Role, List<Role>> inferences(Caller caller) {
        access.require(caller, "identity:list_role_inference_rules", Map.of());
        Map<Role, List<Role>> all = new LinkedHashMap<>();
        database.read(em -> em.createQuery("select distinct i.priorId from ImpliedRole i", String.class)
                        .getResultList())
                .forEach(prior -> book.find(prior)
                        .ifPresent(role -> all.put(
                                role,
                                book.implied(prior).stream()
                                        .map(book::find)
                                        .flatMap(Optional::stream)
                                        .toList())));
        return all;
    }

    Optional<Role> find(String id) {
        return book.find(id);
    }

    /** For a cascade, in its transaction. */
    static void remove(EntityManager em, Role role) {
        removeWhatIsOf(em, Gone.one(role.id()));
        em.remove(role);
    }

    /** For a cascade: all roles of a domain, in a transaction that makes everything known stale. */
    static void removeAll(EntityManager em, String domainId) {
        removeWhatIsOf(em, Gone.allOf("IdentityRole", domainId));
        Gone.one(domainId).delete(em, "IdentityRole", "domainId");
    }

    private static void removeWhatIsOf(EntityManager em, Gone roles) {
        roles.delete(em, "Assignment", "roleId");
        roles.delete(em, "ImpliedRole", "priorId", "impliedId");
    }

    static Role existing(EntityManager em, String id) {
        return Optional.ofNullable(em.find(Role.class, id)).orElseThrow(() -> Faults.notFound("role", id));
    }

    private void requireExisting(String id) {
        if (book.find(id).isEmpty()) {
            throw Faults.notFound("role", id);
        }
    }

    private static Fault notImplied(String prior, String implied) {
        return Fault.of(Fault.Kind.NOT_FOUND, prior + " does not imply " + implied);
    }

    private Role visible(Caller caller, String verb, String id) {
        Optional<Role> role = database.read(em -> Optional.ofNullable(em.find(Role.class, id)));
        access.require(caller, rule(verb, role), Target.of().role(role).map());
        return role.orElseThrow(() -> Faults.notFound("role", id));
    }

    private static String rule(String verb, Optional<Role> role) {
        return "identity:" + verb + (role.flatMap(Role::domainId).isPresent() ? "_domain_role" : "_role");
    }
}
