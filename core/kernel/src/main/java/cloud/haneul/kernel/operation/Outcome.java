package cloud.haneul.kernel.operation;

import cloud.haneul.spi.Progress;
import java.time.Duration;

/**
 * What a step answers: done, or call again after a while.
 *
 * @param percent 0 to 100, of this step
 */
public record Outcome(boolean done, Duration callAgain, int percent) {
    public static final Outcome DONE = new Outcome(true, Duration.ZERO, 100);

    public static Outcome wait(Duration callAgain, int percent) {
        return new Outcome(false, callAgain, percent);
    }

    public static Outcome of(Progress progress) {
        return progress.isDone() ? DONE : wait(progress.pollAfter(), progress.percent());
    }
}
