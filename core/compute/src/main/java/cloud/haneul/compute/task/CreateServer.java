package cloud.haneul.compute.task;

import cloud.haneul.compute.Guests;
import cloud.haneul.compute.Host;
import cloud.haneul.compute.Hypervisors;
import cloud.haneul.compute.Scheduler;
import cloud.haneul.compute.Server;
import cloud.haneul.compute.ServerRows;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.operation.Context;
import cloud.haneul.kernel.operation.OperationType;
import cloud.haneul.kernel.operation.Outcome;
import cloud.haneul.kernel.operation.Problem;
import cloud.haneul.kernel.operation.Step;
import cloud.haneul.network.ServerPorts;
import cloud.haneul.network.ServerPorts.ServerPort;
import cloud.haneul.placement.Placement;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.compute.PowerAction;
import cloud.haneul.spi.compute.VifAttachment;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * From an accepted server to a running one: a host is chosen and its room claimed, disks are made, NICs wired, the domain defined
 * and started, and the network waited for. When a host fails, what was built there is taken down and another is tried.
 */
@Component
public class CreateServer implements OperationType<CreateServer.Params> {
    public static final String KIND = "server-create";
    private static final String HOST = "host";
    private static final String NETWORK_HOST = "network-host";
    private static final String TRIED = "tried";
    private static final String WIRED_BY = "wired-by";
    private static final Duration WIRING_TIME = Duration.ofMinutes(2);

    private final Guests guests;
    private final ServerRows rows;
    private final Scheduler scheduler;
    private final Hypervisors hypervisors;
    private final ServerPorts ports;
    private final Placement placement;
    private final Clock clock;

    @Inject
    CreateServer(
            Guests guests,
            ServerRows rows,
            Scheduler scheduler,
            Hypervisors hypervisors,
            ServerPorts ports,
            Placement placement,
            Clock clock) {
        this.guests = guests;
        this.rows = rows;
        this.scheduler = scheduler;
        this.hypervisors = hypervisors;
        this.ports = ports;
        this.placement = placement;
        this.clock = clock;
    }

    /** @param server whose row is there already */
    public record Params(UUID server) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public List<Step<Params>> steps() {
        return List.of(
                Step.of("schedule", this::schedule, this::unschedule),
                Step.waiting("prepare-disks", this::prepareDisks, this::removeDisks),
                Step.of("wire-network", this::wire, this::unwire),
                Step.of("define", this::define, this::undefine),
                Step.waiting("start", this::start, context -> {}),
                Step.waiting("await-network", this::awaitNetwork, context -> {}));
    }

    @Override
    public OptionalInt elsewhereStep() {
        return OptionalInt.of(0);
    }

    private void schedule(Context<Params> context) {
        if (context.recall(HOST).isPresent()) {
            return;
        }
        Server server = guests.server(context.params().server());
        Set<UUID> tried = Arrays.stream(context.recall(TRIED).orElse("").split(","))
                .filter(id -> !id.isEmpty())
                .map(UUID::fromString)
                .collect(Collectors.toSet());
        Host host = scheduler.place(new Scheduler.Request(
                server.id(),
                server.projectId(),
                server.userId(),
                guests.amounts(server),
                server.asked().zone().orElse(""),
                server.asked().host().orElse(""),
                tried,
                guests.image(server).properties()));
        context.remember(HOST, host.id().toString());
        context.remember(NETWORK_HOST, host.networkHost());
        context.at(host.name());
        context.atEnd(em -> rows.placed(em, server.id(), host.id()));
    }

    private void unschedule(Context<Params> context) {
        placement.release(context.params().server());
        context.recall(HOST)
                .ifPresent(host -> context.remember(
                        TRIED, context.recall(TRIED).map(t -> t + ",").orElse("") + host));
        context.forget(HOST);
        context.forget(WIRED_BY);
        context.run(em -> rows.unplaced(em, context.params().server()));
    }

    private Outcome prepareDisks(Context<Params> context) {
        return Outcome.of(hypervisors
                .of(host(context))
                .prepareDisks(guests.disks(guests.server(context.params().server()))));
    }

    private void removeDisks(Context<Params> context) {
        context.recall(HOST).ifPresent(host -> hypervisors
                .of(UUID.fromString(host))
                .removeDisks(context.params().server()));
    }

    private void wire(Context<Params> context) {
        for (UUID port : ports.ids(context.params().server())) {
            ports.bind(port, networkHost(context));
        }
    }

    private void unwire(Context<Params> context) {
        for (UUID port : ports.ids(context.params().server())) {
            ports.unbind(port);
        }
    }

    private void define(Context<Params> context) {
        Server server = guests.server(context.params().server());
        Map<UUID, VifAttachment> attachments = new HashMap<>();
        List<ServerPort> plugged = guests.portsOf(server);
        for (ServerPort port : plugged) {
            attachments.put(port.id(), ports.attachment(port.id(), networkHost(context)));
        }
        hypervisors.of(host(context)).define(guests.domain(server, plugged, attachments));
    }

    private void undefine(Context<Params> context) {
        context.recall(HOST).ifPresent(host -> hypervisors
                .of(UUID.fromString(host))
                .undefine(context.params().server()));
    }

    private Outcome start(Context<Params> context) {
        return Outcome.of(hypervisors
                .of(host(context))
                .power(context.params().server(), PowerAction.START, Duration.ZERO, context.operation()));
    }

    private Outcome awaitNetwork(Context<Params> context) {
        List<UUID> waiting = ports.ids(context.params().server()).stream()
                .filter(port -> !ports.isActive(port))
                .toList();
        if (waiting.isEmpty()) {
            return Outcome.DONE;
        }
        Instant now = clock.instant();
        Instant deadline = context.recall(WIRED_BY).map(Instant::parse).orElseGet(() -> now.plus(WIRING_TIME));
        context.remember(WIRED_BY, deadline.toString());
        if (now.isAfter(deadline)) {
            throw DriverException.of(
                    Code.BACKEND_ERROR, "The network did not come up within " + WIRING_TIME.toMinutes() + " minutes.");
        }
        return Outcome.wait(lookAgainAfter(Duration.between(deadline.minus(WIRING_TIME), now)), 50);
    }

    /** A port is mostly up within some tens of milliseconds; one that is not need not be looked at so often. */
    static Duration lookAgainAfter(Duration waited) {
        return Collections.min(
                List.of(Collections.max(List.of(waited.dividedBy(2), Duration.ofMillis(20))), Duration.ofSeconds(1)));
    }

    @Override
    public void completed(EntityManager em, Context<Params> context) {
        rows.launched(em, context.params().server());
    }

    @Override
    public void failed(EntityManager em, Context<Params> context, Problem problem) {
        rows.creationFailed(em, context.params().server(), problem);
    }

    private static UUID host(Context<Params> context) {
        return UUID.fromString(context.recall(HOST).orElseThrow());
    }

    private static String networkHost(Context<Params> context) {
        return context.recall(NETWORK_HOST).orElseThrow();
    }
}
