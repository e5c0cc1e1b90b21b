package cloud.haneul.identity.rest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Wishes that are uttered at the same time. */
final class Rush {
    private Rush() {}

    /** What each was told, in the order of the wishes. */
    static <T> List<T> atOnce(List<Callable<T>> wishes) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(wishes.size());
        List<T> told = new ArrayList<>();
        try {
            for (Future<T> each : pool.invokeAll(wishes)) {
                told.add(each.get());
            }
        } finally {
            pool.shutdown();
        }
        return told;
    }

    /** The same wish many times. */
    static <T> List<T> atOnce(int times, Callable<T> wish) throws Exception {
        return atOnce(Collections.nCopies(times, wish));
    }
}
