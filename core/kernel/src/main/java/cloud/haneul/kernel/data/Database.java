package cloud.haneul.kernel.data;

import cloud.haneul.kernel.Component;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one door to the database: work is a function of an {@link EntityManager}, run in a transaction that ends with it.
 * A nested call joins the transaction that is open on this thread, so a use case may call another and still commit once;
 * what must happen only when the rows are safe (waking a worker, telling a page) waits in {@link #afterCommit}.
 * Drivers are never called inside: the plugin host asks {@link #inTransaction()} and refuses.
 */
@Component
public class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private final PersistenceUnit unit;
    private final ThreadLocal<Session> open = new ThreadLocal<>();

    @Inject
    Database(PersistenceUnit unit) {
        this.unit = unit;
        unit.onWrite(row -> listChanged(row.list()));
    }

    /** Runs {@code work} on the open transaction, or on a read-only session of its own. */
    public <T> T read(Function<EntityManager, T> work) {
        Session session = open.get();
        if (session != null) {
            return work.apply(session.em);
        }
        EntityManager em = factory().createEntityManager();
        try {
            return work.apply(em);
        } finally {
            em.close();
        }
    }

    /**
     * Runs {@code work} in a transaction and commits it; joins one that is open on this thread.
     *
     * @throws DuplicateKey when a unique constraint refuses a row
     * @throws StaleRow when a row was changed by somebody else since it was read
     */
    public <T> T write(Function<EntityManager, T> work) {
        if (open.get() != null) {
            return work.apply(open.get().em);
        }
        Session session = new Session(factory().createEntityManager());
        open.set(session);
        T result;
        try {
            session.em.getTransaction().begin();
            result = work.apply(session.em);
            session.doLastWork();
            session.raiseLists();
            session.em.getTransaction().commit();
        } catch (PersistenceException e) {
            throw translated(e);
        } finally {
            open.remove();
            try {
                if (session.em.getTransaction().isActive()) {
                    session.em.getTransaction().rollback();
                }
            } finally {
                session.em.close();
            }
        }
        session.afterCommit.forEach(Database::quietly);
        return result;
    }

    public void run(Consumer<EntityManager> work) {
        write(em -> {
            work.accept(em);
            return null;
        });
    }

    /**
     * As {@link #write}, begun anew up to four more times when another transaction was faster (a stale row, a deadlock,
     * a row inserted first). {@code work} must be safe to repeat. Inside an open transaction it runs once.
     */
    public <T> T writeRetrying(Function<EntityManager, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return write(work);
            } catch (StaleRow | DuplicateKey | TransientFailure e) {
                if (attempt == 5 || inTransaction()) {
                    throw e;
                }
            }
        }
    }

    /** Runs {@code action} after the open transaction has committed, never when it rolls back; at once when none is open. */
    public void afterCommit(Runnable action) {
        Session session = open.get();
        if (session == null) {
            action.run();
        } else {
            session.afterCommit.add(action);
        }
    }

    /**
     * Gives {@code value} to {@code work} at the end of the open transaction, which is begun for it when none is open: after
     * all rows are written, before they are committed, once with all values in their order. For rows that many transactions
     * change: they are locked last, for a moment, and always in the same order.
     *
     * @param work the same object for all values that belong together
     */
    public <T extends Comparable<? super T>> void beforeCommit(BiConsumer<EntityManager, SortedSet<T>> work, T value) {
        run(em -> open.get().beforeCommit(work, value));
    }

    /**
     * Notes in the open transaction, which is begun for it when none is open, that a list looks different. Only for what is
     * not seen by itself: each row of a {@link Listed} that is written is.
     */
    public void listChanged(String list) {
        run(em -> open.get().listChanged(list));
    }

    /**
     * How often a list has changed. Whoever asks before reading the list's rows, and finds the same number later, would read
     * the same rows again; another number says nothing. One small query, however long the list.
     *
     * @param list as in {@link Listed}, or its part before the slash for the rows of all projects
     */
    public long listChanges(String list) {
        return ListChanges.count(unit.dataSource(), list);
    }

    public boolean inTransaction() {
        return open.get() != null;
    }

    /** For the few hot paths that speak JDBC. */
    public DataSource dataSource() {
        return unit.dataSource();
    }

    /** Whether the database is PostgreSQL; for the rare statement that H2 spells differently. */
    public boolean isPostgres() {
        return unit.isPostgres();
    }

    @PreDestroy
    void close() {
        unit.close();
    }

    private EntityManagerFactory factory() {
        return unit.factory();
    }

    private static void quietly(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            // the rows are committed: whatever this was for has a poll as its safety net
            LOG.warn("An action after a commit failed", e);
        }
    }

    private static RuntimeException translated(PersistenceException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof OptimisticLockException) {
                return new StaleRow(e);
            }
            if (t instanceof SQLException sql && sql.getSQLState() != null) {
                String state = sql.getSQLState();
                if (state.equals("23505")) {
                    return new DuplicateKey(e);
                }
                // the row this one refers to went, or one that refers to it came, since it was looked at
                if (state.equals("23503") || state.equals("23506")) {
                    return new StaleRow(e);
                }
                // serialisation failure, deadlock, lock time-out of PostgreSQL and H2
                if (state.startsWith("40") || state.equals("55P03") || state.equals("HYT00")) {
                    return new TransientFailure(e);
                }
            }
        }
        return e;
    }

    private static final class Session {
        private final EntityManager em;
        private final List<Runnable> afterCommit = new ArrayList<>();

        private final Map<BiConsumer<EntityManager, ?>, LastWork<?>> lastWork = new LinkedHashMap<>();
        private final Set<String> changedLists = new HashSet<>();
        private boolean listsRaised;

        Session(EntityManager em) {
            this.em = em;
        }

        @SuppressWarnings("unchecked")
        <T extends Comparable<? super T>> void beforeCommit(BiConsumer<EntityManager, SortedSet<T>> work, T value) {
            ((LastWork<T>) lastWork.computeIfAbsent(work, key -> new LastWork<>(work, new TreeSet<>())))
                    .values.add(value);
        }

        void doLastWork() {
            if (!lastWork.isEmpty()) {
                em.flush();
                lastWork.values().forEach(last -> last.run(em));
            }
        }

        void listChanged(String list) {
            if (changedLists.add(list) && listsRaised) {
                throw new IllegalStateException("A row of " + list + " was written after the lists' changes");
            }
        }

        void raiseLists() {
            // the rows say of themselves which lists they are in, when they are written
            em.flush();
            listsRaised = true;
            ListChanges.raise(em, changedLists);
        }
    }

    private record LastWork<T>(BiConsumer<EntityManager, SortedSet<T>> work, SortedSet<T> values) {
        void run(EntityManager em) {
            work.accept(em, values);
        }
    }

    /** A unique constraint refused a row. */
    public static final class DuplicateKey extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DuplicateKey(Throwable cause) {
            super("A row with the same key exists", cause);
        }
    }

    /** A row was changed by somebody else since it was read. */
    public static final class StaleRow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StaleRow(Throwable cause) {
            super("The row was changed meanwhile", cause);
        }
    }

    /** The database asks to try again: a deadlock, a lock not had in time. */
    public static final class TransientFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TransientFailure(Throwable cause) {
            super("The database asks to try again", cause);
        }
    }
}
