package cloud.haneul.kernel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.kernel.testing.TestCloud;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("postgresql")
@ExtendWith(TestCloud.class)
class DatabaseTest {
    private final Database database;

    DatabaseTest(Database database) {
        this.database = database;
    }

    @Test
    void aDuplicateIsToldToWhoAskedAndLeavesNothingInTheLog() {
        try (Heard heard = new Heard()) {
            insertLease("twice");
            assertThatThrownBy(() -> insertLease("twice")).isInstanceOf(Database.DuplicateKey.class);
            assertThat(heard.lines).isEmpty();
        }
    }

    @Test
    void lastWorkIsDoneOnceWithAllValuesAfterTheRowsAreWritten() {
        List<String> done = new ArrayList<>();
        BiConsumer<EntityManager, SortedSet<String>> work =
                (em, values) -> done.add(values + " of " + leases(em, "last"));
        database.run(em -> {
            database.beforeCommit(work, "b");
            insertLease("last");
            database.beforeCommit(work, "a");
            database.run(inner -> database.beforeCommit(work, "b"));
            assertThat(done).isEmpty();
        });
        assertThat(done).containsExactly("[a, b] of 1");
    }

    @Test
    void lastWorkIsPartOfTheTransaction() {
        BiConsumer<EntityManager, SortedSet<String>> work = (em, values) -> insertLease("undone");
        assertThatThrownBy(() -> database.run(em -> {
                    database.beforeCommit(work, "a");
                    throw new IllegalStateException("undone");
                }))
                .hasMessage("undone");
        assertThat(database.<Long>read(em -> leases(em, "undone"))).isZero();
        BiConsumer<EntityManager, SortedSet<String>> failing = (em, values) -> {
            throw new IllegalStateException("undone at the end");
        };
        assertThatThrownBy(() -> database.run(em -> {
                    insertLease("undone");
                    database.beforeCommit(failing, "a");
                }))
                .hasMessage("undone at the end");
        assertThat(database.<Long>read(em -> leases(em, "undone"))).isZero();
    }

    @Test
    void aListsChangesAreCountedWhenTheyAreCommitted() throws InterruptedException {
        long before = database.listChanges("thing/counted");
        long all = database.listChanges("thing");
        long others = database.listChanges("thing/not counted");
        database.run(em -> {
            database.listChanged("thing/counted");
            database.run(inner -> database.listChanged("thing/counted"));
            assertThat(database.listChanges("thing/counted")).isEqualTo(before);
        });
        assertThat(database.listChanges("thing/counted")).isEqualTo(before + 1);
        assertThatThrownBy(() -> database.run(em -> {
                    database.listChanged("thing/counted");
                    throw new IllegalStateException("undone");
                }))
                .hasMessage("undone");
        List<Thread> many = IntStream.range(0, 8)
                .mapToObj(i ->
                        new Thread(() -> IntStream.range(0, 20).forEach(k -> database.listChanged("thing/counted"))))
                .toList();
        many.forEach(Thread::start);
        for (Thread one : many) {
            one.join();
        }
        assertThat(database.listChanges("thing/counted")).isEqualTo(before + 161);
        assertThat(database.listChanges("thing/not counted")).isEqualTo(others);
        assertThat(database.listChanges("thing")).isEqualTo(all + 161);
    }

    private static long leases(EntityManager em, String name) {
        return ((Number) em.createNativeQuery("select count(*) from kernel_lease where name = ?1")
                        .setParameter(1, name)
                        .getSingleResult())
                .longValue();
    }

    private void insertLease(String name) {
        database.run(em -> em.createNativeQuery(
                        "insert into kernel_lease (name, node, until_time) values (?1, 'n', current_timestamp)")
                .setParameter(1, name)
                .executeUpdate());
    }

    /** The database stops in the middle of an index; the next time it must not go on from there. */
    @Test
    void aPageOfSomeChosenRowsIsWhatItIsHoweverOftenItIsAsked() {
        database.run(em -> {
            em.createNativeQuery(
                            "create local temporary table page_test (who varchar(8), nth int, primary key (who, nth))")
                    .executeUpdate();
            for (String row :
                    List.of("('a', 1)", "('a', 2)", "('a', 3)", "('b', 1)", "('b', 2)", "('b', 3)", "('c', 1)")) {
                em.createNativeQuery("insert into page_test values " + row).executeUpdate();
            }
            for (int after : List.of(0, 1, 2, 0)) {
                assertThat(em.createNativeQuery(
                                        "select nth from page_test where who in (?1, ?2) and (who > ?3 or nth > ?4)"
                                                + " order by who, nth limit 2")
                                .setParameter(1, "a")
                                .setParameter(2, "b")
                                .setParameter(3, "a")
                                .setParameter(4, after)
                                .getResultList())
                        .as("after " + after)
                        .isEqualTo(after == 2 ? List.of(3, 1) : List.of(after + 1, after + 2));
            }
        });
    }

    /** Warnings and worse of all the JVM while it is open. */
    private static final class Heard extends Handler implements AutoCloseable {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        Heard() {
            setLevel(Level.WARNING);
            Logger.getLogger("").addHandler(this);
        }

        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                lines.add(entry.getLoggerName() + ": " + entry.getMessage());
            }
        }

        @Override
        public void flush() {
            // nothing is kept back
        }

        @Override
        public void close() {
            Logger.getLogger("").removeHandler(this);
        }
    }
}
