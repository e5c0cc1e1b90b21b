package cloud.haneul.driver.ovn;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Brings the northbound database to where a plan wants it: plan, commit, plan again, until there is nothing left to do. What
 * another controller changed in between makes the commit fail and the plan be made anew; what it changed just after shows in the
 * next plan. Within this controller the calls for one thing wait for each other.
 */
final class Convergence {
    private static final int TURNS = 8;

    private final OvsdbClient northbound;
    private final Lock[] locks =
            IntStream.range(0, 64).mapToObj(i -> new ReentrantLock()).toArray(Lock[]::new);

    Convergence(OvsdbClient northbound) {
        this.northbound = northbound;
    }

    void converge(UUID id, Function<Rows, Transaction> plan) {
        locked(id, () -> repeat(id, plan, false));
    }

    /** The same for plans that find nothing to do when the thing is not known: first makes sure of it. */
    void remove(UUID id, Function<Rows, Transaction> plan) {
        locked(id, () -> repeat(id, plan, true));
    }

    private void locked(UUID id, Runnable work) {
        Lock lock = locks[Math.floorMod(id.hashCode(), locks.length)];
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private void repeat(UUID id, Function<Rows, Transaction> plan, boolean sync) {
        if (sync) {
            northbound.sync();
        }
        String raced = "";
        for (int turn = 0; turn < TURNS; turn++) {
            Optional<Transaction> next = planned(plan, turn == 0 && !sync);
            if (next.isPresent() && next.get().isEmpty()) {
                return;
            }
            Optional<String> race = next.flatMap(northbound::transact);
            if (next.isEmpty() || race.isPresent()) {
                raced = race.orElse(raced);
                northbound.sync();
            }
        }
        Code code = raced.startsWith("constraint violation") ? Code.CONFLICT : Code.BUSY;
        throw new DriverException(
                code,
                code == Code.CONFLICT
                        ? "The network controller already has something else with the same name."
                        : "The network controller is changing the same thing; it will be tried again.",
                id + ": " + raced,
                null);
    }

    /** Empty when the plan misses something that another controller may have made a moment ago. */
    private Optional<Transaction> planned(Function<Rows, Transaction> plan, boolean mayLag) {
        try {
            return Optional.of(northbound.rows().read(plan));
        } catch (DriverException e) {
            if (mayLag && e.code() == Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
