package cloud.haneul.driver.libvirt;

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
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.libvirt.Domain;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;

/** One host run by libvirtd. Everything goes through libvirt itself, so a remote host is used exactly like this one. */
final class LibvirtHypervisor implements Hypervisor {
    private static final int UNDEFINE_NVRAM = 1 << 2;
    private static final int UNDEFINE_CHECKPOINTS = 1 << 4;
    private static final int UNDEFINE_ALL = Domain.UndefineFlags.MANAGED_SAVE
            | Domain.UndefineFlags.SNAPSHOTS_METADATA
            | UNDEFINE_NVRAM
            | UNDEFINE_CHECKPOINTS;

    private final HostConnection connection;
    private final Pool pool;
    private final Domains domains;
    private final HostProbe probe;
    private final DomainXml xml;
    private final ServerDisks disks;
    private final Power power;
    private final ConsoleLog log;
    private final Consoles consoles;

    LibvirtHypervisor(Settings settings, DriverContext context) {
        this.connection = new HostConnection(settings);
        this.pool = new Pool(settings);
        this.domains = new Domains(settings.installation());
        this.probe = new HostProbe(settings, pool);
        this.xml = new DomainXml(settings, pool);
        this.disks = new ServerDisks(connection, pool, new ImageCache(connection, pool, context.executor()), domains);
        this.power = new Power(connection, domains, context.clock());
        this.log = new ConsoleLog(connection, pool, domains);
        this.consoles = new Consoles(connection, domains, settings);
    }

    @Override
    public void ping() {
        connection.call("answering", HostConnect::getHostName);
    }

    @Override
    public HostFacts facts() {
        return connection.call("describing itself", probe::facts);
    }

    @Override
    public List<Class<? extends VifAttachment>> acceptedVifs() {
        return List.of(VifAttachment.OvsPort.class, VifAttachment.BridgeTap.class);
    }

    @Override
    public Progress prepareDisks(DiskPlan plan) {
        return disks.prepare(plan);
    }

    @Override
    public void removeDisks(UUID server) {
        disks.remove(server);
    }

    @Override
    public void define(DomainSpec spec) {
        connection.act("defining the server", connect -> {
            Platform platform = connect.platform(probe);
            Domain existing = domains.findAny(connect, spec.server()).orElse(null);
            if (existing != null) {
                ServerMark mark = ServerMark.read(existing)
                        .filter(domains::isOurs)
                        .orElseThrow(() -> DriverException.of(
                                Code.CONFLICT, "The hypervisor has a server of this id that the cloud did not make."));
                if (mark.specification().equals(SpecDigest.of(spec, platform))) {
                    return;
                }
                if (existing.isActive() == 1) {
                    throw DriverException.of(
                            Code.CONFLICT, "The server is running with another definition; shut it off first.");
                }
            }
            log.ensure(pool.open(connect), spec.server());
            define(connect, spec, platform);
        });
    }

    @Override
    public void undefine(UUID server) {
        connection.act("removing the server", connect -> {
            Domain domain = domains.find(connect, server).orElse(null);
            if (domain != null) {
                remove(domain);
            }
            log.remove(pool.open(connect), server);
            consoles.removeSockets(pool, server);
        });
    }

    @Override
    public Progress power(UUID server, PowerAction action, Duration grace, UUID attempt) {
        return power.bring(server, action, grace, attempt);
    }

    @Override
    public Optional<DomainState> observe(UUID server) {
        return connection.call("looking at the server", connect -> {
            Optional<Domain> domain = domains.find(connect, server);
            return domain.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new DomainState(server, Domains.power(domain.get())));
        });
    }

    @Override
    public List<DomainState> observeAll() {
        return connection.call("listing servers", domains::all);
    }

    @Override
    public List<UUID> serversWithDisks() {
        return disks.servers();
    }

    @Override
    public InputStream consoleLog(UUID server, long maxBytes) {
        return log.read(server, maxBytes);
    }

    @Override
    public ConsoleEndpoint console(UUID server, ConsoleKind kind) {
        return consoles.find(server, kind);
    }

    @Override
    public void close() {
        connection.close();
    }

    private void define(HostConnect connect, DomainSpec spec, Platform platform) throws LibvirtException {
        try {
            connect.domainDefineXML(xml.of(spec, platform));
        } catch (LibvirtException e) {
            // libvirt has no code of its own for a name that is taken
            if (Errors.is(e, ErrorNumber.VIR_ERR_OPERATION_FAILED)
                    && String.valueOf(e.getMessage()).contains("already exists")) {
                throw new DriverException(
                        Code.CONFLICT,
                        "The hypervisor already has a server named " + spec.name() + ".",
                        e.getMessage(),
                        e);
            }
            throw e;
        }
    }

    private static void remove(Domain domain) throws LibvirtException {
        try {
            if (domain.isActive() == 1) {
                domain.destroy();
            }
        } catch (LibvirtException e) {
            // it ended by itself between the two calls
            if (!Errors.is(e, ErrorNumber.VIR_ERR_OPERATION_INVALID)) {
                throw e;
            }
        }
        domain.undefine(UNDEFINE_ALL);
    }
}
