package cloud.haneul.driver.simulator;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One thing that goes wrong, written {@code METHOD:EFFECT[:TIMES]}.
 *
 * <ul>
 *   <li>METHOD is a method of the driver, such as {@code power}, or {@code *} for any; with {@code .after} the call does its work
 *       first and fails then, which nobody can tell from a lost answer.
 *   <li>EFFECT is a code of {@link DriverException}, such as {@code BUSY}; or a duration, such as {@code PT0.5S}, by which the
 *       call is late; or {@code hang}, which lasts until the caller's patience ends.
 *   <li>TIMES is how many calls it meets: a number, 1 when left out, {@code always}, or a share such as {@code 5%} of all calls.
 * </ul>
 */
final class Fault {
    private static final Duration LONGEST_HANG = Duration.ofMinutes(10);

    private final String text;
    private final String method;
    private final boolean after;
    private final String effect;
    private final AtomicInteger left;
    private final int percent;

    private Fault(String text, String method, boolean after, String effect, int times, int percent) {
        this.text = text;
        this.method = method;
        this.after = after;
        this.effect = effect;
        this.left = new AtomicInteger(times);
        this.percent = percent;
    }

    static List<Fault> parseAll(String text) {
        List<Fault> faults = new ArrayList<>();
        for (String each : text.split("[,\\s]+")) {
            if (!each.isEmpty()) {
                faults.add(parse(each));
            }
        }
        return faults;
    }

    static Fault parse(String text) {
        String[] part = text.split(":", 3);
        if (part.length < 2) {
            throw invalid(text, null);
        }
        boolean after = part[0].endsWith(".after");
        String method = after ? part[0].substring(0, part[0].length() - ".after".length()) : part[0];
        String times = part.length == 3 ? part[2] : "1";
        try {
            if (!part[1].equals("hang") && !part[1].startsWith("PT")) {
                Code.valueOf(part[1]);
            } else if (part[1].startsWith("PT")) {
                Duration.parse(part[1]);
            }
            if (times.endsWith("%")) {
                return new Fault(
                        text,
                        method,
                        after,
                        part[1],
                        Integer.MAX_VALUE,
                        Integer.parseInt(times.substring(0, times.length() - 1)));
            }
            int count = times.equals("always") ? Integer.MAX_VALUE : Integer.parseInt(times);
            return new Fault(text, method, after, part[1], count, 100);
        } catch (RuntimeException e) {
            throw invalid(text, e);
        }
    }

    private static DriverException invalid(String text, RuntimeException cause) {
        return new DriverException(
                Code.INVALID, "A fault of the simulator is written METHOD:EFFECT[:TIMES], not " + text, "", cause);
    }

    /** Goes wrong when it is this call's turn. */
    void strike(String call, boolean done, Random random) {
        if (after != done || !(method.equals("*") || method.equals(call)) || !due(random)) {
            return;
        }
        if (effect.equals("hang")) {
            hang(call, LONGEST_HANG);
            throw DriverException.of(Code.TIMEOUT, "The simulated host did not answer in time.");
        } else if (effect.startsWith("PT")) {
            hang(call, Duration.parse(effect));
        } else {
            throw new DriverException(
                    Code.valueOf(effect),
                    "The simulated host was told to fail.",
                    "fault " + text + " in " + call,
                    null);
        }
    }

    private boolean due(Random random) {
        if (percent < 100) {
            return random.nextInt(100) < percent;
        }
        return left.get() == Integer.MAX_VALUE || left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    private static void hang(String call, Duration howLong) {
        try {
            Thread.sleep(howLong.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriverException(
                    Code.INTERRUPTED, "The simulated host was given up on.", call + " was interrupted", e);
        }
    }
}
