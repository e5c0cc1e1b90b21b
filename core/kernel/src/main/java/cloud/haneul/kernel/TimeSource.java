package cloud.haneul.kernel;

import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** The one clock, in UTC; tests replace the bean to move time. */
@Component
class TimeSource {
    @Produces
    @jakarta.inject.Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
