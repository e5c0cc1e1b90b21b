package cloud.haneul.tck;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.Progress;
import cloud.haneul.spi.compute.PowerAction;
import cloud.haneul.spi.compute.PowerState;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Power: every action from every state it makes sense in, each asked for twice. */
public interface PowerContract extends HypervisorUnderTest {

    @Test
    default void aServerStartsAndStartingItAgainSucceedsAtOnce() {
        UUID server = running();
        assertPower(server, PowerState.RUNNING);
        assertDoneAtOnce(server, PowerAction.START);
        assertPower(server, PowerState.RUNNING);
    }

    @Test
    default void aServerIsForcedOffAndForcingItAgainSucceedsAtOnce() {
        UUID server = running();
        power(server, PowerAction.FORCE_OFF);
        assertPower(server, PowerState.SHUT_OFF);
        assertDoneAtOnce(server, PowerAction.FORCE_OFF);
        assertDoneAtOnce(server, PowerAction.SHUT_DOWN);
    }

    @Test
    default void aServerThatIsOffCanBeStartedAgain() {
        UUID server = running();
        power(server, PowerAction.FORCE_OFF);
        power(server, PowerAction.START);
        assertPower(server, PowerState.RUNNING);
    }

    @Test
    default void aServerIsPausedAndResumed() {
        UUID server = running();
        power(server, PowerAction.PAUSE);
        assertPower(server, PowerState.PAUSED);
        assertDoneAtOnce(server, PowerAction.PAUSE);
        power(server, PowerAction.RESUME);
        assertPower(server, PowerState.RUNNING);
        assertDoneAtOnce(server, PowerAction.RESUME);
    }

    @Test
    default void startingAPausedServerMakesItRun() {
        UUID server = running();
        power(server, PowerAction.PAUSE);
        power(server, PowerAction.START);
        assertPower(server, PowerState.RUNNING);
    }

    @Test
    default void aPausedServerCanBeForcedOff() {
        UUID server = running();
        power(server, PowerAction.PAUSE);
        power(server, PowerAction.FORCE_OFF);
        assertPower(server, PowerState.SHUT_OFF);
    }

    @Test
    default void aServerThatIsOffCannotBePausedOrResumed() {
        UUID server = defined();
        for (PowerAction action : new PowerAction[] {PowerAction.PAUSE, PowerAction.RESUME}) {
            Refusal.of(() -> power(server, action), DriverException.Code.CONFLICT, DriverException.Code.INVALID);
        }
        assertPower(server, PowerState.SHUT_OFF);
    }

    @Test
    default void aGuestShutsDownByItself() {
        UUID server = booted();
        power(server, PowerAction.SHUT_DOWN, bootPatience(), UUID.randomUUID());
        assertPower(server, PowerState.SHUT_OFF);
    }

    @Test
    default void aServerIsForcedOffWhenItsGraceEnds() {
        UUID server = running();
        power(server, PowerAction.SHUT_DOWN, Duration.ZERO, UUID.randomUUID());
        assertPower(server, PowerState.SHUT_OFF);
        UUID paused = running();
        power(paused, PowerAction.PAUSE);
        power(paused, PowerAction.SHUT_DOWN, Duration.ofSeconds(1), UUID.randomUUID());
        assertPower(paused, PowerState.SHUT_OFF);
    }

    @Test
    default void aGraceThatRunsIsAnsweredWithProgressNotByBlocking() {
        UUID server = running();
        power(server, PowerAction.PAUSE);
        UUID attempt = UUID.randomUUID();
        Duration grace = Duration.ofMinutes(5);
        Progress progress = driver().power(server, PowerAction.SHUT_DOWN, grace, attempt);
        assertThat(progress.isDone()).as("a paused guest hears no power button").isFalse();
        assertThat(progress.pollAfter()).isLessThanOrEqualTo(Duration.ofSeconds(10));
        power(server, PowerAction.FORCE_OFF);
        assertPower(server, PowerState.SHUT_OFF);
    }

    @Test
    default void aServerIsResetOncePerAttempt() {
        UUID server = booted();
        UUID attempt = UUID.randomUUID();
        power(server, PowerAction.RESET, Duration.ZERO, attempt);
        assertPower(server, PowerState.RUNNING);
        awaitBoots(server, 2);
        assertThat(driver().power(server, PowerAction.RESET, Duration.ZERO, attempt))
                .isEqualTo(Progress.DONE);
        assertQuiet(server);
        power(server, PowerAction.RESET);
        awaitBoots(server, 3);
    }

    @Test
    default void aServerIsRebootedOncePerAttemptEvenByAnotherController() {
        UUID server = booted();
        UUID attempt = UUID.randomUUID();
        power(server, PowerAction.REBOOT, bootPatience(), attempt);
        assertPower(server, PowerState.RUNNING);
        awaitBoots(server, 2);
        reopen();
        power(server, PowerAction.REBOOT, bootPatience(), attempt);
        assertQuiet(server);
        assertThat(boots(server)).isEqualTo(2);
    }

    @Test
    default void aGuestThatDoesNotRebootIsResetWhenItsGraceEnds() {
        UUID server = booted();
        power(server, PowerAction.REBOOT, Duration.ZERO, UUID.randomUUID());
        awaitBoots(server, 2);
        assertPower(server, PowerState.RUNNING);
    }

    @Test
    default void aServerThatIsOffIsStartedByAReset() {
        UUID server = defined();
        power(server, PowerAction.RESET);
        assertPower(server, PowerState.RUNNING);
    }

    @Test
    default void powerOfAnUnknownServerIsNotFound() {
        for (PowerAction action : PowerAction.values()) {
            Refusal.of(() -> power(UUID.randomUUID(), action), DriverException.Code.NOT_FOUND);
        }
    }

    private void assertDoneAtOnce(UUID server, PowerAction action) {
        assertThat(driver().power(server, action, Duration.ofMinutes(5), UUID.randomUUID()))
                .isEqualTo(Progress.DONE);
    }
}
