package cloud.haneul.driver.simulator;

import cloud.haneul.driver.simulator.Fabric.Kind;
import cloud.haneul.driver.simulator.Fabric.Thing;
import cloud.haneul.spi.DriverContext;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.compute.VifAttachment;
import cloud.haneul.spi.network.NetworkCapabilities;
import cloud.haneul.spi.network.NetworkDriver;
import cloud.haneul.spi.network.NetworkSpec;
import cloud.haneul.spi.network.PortSpec;
import cloud.haneul.spi.network.PortState;
import cloud.haneul.spi.network.RouterSpec;
import cloud.haneul.spi.network.SecurityGroupSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The driver of the simulated network: says what goes wrong, refuses what makes no sense, and keeps the rest. */
final class SimulatedNetwork implements NetworkDriver {
    private final NetworkCapabilities capabilities;
    private final Faults faults;
    private final World world;
    private final Fabric fabric;
    private final List<Host> hosts;
    private final AtomicBoolean closed = new AtomicBoolean();

    SimulatedNetwork(DriverContext context, NetworkCapabilities capabilities, Faults faults, World world) {
        this.capabilities = capabilities;
        this.faults = faults;
        this.world = world;
        this.fabric = world.openFabric(context.folder().resolve("network"));
        this.hosts = openHosts(context);
    }

    /** Hosts run on while no controller looks, so those that were built on are wired before the first port is asked for. */
    private List<Host> openHosts(DriverContext context) {
        if (!context.folder().toFile().isDirectory()) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(context.folder())) {
            return folders.filter(
                            folder -> folder.resolve(Host.JOURNAL).toFile().exists())
                    .map(folder -> world.openHost(folder, context.clock()))
                    .toList();
        } catch (IOException e) {
            throw new DriverException(Code.BACKEND_ERROR, "The simulator's folder cannot be read.", e.toString(), e);
        }
    }

    @Override
    public void ping() {
        faults.around("ping", () -> {});
    }

    @Override
    public NetworkCapabilities capabilities() {
        return faults.around("capabilities", () -> capabilities);
    }

    @Override
    public void ensureNetwork(NetworkSpec network) {
        faults.around("ensureNetwork", () -> {
            if (!capabilities.networkTypes().contains(network.type())) {
                throw DriverException.of(
                        Code.UNSUPPORTED, "Networks of type " + network.type() + " cannot be made here.");
            }
            network.physicalNetwork()
                    .filter(name -> !capabilities.physicalNetworks().contains(name))
                    .ifPresent(name -> {
                        throw DriverException.of(Code.INVALID, "There is no physical network " + name + ".");
                    });
            keep(Kind.NETWORK, network.id(), network.id(), network);
        });
    }

    @Override
    public void removeNetwork(UUID network) {
        remove("removeNetwork", Kind.NETWORK, network);
    }

    @Override
    public void ensureSecurityGroup(SecurityGroupSpec group) {
        faults.around("ensureSecurityGroup", () -> keep(Kind.SECURITY_GROUP, group.id(), group.id(), group));
    }

    @Override
    public void removeSecurityGroup(UUID group) {
        remove("removeSecurityGroup", Kind.SECURITY_GROUP, group);
    }

    @Override
    public void ensurePort(PortSpec port) {
        faults.around("ensurePort", () -> {
            fabric.mustHave(Kind.NETWORK, List.of(port.network()));
            fabric.mustHave(Kind.SECURITY_GROUP, port.securityGroups());
            fabric.find(Kind.PORT, port.id())
                    .filter(old -> !old.network().equals(port.network()))
                    .ifPresent(old -> {
                        throw DriverException.of(Code.CONFLICT, "A port cannot move to another network.");
                    });
            keep(Kind.PORT, port.id(), port.network(), port);
        });
    }

    @Override
    public void removePort(UUID port) {
        remove("removePort", Kind.PORT, port);
    }

    @Override
    public void ensureRouter(RouterSpec router) {
        faults.around("ensureRouter", () -> {
            fabric.mustHave(
                    Kind.NETWORK,
                    router.interfaces().stream()
                            .map(RouterSpec.Interface::network)
                            .toList());
            fabric.mustHave(
                    Kind.NETWORK,
                    router.gateway().map(RouterSpec.Gateway::network).stream().toList());
            if (!router.floatingIps().isEmpty() && router.gateway().isEmpty()) {
                throw DriverException.of(Code.INVALID, "A router needs a gateway for its floating IPs.");
            }
            keep(Kind.ROUTER, router.id(), router.id(), router);
        });
    }

    @Override
    public void removeRouter(UUID router) {
        remove("removeRouter", Kind.ROUTER, router);
    }

    @Override
    public VifAttachment attachment(UUID port, String networkHost) {
        return faults.around("attachment", (Supplier<VifAttachment>) () -> fabric.find(Kind.PORT, port)
                .map(thing -> new VifAttachment.Simulated(thing.network().toString()))
                .orElseThrow(() -> DriverException.of(Code.NOT_FOUND, "There is no port " + port + ".")));
    }

    @Override
    public Optional<PortState> observePort(UUID port) {
        return faults.around("observePort", () -> fabric.find(Kind.PORT, port).map(thing -> {
            Optional<String> host = world.whereIsPlugged(port);
            return new PortState(port, host.isPresent(), host);
        }));
    }

    @Override
    public Inventory inventory() {
        return faults.around(
                "inventory",
                () -> new Inventory(
                        fabric.ids(Kind.NETWORK),
                        fabric.ids(Kind.PORT),
                        fabric.ids(Kind.ROUTER),
                        fabric.ids(Kind.SECURITY_GROUP)));
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            world.close(fabric);
            hosts.forEach(world::close);
        }
    }

    private void keep(Kind kind, UUID id, UUID network, Record specification) {
        fabric.put(kind, id, new Thing(network, specification.toString()));
    }

    private void remove(String call, Kind kind, UUID id) {
        faults.around(call, () -> fabric.remove(kind, id));
    }
}
