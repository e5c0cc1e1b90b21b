package cloud.haneul.driver.simulator;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.compute.DomainSpec;
import cloud.haneul.spi.compute.PowerState;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * One simulated host and the machines on it. Every change is written to the host's folder before the call returns, so the host
 * is found as it was by the next controller. An untouched host has no folder and costs next to nothing.
 */
final class Host implements Machine.Guest {
    static final String JOURNAL = "journal";
    private static final Map<String, String> NOTHING = Map.of("power", PowerState.SHUT_OFF.name());

    private final String name;
    private final Path folder;
    private final World world;
    private final Clock clock;
    private final Journal journal;
    private final Map<UUID, Machine> machines = new ConcurrentHashMap<>();
    private final Map<UUID, ConsoleLog> logs = new ConcurrentHashMap<>();
    private final Map<UUID, Tty> ttys = new ConcurrentHashMap<>();
    private final Map<UUID, World.Plugged> nics = new ConcurrentHashMap<>();
    private final AtomicLong diskBytes = new AtomicLong();

    Host(String name, Path folder, World world, Clock clock) {
        this.name = name;
        this.folder = folder;
        this.world = world;
        this.clock = clock;
        this.journal = new Journal(folder.resolve(JOURNAL));
        journal.read().forEach(this::restore);
    }

    private void restore(UUID server, Journal.Entry entry) {
        Machine machine = new Machine(server, this);
        MachineRecord.read(entry.values(), machine);
        logs.put(server, new ConsoleLog(server, journal, entry.printed()));
        machines.put(server, machine);
        machine.disk().ifPresent(disk -> diskBytes.addAndGet(disk.bytes()));
        if (machine.isOn()) {
            plug(machine);
        }
    }

    Path folder() {
        return folder;
    }

    /** The wires come out, what is built stays. */
    void close() {
        machines.values().forEach(machine -> {
            synchronized (machine) {
                unplug(machine);
                hangUp(machine);
            }
        });
    }

    List<Machine> machines() {
        return List.copyOf(machines.values());
    }

    /**
     * Works on a machine that is there and writes down what became of it.
     *
     * @return empty when there is no such machine
     */
    <T> Optional<T> with(UUID server, Function<Machine, T> work) {
        Machine machine = machines.get(server);
        if (machine == null) {
            return Optional.empty();
        }
        synchronized (machine) {
            // it may have been removed while this thread waited
            return machines.get(server) == machine ? Optional.of(change(machine, work)) : Optional.empty();
        }
    }

    /** The same for a machine that is made when it is not there. */
    <T> T withNew(UUID server, Function<Machine, T> work) {
        while (true) {
            Machine machine = machines.computeIfAbsent(server, id -> new Machine(id, this));
            synchronized (machine) {
                if (machines.get(server) == machine) {
                    return change(machine, work);
                }
            }
        }
    }

    private <T> T change(Machine machine, Function<Machine, T> work) {
        Map<String, String> before = MachineRecord.write(machine);
        try {
            machine.settle(clock.instant());
            return work.apply(machine);
        } finally {
            keep(machine, before);
        }
    }

    private void keep(Machine machine, Map<String, String> before) {
        if (machine.isEmpty()) {
            if (!before.equals(NOTHING)) {
                journal.remove(machine.server());
            }
            logs.remove(machine.server());
            machines.remove(machine.server(), machine);
            return;
        }
        Map<String, String> after = MachineRecord.write(machine);
        if (!after.equals(before)) {
            journal.set(machine.server(), after);
        }
    }

    /** The machine as the clock makes it, without writing when nothing changed. */
    Optional<PowerState> power(Machine machine) {
        synchronized (machine) {
            if (machine.transition().isPresent()) {
                change(machine, m -> m);
            }
            return machine.domain().map(domain -> machine.power());
        }
    }

    Optional<PowerState> power(UUID server) {
        return Optional.ofNullable(machines.get(server)).flatMap(this::power);
    }

    /** Takes room for a disk or fails. */
    void reserve(long bytes, long capacity) {
        if (diskBytes.addAndGet(bytes) > capacity) {
            diskBytes.addAndGet(-bytes);
            throw new DriverException(
                    Code.DISK_FULL,
                    "The host's storage is full.",
                    "%s has %,d of %,d bytes in use, %,d more were asked for"
                            .formatted(name, diskBytes.get(), capacity, bytes),
                    null);
        }
    }

    void release(long bytes) {
        diskBytes.addAndGet(-bytes);
    }

    ConsoleLog log(Machine machine) {
        return logs.computeIfAbsent(machine.server(), id -> new ConsoleLog(id, journal, new StringBuilder()));
    }

    /** The running machine's terminal; the caller holds the machine. */
    Tty tty(Machine machine) {
        return ttys.computeIfAbsent(machine.server(), id -> new Tty(machine, log(machine), this::guestDoes));
    }

    /** What a guest does on its own: its user typed so, or a test said so. */
    void guestDoes(UUID server, String what) {
        with(server, machine -> {
            if (machine.power() == PowerState.RUNNING) {
                switch (what) {
                    case "poweroff" -> machine.byItself(PowerState.SHUT_OFF, false);
                    case "reboot" -> machine.byItself(PowerState.SHUT_OFF, true);
                    case "crash" -> machine.byItself(PowerState.CRASHED, false);
                    default -> throw DriverException.of(Code.INVALID, "A guest cannot " + what + ".");
                }
            }
            return machine;
        });
    }

    @Override
    public void comesUp(Machine machine) {
        plug(machine);
        tell(machine, Boot.messages(name, machine));
    }

    @Override
    public void goesDown(Machine machine, String lastWords, boolean comesBack) {
        tell(machine, lastWords);
        unplug(machine);
        if (comesBack) {
            // whoever looks at the screen goes on looking, as with a real machine
            Optional.ofNullable(ttys.get(machine.server())).ifPresent(Tty::restart);
        } else {
            hangUp(machine);
        }
    }

    private void tell(Machine machine, String text) {
        Tty tty = ttys.get(machine.server());
        if (tty == null) {
            log(machine).append(text);
        } else {
            tty.print(text);
        }
    }

    private void hangUp(Machine machine) {
        Tty tty = ttys.remove(machine.server());
        if (tty != null) {
            tty.hangUp();
        }
    }

    private void plug(Machine machine) {
        World.Plugged nic = () -> power(machine)
                .filter(power -> power == PowerState.RUNNING || power == PowerState.PAUSED)
                .map(power -> name);
        nics.put(machine.server(), nic);
        for (DomainSpec.Nic each : machine.domain().map(DomainSpec::nics).orElse(List.of())) {
            world.plug(each.port(), nic);
        }
    }

    private void unplug(Machine machine) {
        World.Plugged nic = nics.remove(machine.server());
        if (nic != null) {
            machine.domain().ifPresent(domain -> domain.nics().forEach(each -> world.unplug(each.port(), nic)));
        }
    }
}
