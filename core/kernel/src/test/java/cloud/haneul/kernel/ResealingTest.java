package cloud.haneul.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.kernel.ServiceModule.SealedColumn;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.testing.TestCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("postgresql")
@ExtendWith(TestCloud.class)
class ResealingTest {
    private static final String OLD = key('o');
    private static final String NEW = key('n');
    /** More than two pages. */
    private static final int MANY = 450;

    private final Database database;
    private Path file;

    ResealingTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void table(@TempDir Path folder) {
        file = folder.resolve("master");
        run("create table resealing_test (id uuid primary key, secret text)");
    }

    @AfterEach
    void noTable() {
        run("drop table resealing_test");
    }

    @Test
    void whatAnOlderKeySealedIsSealedWithTheNewest() {
        Vault old = vault(OLD);
        for (int i = 0; i < MANY; i++) {
            insert(old.seal("secret " + i));
        }
        insert("");
        insert(null);

        assertThat(resealing(vault(NEW, OLD)).all()).isEqualTo(new Resealing.Result(MANY, 0));

        Vault alone = vault(NEW);
        assertThat(secrets().stream().map(alone::open))
                .contains("secret 0")
                .doesNotHaveDuplicates()
                .hasSize(MANY);
        assertThat(resealing(vault(NEW, OLD)).all())
                .as("a second time there is nothing to do")
                .isEqualTo(new Resealing.Result(0, 0));
    }

    @Test
    void aSecretThatNoKeyOpensStaysAsItIsAndIsCounted() {
        String foreign = vault(key('f')).seal("lost");
        insert(foreign);
        insert(vault(OLD).seal("kept"));

        assertThat(resealing(vault(NEW, OLD)).all()).isEqualTo(new Resealing.Result(1, 1));
        assertThat(secrets()).contains(foreign);
    }

    @Test
    void theFirstKeySealsAndEachOpens() {
        Vault both = vault(NEW, OLD);
        assertThat(both.open(vault(OLD).seal("before"))).isEqualTo("before");
        assertThat(vault(NEW).open(both.seal("after"))).isEqualTo("after");
        assertThatThrownBy(() -> vault(OLD).open(both.seal("after"))).hasMessageContaining("keys/master");
    }

    @Test
    void aLineThatIsNoKeyIsNamed() {
        assertThatThrownBy(() -> vault(NEW, "bm90IGxvbmcgZW5vdWdo")).hasMessageContaining("Line 2 of " + file);
        assertThatThrownBy(() -> vault("!")).hasMessageContaining("Line 1 of " + file);
    }

    private Resealing resealing(Vault vault) {
        return new Resealing(vault, database, List.of(new SealedColumn("resealing_test", "id", "secret")));
    }

    private Vault vault(String... keys) {
        try {
            Files.writeString(file, String.join("\n", keys) + "\n");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new Vault(file);
    }

    private static String key(char of) {
        return Base64.getEncoder().encodeToString(String.valueOf(of).repeat(32).getBytes());
    }

    private void insert(String sealed) {
        run("insert into resealing_test values ('%s', %s)"
                .formatted(
                        UUID.randomUUID(),
                        Optional.ofNullable(sealed)
                                .map(text -> "'" + text + "'")
                                .orElse("null")));
    }

    private List<String> secrets() {
        return database
                .read(em -> em.createNativeQuery("select secret from resealing_test where secret <> ''")
                        .getResultList())
                .stream()
                .map(Object::toString)
                .toList();
    }

    private void run(String sql) {
        database.run(em -> em.createNativeQuery(sql).executeUpdate());
    }
}
