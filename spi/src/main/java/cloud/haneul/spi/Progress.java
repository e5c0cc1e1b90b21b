package cloud.haneul.spi;

import java.time.Duration;

/**
 * Answer of a call that may be slow: done, or still going. While it goes the core calls again with the same arguments after
 * {@code pollAfter}, so that polling and resuming after a crash are one path.
 *
 * @param percent 0 to 100; 100 with {@code pollAfter} zero is done
 */
public record Progress(int percent, Duration pollAfter) {
    public static final Progress DONE = new Progress(100, Duration.ZERO);

    public Progress {
        if (percent < 0 || percent > 100 || pollAfter.isNegative()) {
            throw new IllegalArgumentException("progress " + percent + " % after " + pollAfter);
        }
    }

    public static Progress inProgress(int percent, Duration pollAfter) {
        if (pollAfter.isZero()) {
            throw new IllegalArgumentException("progress that is not done needs a time to poll again");
        }
        return new Progress(percent, pollAfter);
    }

    public boolean isDone() {
        return pollAfter.isZero();
    }
}
