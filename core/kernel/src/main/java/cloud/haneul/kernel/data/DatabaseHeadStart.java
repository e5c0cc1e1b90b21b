package cloud.haneul.kernel.data;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Opens the database on a thread of its own while the server is still busy with the rest of a start: a tenth of the time to the
 * first answer. Whoever needs the database first takes what was opened, or the failure.
 */
public final class DatabaseHeadStart {
    private static final AtomicReference<FutureTask<PersistenceUnit.Opened>> BEGUN = new AtomicReference<>();

    private DatabaseHeadStart() {}

    /** Begins, with the settings as they are now; to be called once in a process. */
    public static void begin() {
        FutureTask<PersistenceUnit.Opened> task = new FutureTask<>(PersistenceUnit::open);
        BEGUN.set(task);
        Thread thread = new Thread(task, "haneul-database-opening");
        thread.setDaemon(true);
        thread.start();
    }

    /** What was begun, once; waits for its end. */
    static Optional<PersistenceUnit.Opened> take() {
        FutureTask<PersistenceUnit.Opened> task = BEGUN.getAndSet(null);
        if (task == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(task.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the database was opened", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }
}
