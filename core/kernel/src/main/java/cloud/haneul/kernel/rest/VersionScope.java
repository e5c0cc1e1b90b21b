package cloud.haneul.kernel.rest;

import java.util.Optional;
import java.util.function.Supplier;

/** The microversion in which this thread is writing JSON right now; the latest outside of a request. */
final class VersionScope {
    private static final long LATEST = Long.MAX_VALUE - 1;
    private static final ThreadLocal<Long> CURRENT = ThreadLocal.withInitial(() -> LATEST);

    private VersionScope() {}

    static <T> T within(Optional<Microversion> version, Supplier<T> work) {
        try (Scope scope = enter(version)) {
            return work.get();
        }
    }

    static Scope enter(Optional<Microversion> version) {
        Long before = CURRENT.get();
        CURRENT.set(version.map(VersionScope::number).orElse(LATEST));
        return () -> CURRENT.set(before);
    }

    /** As a {@link #number}. */
    static long current() {
        return CURRENT.get();
    }

    static long number(Microversion version) {
        return ((long) version.major() << 32) + version.minor();
    }

    interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
