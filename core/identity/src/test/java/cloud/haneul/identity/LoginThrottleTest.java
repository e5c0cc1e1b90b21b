package cloud.haneul.identity;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.testing.TestClock;
import cloud.haneul.kernel.testing.TestCloud;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestCloud.class)
class LoginThrottleTest {
    private final TestClock clock;
    private final LoginThrottle throttle;

    LoginThrottleTest(TestClock clock) {
        this.clock = clock;
        throttle = new LoginThrottle(clock);
    }

    private void guess(String user, String address, long times) {
        for (long i = 0; i < times; i++) {
            throttle.admits(user, address);
        }
    }

    @Test
    void whoGuessesFromEverywhereDoesNotFillTheMemory() {
        guess("ann", "192.0.2.1", IdentitySettings.LOGIN_FAILURES.get());
        assertThat(throttle.admits("ann", "192.0.2.1")).isFalse();
        for (int i = 0; i < 60_000; i++) {
            throttle.admits("ann", "10.0." + i / 256 + "." + i % 256);
        }
        // the oldest is forgotten to make room
        assertThat(throttle.admits("ann", "192.0.2.1")).isTrue();
    }

    @Test
    void whatIsRefusedForItsAddressIsNotHeldAgainstTheUser() {
        long all = IdentitySettings.ADDRESS_FAILURES.get();
        for (long i = 0; i < all; i++) {
            assertThat(throttle.admits("user" + i, "192.0.2.2")).isTrue();
        }
        clock.forward(IdentitySettings.LOGIN_PAUSE.get().minusSeconds(1));
        for (long i = 0; i < IdentitySettings.LOGIN_FAILURES.get(); i++) {
            assertThat(throttle.admits("ann", "192.0.2.2")).isFalse();
        }
        clock.forward(Duration.ofSeconds(2));
        assertThat(throttle.admits("ann", "192.0.2.2")).isTrue();
    }

    @Test
    void oneAddressTriesOnlySoManyUsers() {
        for (long i = 0; i < IdentitySettings.ADDRESS_FAILURES.get(); i++) {
            throttle.admits("user" + i, "192.0.2.3");
        }
        assertThat(throttle.admits("ann", "192.0.2.3")).isFalse();
        assertThat(throttle.admits("ann", "192.0.2.4")).isTrue();
    }
}
