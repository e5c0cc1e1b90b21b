package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Home;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.PublicAddress;
import cloud.haneul.kernel.StartUp;
import cloud.haneul.kernel.data.Database;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes at the first start what nobody could make otherwise: the default domain, the roles, the administrator with his
 * project; and brings the catalogue up to date at each. Repeating it changes nothing, and of several controllers that start
 * at once each finds done what another was faster to do.
 */
@Component
public class IdentityBootstrap implements StartUp {
    private static final String ADMIN = "admin";

    private final Database database;
    private final Passwords passwords;
    private final CatalogSync catalog;
    private final Revocations revocations;
    private final Clock clock;
    private Optional<String> firstPassword = Optional.empty();

    @Inject
    IdentityBootstrap(
            Database database, Passwords passwords, CatalogSync catalog, Revocations revocations, Clock clock) {
        this.database = database;
        this.passwords = passwords;
        this.catalog = catalog;
        this.revocations = revocations;
        this.clock = clock;
    }

    @Override
    public int order() {
        return 100;
    }

    @Override
    public void start() {
        if (administrator().isEmpty()) {
            first();
        }
        catalog.synchronise();
    }

    /**
     * The administrator's password if it was made by this start, to be shown to whoever started it; after that it is only in
     * {@code clouds.yaml}.
     */
    public synchronized Optional<String> takeFirstPassword() {
        Optional<String> taken = firstPassword;
        firstPassword = Optional.empty();
        return taken;
    }

    /**
     * Adds a user of the default domain to the installer's {@code clouds.yaml}, with a password made for it just now; an entry
     * of that name stays as it is.
     */
    public synchronized void addToCloudsFile(String entry, String user, String password, String project) {
        cloudsFile().add(entry, user, password, project, authUrl(), IdentitySettings.REGION.get());
    }

    private static CloudsFile cloudsFile() {
        return new CloudsFile(Home.folder(".").resolve("clouds.yaml").normalize());
    }

    private Optional<User> administrator() {
        return database.read(
                em -> References.user(em, Login.UserRef.name(ADMIN, Login.DomainRef.id(Project.DEFAULT_DOMAIN))));
    }

    private synchronized void first() {
        CloudsFile file = cloudsFile();
        String made = Ids.newSecret(15);
        // written first: a crash after the commit must not leave an administrator whose password nobody knows
        boolean written = file.write(made, authUrl(), IdentitySettings.REGION.get());
        String password = file.password().orElse(made);
        String hash = passwords.hash(password);
        boolean mine = database.writeRetrying(em -> rows(em, hash));
        if (mine) {
            firstPassword = Optional.of(password);
        } else if (written && !isAdministrators(password)) {
            file.delete();
        }
    }

    private boolean isAdministrators(String password) {
        return administrator().map(user -> passwords.holds(user.id(), password)).orElse(false);
    }

    /** Whether the administrator was made here. */
    private boolean rows(EntityManager em, String hash) {
        Project domain = em.find(Project.class, Project.DEFAULT_DOMAIN);
        if (domain == null) {
            domain = Project.domain(Project.DEFAULT_DOMAIN, "Default", clock.instant());
            domain.describe("The default domain");
            em.persist(domain);
            em.flush();
        }
        Role admin = role(em, ADMIN);
        Role manager = role(em, "manager");
        Role member = role(em, "member");
        Role reader = role(em, "reader");
        role(em, "service");
        implies(em, admin, manager);
        implies(em, manager, member);
        implies(em, member, reader);
        Project project = project(em, domain);
        Login.UserRef ref = Login.UserRef.name(ADMIN, Login.DomainRef.id(domain.id()));
        boolean make = References.user(em, ref).isEmpty();
        if (make) {
            User user = new User(Ids.newHexId(), domain.id(), ADMIN, clock.instant());
            // he may be the only one who could let himself in again
            user.options(Map.of(UserOptions.IGNORE_INACTIVITY, true));
            em.persist(user);
            em.flush();
            passwords.storeFirst(em, user, hash);
            for (Grant.Target target : List.of(Grant.Target.project(project.id()), Grant.Target.SYSTEM)) {
                em.persist(new Assignment(Grant.of(Grant.Actor.user(user.id()), target, admin.id())));
            }
        }
        revocations.allStale();
        return make;
    }

    private Project project(EntityManager em, Project domain) {
        Login.ProjectRef ref = Login.ProjectRef.name(ADMIN, Login.DomainRef.id(domain.id()));
        return References.project(em, ref).orElseGet(() -> {
            Project project = Project.below(domain, Ids.newHexId(), ADMIN, clock.instant());
            project.describe("The administrator's project");
            em.persist(project);
            em.flush();
            return project;
        });
    }

    private Role role(EntityManager em, String name) {
        List<Role> found = em.createQuery(
                        "select r from IdentityRole r where r.nameSpace = '' and r.name = :name", Role.class)
                .setParameter("name", name)
                .getResultList();
        if (!found.isEmpty()) {
            return found.get(0);
        }
        Role role = new Role(Ids.newHexId(), name, Optional.empty(), clock.instant());
        role.immutable(true);
        role.extra(Map.of());
        em.persist(role);
        em.flush();
        return role;
    }

    private static void implies(EntityManager em, Role prior, Role implied) {
        if (em.find(ImpliedRole.class, new ImpliedRole.Key(prior.id(), implied.id())) == null) {
            em.persist(new ImpliedRole(prior.id(), implied.id()));
        }
    }

    private static String authUrl() {
        return PublicAddress.url() + "/identity/v3";
    }
}
