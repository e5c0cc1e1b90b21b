package cloud.haneul.kernel;

import cloud.haneul.kernel.ServiceModule.SealedColumn;
import cloud.haneul.kernel.data.Database;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.Query;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals again, with the first master key, what the others sealed: beside the work of a controller that starts with more than one
 * key. Safe to end at any moment and to run on several controllers at once: a row is changed only while it is what was read.
 */
@Component
class Resealing implements StartUp {
    private static final Logger LOG = LoggerFactory.getLogger(Resealing.class);
    private static final int PAGE = 200;

    private final Vault vault;
    private final Database database;
    private final List<SealedColumn> columns;
    private ExecutorService worker;

    /** @param sealed how many rows were changed, @param lost how many no key opens */
    record Result(int sealed, int lost) {
        Result plus(Result other) {
            return new Result(sealed + other.sealed, lost + other.lost);
        }
    }

    @Inject
    Resealing(Vault vault, Database database, @Any Instance<ServiceModule> modules) {
        this(
                vault,
                database,
                modules.stream().flatMap(module -> module.sealed().stream()).toList());
    }

    Resealing(Vault vault, Database database, List<SealedColumn> columns) {
        this.vault = vault;
        this.database = database;
        this.columns = columns;
    }

    @Override
    public int order() {
        return 210;
    }

    @Override
    public void start() {
        if (vault.hasOlderKeys()) {
            worker = Executors.newSingleThreadExecutor(work -> new Thread(work, "haneul-resealing"));
            worker.execute(this::logged);
        }
    }

    @Override
    public void stop() {
        if (worker != null) {
            worker.shutdownNow();
        }
    }

    private void logged() {
        try {
            Result result = all();
            if (result.lost > 0) {
                LOG.error("{} secrets in the database can be opened by none of the keys in keys/master", result.lost);
            } else {
                LOG.info(
                        "Every secret is sealed with the first line of keys/master, {} of them anew: when each controller has said so, the others are not needed",
                        result.sealed);
            }
        } catch (RuntimeException e) {
            LOG.error("Not every secret could be sealed with the first line of keys/master; the next start goes on", e);
        }
    }

    /** Every column to its end, or to the controller's. */
    Result all() {
        return columns.stream().map(this::column).reduce(new Result(0, 0), Result::plus);
    }

    private Result column(SealedColumn column) {
        Result result = new Result(0, 0);
        Object last = null;
        while (!Thread.currentThread().isInterrupted()) {
            List<Object[]> rows = page(column, last);
            for (Object[] row : rows) {
                result = result.plus(row(column, row[0], (String) row[1]));
            }
            if (rows.size() < PAGE) {
                return result;
            }
            last = rows.get(PAGE - 1)[0];
        }
        throw new IllegalStateException("The controller ends");
    }

    @SuppressWarnings("unchecked") // JPA's native queries know no types
    private List<Object[]> page(SealedColumn column, Object last) {
        String text = "select %2$s, %3$s from %1$s where %3$s <> ''%4$s order by %2$s"
                .formatted(
                        column.table(),
                        column.key(),
                        column.column(),
                        last == null ? "" : " and " + column.key() + " > ?1");
        return database.read(em -> {
            Query query = em.createNativeQuery(text).setMaxResults(PAGE);
            return (List<Object[]>) (last == null ? query : query.setParameter(1, last)).getResultList();
        });
    }

    private Result row(SealedColumn column, Object key, String sealed) {
        if (vault.isCurrent(sealed)) {
            return new Result(0, 0);
        }
        String anew;
        try {
            anew = vault.seal(vault.open(sealed));
        } catch (IllegalStateException e) {
            LOG.error("The {} of {} {} can be opened by none of the keys", column.column(), column.table(), key);
            return new Result(0, 1);
        }
        int changed = database.writeRetrying(
                em -> em.createNativeQuery("update %1$s set %3$s = ?1 where %2$s = ?2 and %3$s = ?3"
                                .formatted(column.table(), column.key(), column.column()))
                        .setParameter(1, anew)
                        .setParameter(2, key)
                        .setParameter(3, sealed)
                        .executeUpdate());
        return new Result(changed, 0);
    }
}
