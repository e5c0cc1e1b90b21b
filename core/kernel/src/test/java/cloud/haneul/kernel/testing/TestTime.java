package cloud.haneul.kernel.testing;

import cloud.haneul.kernel.Component;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts the {@link TestClock} in the place of the system's. */
@Component
@Alternative
@Priority(1)
class TestTime {
    private final TestClock clock = new TestClock();

    @Produces
    @Singleton
    Clock clock() {
        return clock;
    }
}
