package cloud.haneul.driver.simulator;

import cloud.haneul.driver.simulator.SimulatedHypervisorFactory.Size;
import cloud.haneul.spi.DriverContext;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.Progress;
import cloud.haneul.spi.compute.ConsoleEndpoint;
import cloud.haneul.spi.compute.ConsoleKind;
import cloud.haneul.spi.compute.DiskPlan;
import cloud.haneul.spi.compute.DomainSpec;
import cloud.haneul.spi.compute.DomainState;
import cloud.haneul.spi.compute.HostFacts;
import cloud.haneul.spi.compute.Hypervisor;
import cloud.haneul.spi.compute.PowerAction;
import cloud.haneul.spi.compute.VifAttachment;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.channels.ByteChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/** The driver of one simulated host: says what goes wrong, then lets the {@link Host} do the work. */
final class SimulatedHypervisor implements Hypervisor {
    private static final long GIB = 1L << 30;

    private final String name;
    private final Size size;
    private final Duration delay;
    private final Faults faults;
    private final World world;
    private final Clock clock;
    private final Host host;
    private final AtomicBoolean closed = new AtomicBoolean();

    SimulatedHypervisor(DriverContext context, String name, Size size, Duration delay, Faults faults, World world) {
        this.name = name;
        this.size = size;
        this.delay = delay;
        this.faults = faults;
        this.world = world;
        this.clock = context.clock();
        this.host = world.openHost(context.folder().resolve(name), clock);
    }

    @Override
    public void ping() {
        faults.around("ping", () -> {});
    }

    @Override
    public HostFacts facts() {
        return faults.around(
                "facts",
                () -> new HostFacts(
                        name,
                        name,
                        "x86_64",
                        "fake",
                        1_000_000,
                        (int) size.cpus(),
                        size.memoryMib(),
                        diskGib(),
                        "Simulated",
                        Set.of("HW_CPU_X86_SSE42", "COMPUTE_NODE")));
    }

    @Override
    public List<Class<? extends VifAttachment>> acceptedVifs() {
        return List.of(VifAttachment.Simulated.class);
    }

    @Override
    public Progress prepareDisks(DiskPlan plan) {
        return faults.around("prepareDisks", () -> {
            long bytes = rootBytes(plan)
                    + plan.configDrive().map(drive -> drive.iso().length).orElse(0);
            // outside the machine's monitor, since it takes its time and others may look at the server meanwhile
            world.images().fetch(plan.image());
            return host.withNew(plan.server(), machine -> {
                Machine.Disk disk = machine.disk().orElseGet(() -> make(plan, bytes));
                if (disk.bytes() != bytes || !disk.image().equals(plan.image().sha512())) {
                    throw DriverException.of(Code.CONFLICT, "The server has other disks already.");
                }
                machine.attachDisk(disk);
                return Machine.progress(disk.begun(), disk.ready(), clock.instant());
            });
        });
    }

    private Machine.Disk make(DiskPlan plan, long bytes) {
        host.reserve(bytes, diskGib() * GIB);
        Instant now = clock.instant();
        String hostName =
                plan.configDrive().flatMap(drive -> GuestName.in(drive.iso())).orElse("");
        return new Machine.Disk(bytes, plan.image().sha512(), hostName, now, now.plus(delay()));
    }

    private static long rootBytes(DiskPlan plan) {
        if (plan.rootGib() == 0) {
            return plan.image().virtualSize();
        }
        if (plan.rootGib() * GIB < plan.image().virtualSize()) {
            throw DriverException.of(Code.INVALID, "The image is bigger than the server's disk.");
        }
        return plan.rootGib() * GIB;
    }

    @Override
    public void removeDisks(UUID server) {
        faults.around(
                "removeDisks",
                () -> host.with(server, machine -> {
                    long bytes = machine.disk().map(Machine.Disk::bytes).orElse(0L);
                    machine.removeDisk();
                    host.release(bytes);
                    return machine;
                }));
    }

    @Override
    public void define(DomainSpec spec) {
        faults.around("define", () -> {
            for (DomainSpec.Nic nic : spec.nics()) {
                if (!(nic.attachment() instanceof VifAttachment.Simulated)) {
                    throw DriverException.of(
                            Code.UNSUPPORTED, "The simulator plugs NICs into simulated networks only.");
                }
            }
            return host.withNew(spec.server(), machine -> {
                machine.define(spec);
                return machine;
            });
        });
    }

    @Override
    public void undefine(UUID server) {
        faults.around(
                "undefine",
                () -> host.with(server, machine -> {
                    machine.undefine();
                    host.log(machine).clear();
                    return machine;
                }));
    }

    @Override
    public Progress power(UUID server, PowerAction action, Duration grace, UUID attempt) {
        return faults.around(
                "power",
                () -> domain(server, machine -> machine.power(action, grace, attempt, delay(), clock.instant())));
    }

    @Override
    public Optional<DomainState> observe(UUID server) {
        return faults.around("observe", () -> {
            guestsActByThemselves();
            return host.power(server).map(power -> new DomainState(server, power));
        });
    }

    @Override
    public List<DomainState> observeAll() {
        return faults.around("observeAll", () -> {
            guestsActByThemselves();
            return host.machines().stream()
                    .flatMap(machine -> host.power(machine).map(p -> new DomainState(machine.server(), p)).stream())
                    .toList();
        });
    }

    @Override
    public List<UUID> serversWithDisks() {
        return faults.around("serversWithDisks", () -> host.machines().stream()
                .filter(machine -> machine.disk().isPresent())
                .map(Machine::server)
                .toList());
    }

    @Override
    public InputStream consoleLog(UUID server, long maxBytes) {
        return faults.around(
                "consoleLog",
                () -> domain(
                        server,
                        machine -> new ByteArrayInputStream(host.log(machine).end(maxBytes))));
    }

    @Override
    public ConsoleEndpoint console(UUID server, ConsoleKind kind) {
        return faults.around(
                "console",
                () -> domain(server, machine -> {
                    running(machine);
                    return new ConsoleEndpoint.Stream(() -> session(server, kind));
                }));
    }

    private ByteChannel session(UUID server, ConsoleKind kind) {
        return domain(server, machine -> {
            running(machine);
            Tty tty = host.tty(machine);
            return kind == ConsoleKind.VNC ? RfbSession.of(tty) : SerialSession.of(tty);
        });
    }

    private static void running(Machine machine) {
        if (!machine.isOn()) {
            throw DriverException.of(Code.CONFLICT, "The server must run to have a console.");
        }
    }

    private <T> T domain(UUID server, java.util.function.Function<Machine, T> work) {
        return host.with(server, machine -> machine.domain().map(domain -> work.apply(machine)))
                .flatMap(found -> found)
                .orElseThrow(() ->
                        DriverException.of(Code.NOT_FOUND, "The host " + name + " has no server " + server + "."));
    }

    /** What the control file lets guests do: {@code guest.<server>=crash}. */
    private void guestsActByThemselves() {
        faults.guests().forEach(host::guestDoes);
    }

    private long diskGib() {
        return faults.text("disk-gib").map(Long::parseLong).orElse(size.diskGib());
    }

    private Duration delay() {
        return faults.text("delay").map(Duration::parse).orElse(delay);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            world.close(host);
        }
    }
}
