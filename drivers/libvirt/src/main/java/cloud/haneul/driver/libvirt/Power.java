package cloud.haneul.driver.libvirt;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.Progress;
import cloud.haneul.spi.compute.PowerAction;
import cloud.haneul.spi.compute.PowerState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.libvirt.Domain;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;

/**
 * Brings domains to power states. Looks first and acts then, so a repeated call is harmless; what has to outlast this process
 * (a deadline, "this reboot was done") is a {@link PowerMark} in the domain.
 */
final class Power {
    private static final Duration POLL = Duration.ofSeconds(1);
    /** A guest that is just booting does not hear the power button. */
    private static final Duration PRESS_AGAIN = Duration.ofSeconds(10);
    /** Guests change state by themselves between our look and our act; then look again. */
    private static final int LOOKS = 3;

    private final HostConnection connection;
    private final Domains domains;
    private final Clock clock;

    Power(HostConnection connection, Domains domains, Clock clock) {
        this.connection = connection;
        this.domains = domains;
        this.clock = clock;
    }

    Progress bring(UUID server, PowerAction action, Duration grace, UUID attempt) {
        return connection.call(words(action), connect -> {
            Domain domain = domains.require(connect, server);
            for (int look = 1; ; look++) {
                try {
                    return step(domain, action, grace, attempt);
                } catch (LibvirtException e) {
                    if (look == LOOKS || !Errors.is(e, ErrorNumber.VIR_ERR_OPERATION_INVALID)) {
                        throw e;
                    }
                }
            }
        });
    }

    private static String words(PowerAction action) {
        return switch (action) {
            case START -> "starting the server";
            case SHUT_DOWN -> "shutting the server down";
            case FORCE_OFF -> "switching the server off";
            case REBOOT, RESET -> "restarting the server";
            case PAUSE -> "pausing the server";
            case RESUME -> "resuming the server";
        };
    }

    private Progress step(Domain domain, PowerAction action, Duration grace, UUID attempt) throws LibvirtException {
        return switch (action) {
            case START -> start(domain);
            case SHUT_DOWN -> shutDown(domain, grace, attempt);
            case REBOOT -> reboot(domain, grace, attempt);
            case RESET -> reset(domain, attempt);
            case FORCE_OFF -> forceOff(domain);
            case PAUSE -> pause(domain);
            case RESUME -> resume(domain);
        };
    }

    private static Progress start(Domain domain) throws LibvirtException {
        switch (domain.getInfo().state) {
            case VIR_DOMAIN_PAUSED -> domain.resume();
            case VIR_DOMAIN_PMSUSPENDED -> domain.PMwakeup();
            case VIR_DOMAIN_SHUTDOWN -> {
                return Progress.inProgress(10, POLL);
            }
            case VIR_DOMAIN_CRASHED -> {
                forceOff(domain);
                domain.create();
            }
            case VIR_DOMAIN_SHUTOFF -> domain.create();
            default -> {
                // runs already
            }
        }
        return Progress.DONE;
    }

    private Progress shutDown(Domain domain, Duration grace, UUID attempt) throws LibvirtException {
        if (domain.isActive() == 0) {
            return Progress.DONE;
        }
        PowerMark mark = askedToEnd(domain, PowerAction.SHUT_DOWN, grace, attempt);
        return isTimeUp(domain, mark) ? forceOff(domain) : waiting(mark);
    }

    private Progress reboot(Domain domain, Duration grace, UUID attempt) throws LibvirtException {
        Optional<PowerMark> mark = PowerMark.read(domain, attempt, PowerAction.REBOOT);
        if (domain.isActive() == 0) {
            return startAnew(domain, PowerAction.REBOOT, attempt, mark);
        }
        if (mark.isPresent() && mark.get().run() != domain.getID()) {
            return Progress.DONE;
        }
        PowerMark asked = askedToEnd(domain, PowerAction.REBOOT, grace, attempt);
        if (!isTimeUp(domain, asked)) {
            return waiting(asked);
        }
        forceOff(domain);
        domain.create();
        return Progress.DONE;
    }

    private Progress reset(Domain domain, UUID attempt) throws LibvirtException {
        Optional<PowerMark> mark = PowerMark.read(domain, attempt, PowerAction.RESET);
        if (domain.isActive() == 0) {
            return startAnew(domain, PowerAction.RESET, attempt, mark);
        }
        if (mark.isPresent() && mark.get().run() != domain.getID()) {
            return Progress.DONE;
        }
        if (mark.isEmpty()) {
            newMark(PowerAction.RESET, attempt, domain.getID(), Duration.ZERO).write(domain);
        }
        // A new run rather than the reset line: only a new run can be told from the old one after a crash in between.
        forceOff(domain);
        domain.create();
        return Progress.DONE;
    }

    private Progress startAnew(Domain domain, PowerAction action, UUID attempt, Optional<PowerMark> mark)
            throws LibvirtException {
        if (mark.isEmpty()) {
            newMark(action, attempt, PowerMark.WAS_OFF, Duration.ZERO).write(domain);
        }
        domain.create();
        return Progress.DONE;
    }

    /** Presses the power button of a running guest, or presses it again after a while. */
    private PowerMark askedToEnd(Domain domain, PowerAction action, Duration grace, UUID attempt)
            throws LibvirtException {
        Instant now = clock.instant();
        Optional<PowerMark> known = PowerMark.read(domain, attempt, action);
        if (known.isPresent() && now.isBefore(known.get().sent().plus(PRESS_AGAIN))) {
            return known.get();
        }
        PowerMark mark =
                known.isPresent() ? known.get().sentAgain(now) : newMark(action, attempt, domain.getID(), grace);
        mark.write(domain);
        if (Domains.power(domain) == PowerState.PAUSED) {
            start(domain);
        }
        domain.shutdown();
        return mark;
    }

    private boolean isTimeUp(Domain domain, PowerMark mark) throws LibvirtException {
        return !clock.instant().isBefore(mark.deadline()) || Domains.power(domain) == PowerState.CRASHED;
    }

    private Progress waiting(PowerMark mark) {
        long whole = Math.max(1, Duration.between(mark.asked(), mark.deadline()).toMillis());
        long left =
                Math.max(1, Duration.between(clock.instant(), mark.deadline()).toMillis());
        int percent = (int) Math.max(0, Math.min(99, 100 - left * 100 / whole));
        return Progress.inProgress(percent, Duration.ofMillis(Math.min(left, POLL.toMillis())));
    }

    private PowerMark newMark(PowerAction action, UUID attempt, int run, Duration grace) {
        Instant now = clock.instant();
        return new PowerMark(attempt, action, run, now, now.plus(grace), now);
    }

    private static Progress forceOff(Domain domain) throws LibvirtException {
        if (domain.isActive() == 1) {
            domain.destroy();
        }
        return Progress.DONE;
    }

    private static Progress pause(Domain domain) throws LibvirtException {
        PowerState power = Domains.power(domain);
        if (power == PowerState.RUNNING) {
            domain.suspend();
        } else if (power != PowerState.PAUSED) {
            throw DriverException.of(Code.CONFLICT, "The server is shut off and cannot be paused.");
        }
        return Progress.DONE;
    }

    private static Progress resume(Domain domain) throws LibvirtException {
        PowerState power = Domains.power(domain);
        if (power == PowerState.PAUSED) {
            return start(domain);
        }
        if (power != PowerState.RUNNING) {
            throw DriverException.of(Code.CONFLICT, "The server is shut off and cannot be resumed; start it.");
        }
        return Progress.DONE;
    }
}
