package cloud.haneul.kernel.operation;

import jakarta.persistence.EntityManager;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a step knows of the run it belongs to. What a later step or an undo needs is put into the run's memory, which is stored
 * with the end of the step or with {@link #write}; write it before acting on it where a crash between would lose it.
 */
public interface Context<P> {

    UUID operation();

    P params();

    /** Id of the request that asked, for logs. */
    String requestId();

    String userId();

    Optional<String> projectId();

    /** How often the step was begun before, by this or another controller; 0 at first. */
    int attempt();

    /** How often another place was tried; 0 at first. */
    int elsewhere();

    /** Whether the run was asked to stop: long loops should look. */
    boolean isCancelled();

    Optional<String> recall(String key);

    void remember(String key, String value);

    void forget(String key);

    /** Names where all that follows is done, such as a host: for operators, beside each step that succeeds. */
    void at(String place);

    /** Adds a line to the resource's Activity: {@code text} for the user, {@code detail} for the operator. */
    void note(String text, String detail);

    /**
     * A transaction that stores the memory too and fails when another controller has taken the run over. Use it for every
     * change of rows.
     */
    <T> T write(Function<EntityManager, T> work);

    /**
     * Work for the transaction that notes the end of this step, and for nothing when the step fails: what needs no transaction
     * of its own, because the step done again would do it again.
     */
    void atEnd(Consumer<EntityManager> work);

    default void run(Consumer<EntityManager> work) {
        write(em -> {
            work.accept(em);
            return null;
        });
    }
}
