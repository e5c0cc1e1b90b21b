package cloud.haneul.kernel.reconcile;

import java.time.Duration;
import java.util.Set;

/**
 * Keeps something true that changes by itself or must be brought about level-triggered: reads what should be and what is, plans,
 * acts. One {@code @Component} per concern, found by CDI.
 */
public interface Reconciler {

    /** Stable and kebab-case, such as {@code network-wiring}. */
    String name();

    /** How often a full pass is made, by one controller of all. */
    Duration period();

    /** The full pass: everything there is. */
    void reconcile();

    /** A quick pass over what was poked; on the controller where the poke came from. */
    default void reconcile(Set<String> ids) {
        reconcile();
    }
}
