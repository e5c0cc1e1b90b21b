package cloud.haneul.spi;

import java.util.Optional;

/**
 * What all kinds of drivers have in common. A driver is one connection to one back end (a hypervisor, a network controller),
 * used by many threads at once. All calls block, honour the calling thread's interruption where they can, may be repeated, and
 * fail with {@link DriverException} alone.
 *
 * <p>Idempotency, everywhere: ensuring the same id with the same specification again succeeds and changes nothing; the same id
 * with another specification brings the back end to the new one, or fails with CONFLICT where that cannot be; removing what is
 * absent succeeds; a call that was cut off midway can be repeated.
 */
public interface Driver extends AutoCloseable {

    /** Checks that the back end answers; throws UNREACHABLE or AUTHENTICATION_FAILED with a text that says what to do. */
    void ping();

    /** An optional ability, such as {@code LiveMigration.class}; empty when this back end lacks it. */
    default <F> Optional<F> feature(Class<F> type) {
        return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
    }

    /** Lets go of connections; never of what was built in the back end. */
    @Override
    void close();
}
