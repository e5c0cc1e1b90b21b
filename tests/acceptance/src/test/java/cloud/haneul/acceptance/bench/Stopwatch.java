package cloud.haneul.acceptance.bench;

import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Times things and prints one line each: {@code Stopwatch.rate("token check", 4, 400, cloud::checkToken)}. */
final class Stopwatch {

    private Stopwatch() {}

    static void line(String what, String value) {
        System.out.printf("%-58s %s%n", what, value);
    }

    /** How many a second, by some threads; a quarter of the work is done before the clock starts. @return the median in milliseconds */
    static double rate(String what, int threads, int times, Runnable work) {
        return rate(what, threads, times, Double.NaN, work);
    }

    /** The same next to a floor in milliseconds. */
    static double rate(String what, int threads, int times, double floor, Runnable work) {
        run(threads, times / 4, work);
        long[] nanos = run(threads, times, work);
        long wall = nanos[times];
        long[] each = Arrays.copyOf(nanos, times);
        Arrays.sort(each);
        double median = each[times / 2] / 1e6;
        String ratio = Double.isNaN(floor) ? "" : ": %.1f times the trivial one".formatted(median / floor);
        line(what, "%.0f/s, median %.1f ms%s".formatted(times / (wall / 1e9), median, ratio));
        return median;
    }

    /** The median of some runs one after the other, in milliseconds. */
    static double median(int times, Runnable work) {
        long[] each = run(1, times, work);
        each = Arrays.copyOf(each, times);
        Arrays.sort(each);
        return each[times / 2] / 1e6;
    }

    /** One run in milliseconds; what it made is undone after the clock has stopped. */
    static <T> double alone(Supplier<T> work, Consumer<T> undo) {
        long start = System.nanoTime();
        T made = work.get();
        double took = (System.nanoTime() - start) / 1e6;
        undo.accept(made);
        return took;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** The nanoseconds of every run, and at the end those of all together. */
    static long[] run(int threads, int times, Runnable work) {
        long[] nanos = new long[times + 1];
        AtomicInteger next = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        long began = System.nanoTime();
        for (int thread = 0; thread < threads; thread++) {
            pool.execute(() -> {
                for (int i = next.getAndIncrement(); i < times; i = next.getAndIncrement()) {
                    long start = System.nanoTime();
                    work.run();
                    nanos[i] = System.nanoTime() - start;
                }
            });
        }
        pool.shutdown();
        try {
            if (!pool.awaitTermination(30, TimeUnit.MINUTES)) {
                throw new IllegalStateException("still not done after 30 minutes");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        nanos[times] = System.nanoTime() - began;
        if (next.get() < times + threads) {
            throw new IllegalStateException("some requests failed, see above");
        }
        return nanos;
    }
}
