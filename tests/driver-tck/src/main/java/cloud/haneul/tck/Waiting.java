package cloud.haneul.tck;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.spi.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Calls a slow call again and again as the core does, until it is done or patience ends. */
final class Waiting {
    private Waiting() {}

    static void untilDone(Duration patience, Supplier<Progress> call) {
        Instant end = Instant.now().plus(patience);
        Progress progress = call.get();
        int percent = progress.percent();
        while (!progress.isDone()) {
            assertThat(Instant.now())
                    .as("still at %s %% after %s", progress.percent(), patience)
                    .isBefore(end);
            try {
                Thread.sleep(progress.pollAfter().toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
            progress = call.get();
            assertThat(progress.percent()).as("progress goes forward").isGreaterThanOrEqualTo(percent);
            percent = progress.percent();
        }
        assertThat(progress.percent()).as("percent of a call that is done").isEqualTo(100);
    }
}
