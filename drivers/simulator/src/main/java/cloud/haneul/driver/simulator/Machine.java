package cloud.haneul.driver.simulator;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.Progress;
import cloud.haneul.spi.compute.DomainSpec;
import cloud.haneul.spi.compute.PowerAction;
import cloud.haneul.spi.compute.PowerState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One server on a simulated host: its disks, its domain, its power. Disks come first and go last; the domain is off when
 * defined; a shutdown or reboot asked of the guest is a transition that ends by the clock, so nothing waits for it and it goes
 * on over a restart of the controller. Whoever uses a machine holds its monitor; {@link Host} does.
 */
final class Machine {
    private final UUID server;
    private final Guest guest;

    private Optional<Disk> disk = Optional.empty();
    private Optional<DomainSpec> domain = Optional.empty();
    private PowerState power = PowerState.SHUT_OFF;
    private Optional<Transition> transition = Optional.empty();
    private Optional<UUID> attempt = Optional.empty();

    /**
     * @param hostName from the config drive; empty without one
     * @param ready when the disk is finished
     */
    record Disk(long bytes, String image, String hostName, Instant begun, Instant ready) {}

    /** @param boots whether the guest comes up again at the end */
    record Transition(Instant begun, Instant end, boolean boots) {}

    /** What is told of the guest's coming and going. */
    interface Guest {
        void comesUp(Machine machine);

        /** @param comesBack whether it comes up again at once */
        void goesDown(Machine machine, String lastWords, boolean comesBack);
    }

    Machine(UUID server, Guest guest) {
        this.server = server;
        this.guest = guest;
    }

    /** As it was when it was last written down. */
    void restore(
            Optional<Disk> disk,
            Optional<DomainSpec> domain,
            PowerState power,
            Optional<Transition> transition,
            Optional<UUID> attempt) {
        this.disk = disk;
        this.domain = domain;
        this.power = power;
        this.transition = transition;
        this.attempt = attempt;
    }

    UUID server() {
        return server;
    }

    Optional<Disk> disk() {
        return disk;
    }

    Optional<DomainSpec> domain() {
        return domain;
    }

    PowerState power() {
        return power;
    }

    Optional<Transition> transition() {
        return transition;
    }

    Optional<UUID> attempt() {
        return attempt;
    }

    boolean isEmpty() {
        return disk.isEmpty() && domain.isEmpty();
    }

    boolean isOn() {
        return power == PowerState.RUNNING || power == PowerState.PAUSED;
    }

    /** What the guest calls itself. */
    String hostName() {
        return disk.map(Disk::hostName)
                .filter(name -> !name.isEmpty())
                .or(() -> domain.map(DomainSpec::name))
                .orElse("localhost");
    }

    void attachDisk(Disk made) {
        disk = Optional.of(made);
    }

    void removeDisk() {
        if (isOn()) {
            throw DriverException.of(Code.CONFLICT, "The server's disks are in use while it runs.");
        }
        disk = Optional.empty();
    }

    void define(DomainSpec spec) {
        if (domain.isPresent() && !domain.get().equals(spec) && isOn()) {
            throw DriverException.of(Code.CONFLICT, "The server must be shut off before it is changed.");
        }
        domain = Optional.of(spec);
    }

    void undefine() {
        off("", false);
        domain = Optional.empty();
        power = PowerState.SHUT_OFF;
        attempt = Optional.empty();
    }

    /** Lets the clock have its way: a transition whose time has come ends. */
    boolean settle(Instant now) {
        if (transition.isEmpty() || now.isBefore(transition.get().end())) {
            return false;
        }
        boolean boots = transition.get().boots();
        off(boots ? "reboot: Restarting system\n" : "reboot: Power down\n", boots);
        if (boots) {
            boot();
        }
        return true;
    }

    Progress power(PowerAction action, Duration grace, UUID request, Duration delay, Instant now) {
        settle(now);
        return switch (action) {
            case START -> start(now);
            case FORCE_OFF -> {
                off("", false);
                power = PowerState.SHUT_OFF;
                yield Progress.DONE;
            }
            case PAUSE -> pause(PowerState.RUNNING, PowerState.PAUSED);
            case RESUME -> pause(PowerState.PAUSED, PowerState.RUNNING);
            case RESET -> reset(request);
            case SHUT_DOWN -> shutDown(grace, delay, now);
            case REBOOT -> reboot(grace, request, delay, now);
        };
    }

    /** The guest turns itself off, restarts or dies, without being asked from outside. */
    void byItself(PowerState after, boolean boots) {
        String lastWords = after == PowerState.CRASHED ? "Kernel panic - not syncing" : "reboot: Power down";
        off((boots ? "reboot: Restarting system" : lastWords) + "\n", boots);
        power = after;
        if (boots) {
            boot();
        }
    }

    private Progress start(Instant now) {
        if (transition.filter(t -> !t.boots()).isPresent()) {
            // it is on its way down; it can only be started once it is
            return stillGoing(now);
        }
        if (power == PowerState.PAUSED) {
            power = PowerState.RUNNING;
        } else if (power != PowerState.RUNNING) {
            boot();
        }
        return Progress.DONE;
    }

    private Progress pause(PowerState from, PowerState to) {
        if (power != from && power != to) {
            throw DriverException.of(Code.CONFLICT, "The server is not running.");
        }
        power = to;
        return Progress.DONE;
    }

    private Progress reset(UUID request) {
        if (!attempt.equals(Optional.of(request))) {
            off("", true);
            boot();
            attempt = Optional.of(request);
        }
        return Progress.DONE;
    }

    private Progress shutDown(Duration grace, Duration delay, Instant now) {
        if (!isOn()) {
            power = PowerState.SHUT_OFF;
            return Progress.DONE;
        }
        if (transition.filter(t -> !t.boots()).isEmpty()) {
            begin(false, grace, delay, now);
        }
        return stillGoing(now);
    }

    private Progress reboot(Duration grace, UUID request, Duration delay, Instant now) {
        if (!attempt.equals(Optional.of(request))) {
            if (!isOn()) {
                throw DriverException.of(Code.CONFLICT, "The server is not running.");
            }
            begin(true, grace, delay, now);
            attempt = Optional.of(request);
        }
        return stillGoing(now);
    }

    private void begin(boolean boots, Duration grace, Duration delay, Instant now) {
        boolean hears = power == PowerState.RUNNING
                && !"true"
                        .equals(domain.map(d -> d.properties().get("sim_ignores_power_button"))
                                .orElse(""));
        Duration takes = hears && delay.compareTo(grace) < 0 ? delay : grace;
        transition = Optional.of(new Transition(now, now.plus(takes), boots));
    }

    private Progress stillGoing(Instant now) {
        settle(now);
        return transition.map(t -> progress(t.begun(), t.end(), now)).orElse(Progress.DONE);
    }

    /** How far something is that takes from one instant to another. */
    static Progress progress(Instant begun, Instant end, Instant now) {
        long whole = Math.max(1, Duration.between(begun, end).toMillis());
        long left = Duration.between(now, end).toMillis();
        if (!now.isBefore(end)) {
            return Progress.DONE;
        }
        int percent = (int) Math.max(0, Math.min(99, 100 * (whole - left) / whole));
        return Progress.inProgress(percent, Duration.ofMillis(Math.max(1, Math.min(left, 1_000))));
    }

    private void boot() {
        if (disk.isEmpty()) {
            throw DriverException.of(Code.NOT_FOUND, "The server has no disk to start from.");
        }
        power = PowerState.RUNNING;
        guest.comesUp(this);
    }

    private void off(String lastWords, boolean comesBack) {
        transition = Optional.empty();
        if (isOn()) {
            power = PowerState.SHUT_OFF;
            guest.goesDown(this, lastWords, comesBack);
        }
    }
}
