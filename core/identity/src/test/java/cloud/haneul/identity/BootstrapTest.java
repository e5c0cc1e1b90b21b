package cloud.haneul.identity;

import static cloud.haneul.identity.World.request;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.identity.Login.DomainRef;
import cloud.haneul.identity.Login.Scope;
import cloud.haneul.identity.Login.UserRef;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
@With("haneul.port=18400")
class BootstrapTest {
    private final TestCloud cloud;
    private final World world;

    BootstrapTest(TestCloud cloud) {
        this.cloud = cloud;
        this.world = new World(cloud);
    }

    private Tokens.Issued login(String password, Scope scope) {
        return world.tokens.issue(
                Login.password(UserRef.name("admin", DomainRef.id("default")), password, scope), request());
    }

    private String filePassword() {
        return new CloudsFile(cloud.home().resolve("clouds.yaml")).password().orElseThrow();
    }

    @Test
    void theAdministratorsPasswordIsInCloudsYamlForTheOwnerAlone() throws Exception {
        Path file = cloud.home().resolve("clouds.yaml");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).contains("auth_url: http://127.0.0.1:18400/identity/v3", "haneul-system:");
        assertThat(login(filePassword(), Scope.SYSTEM).info().context().roles()).hasSize(4);
        assertThat(Files.list(cloud.home()).map(p -> p.getFileName().toString()))
                .noneMatch(name -> name.endsWith(".new"));
    }

    @Test
    void startingAgainChangesNothing(IdentityBootstrap bootstrap, Database database) {
        bootstrap.takeFirstPassword();
        long rows = rows(database);
        bootstrap.start();
        assertThat(rows(database)).isEqualTo(rows);
        assertThat(bootstrap.takeFirstPassword()).isEmpty();
        login(filePassword(), Scope.SYSTEM);
    }

    @Test
    void aPasswordChangedSinceStaysChanged(IdentityBootstrap bootstrap) {
        String first = filePassword();
        String id = login(first, Scope.NONE).info().context().user().id();
        world.users.changePassword(id, first, "changed", request());
        bootstrap.start();
        login("changed", Scope.NONE);
        world.users.changePassword(id, "changed", first, request());
    }

    @Test
    void severalControllersThatStartAtOnceMakeOneCloud(IdentityBootstrap bootstrap, Database database)
            throws Exception {
        String[] tables = {
            "identity_assignment",
            "identity_password",
            "identity_user",
            "identity_endpoint",
            "identity_service",
            "identity_region",
            "identity_implied_role",
            "identity_role",
            "identity_project_tag"
        };
        for (int round = 0; round < 3; round++) {
            database.run(em -> {
                for (String table : tables) {
                    em.createNativeQuery("delete from " + table).executeUpdate();
                }
                em.createNativeQuery("delete from identity_project where is_domain = false")
                        .executeUpdate();
                em.createNativeQuery("delete from identity_project").executeUpdate();
            });
            Files.delete(cloud.home().resolve("clouds.yaml"));
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<Optional<String>>> starts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                IdentityBootstrap one = new IdentityBootstrap(
                        database,
                        cloud.get(Passwords.class),
                        cloud.get(CatalogSync.class),
                        cloud.get(Revocations.class),
                        cloud.clock());
                starts.add(threads.submit(() -> {
                    one.start();
                    return one.takeFirstPassword();
                }));
            }
            List<String> shown = new ArrayList<>();
            for (Future<Optional<String>> start : starts) {
                start.get().ifPresent(shown::add);
            }
            threads.shutdown();
            assertThat(shown).containsExactly(filePassword());
            login(filePassword(), Scope.SYSTEM);
            // 2 projects, 5 roles, 3 implications, 1 user, 1 password, 2 assignments, region; catalogue beside
            assertThat(rows(database)).isEqualTo(15);
        }
        bootstrap.takeFirstPassword();
    }

    private static long rows(Database database) {
        return database.read(
                em -> List.of("project", "role", "implied_role", "user", "password", "assignment", "region").stream()
                        .mapToLong(table -> ((Number) em.createNativeQuery("select count(*) from identity_" + table)
                                        .getSingleResult())
                                .longValue())
                        .sum());
    }
}
