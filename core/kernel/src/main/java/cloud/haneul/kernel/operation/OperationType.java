package cloud.haneul.kernel.operation;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.OptionalInt;

/**
 * A kind of long work: its steps and what they mean for the resource. One {@code @Component} per kind, found by CDI. Stateless:
 * all that is known of a run is in its {@link Context}.
 *
 * @param <P> the parameters, a record kept as JSON
 */
public interface OperationType<P> {

    /** Stable and kebab-case, such as {@code server-create}; stored with every run and used in message keys. */
    String kind();

    /**
     * Raised when the steps change so that a run stored by an older version cannot go on; the older version's type must then
     * stay until no run of it is left.
     */
    default int version() {
        return 1;
    }

    Class<P> params();

    /** The same list for every run: the index of a step is stored. */
    List<Step<P>> steps();

    /**
     * The step from which another place is tried when one fails with recovery TRY_ELSEWHERE: everything back to it is undone and
     * it runs again, at most {@link #elsewhereAttempts()} times.
     */
    default OptionalInt elsewhereStep() {
        return OptionalInt.empty();
    }

    default int elsewhereAttempts() {
        return 3;
    }

    /** Changes the resource's rows in the transaction that ends the run well. */
    default void completed(EntityManager em, Context<P> context) {}

    /** Changes the resource's rows in the transaction that ends the run, undone. */
    default void failed(EntityManager em, Context<P> context, Problem problem) {}
}
