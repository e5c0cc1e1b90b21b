package cloud.haneul.driver.ovn;

import cloud.haneul.spi.DriverContext;
import cloud.haneul.spi.network.NetworkSpec;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Gives guests on the controller's own chassis their metadata: a namespace for each network that has guests here, and one
 * haproxy listening in all of them. A reconciler: woken by whatever changes in OVN, and now and then anyway, it compares what
 * should be with what is. Networks come and go with their first and last guest here.
 */
final class MetadataService implements AutoCloseable {
    private static final Logger LOG = System.getLogger(MetadataService.class.getName());
    private static final long PERIOD_SECONDS = 20;
    private static final long GATHER_MILLIS = 50;

    private final OvnSettings settings;
    private final OvsdbClient northbound;
    private final OvsdbClient ovs;
    private final Southbound hosts;
    private final LocalSwitch local;
    private final MetadataNamespace namespaces;
    private final MetadataRecords records;
    private final Haproxy haproxy;
    private final ExecutorService executor;
    private final Semaphore pokes = new Semaphore(0);
    private volatile boolean closed;

    MetadataService(
            DriverContext context,
            OvnSettings settings,
            List<OvsdbAddress> ovsAddresses,
            OvsdbClient northbound,
            Southbound hosts) {
        this.settings = settings;
        this.northbound = northbound;
        this.hosts = hosts;
        executor = context.executor();
        ovs = new OvsdbClient(
                LocalSwitch.DATABASE,
                ovsAddresses,
                LocalSwitch.COPIED,
                LocalSwitch::key,
                this::poke,
                settings.timeout(),
                executor);
        local = new LocalSwitch(ovs, settings);
        namespaces = new MetadataNamespace(settings.netns());
        records = new MetadataRecords(context.folder().resolve("metadata"), settings.installation());
        haproxy = new Haproxy(context.folder().resolve("metadata"));
    }

    void start() {
        ovs.connect();
        executor.execute(this::run);
    }

    /** Something changed that may concern us. */
    void poke() {
        pokes.release();
    }

    /** Takes note of how the network's metadata is to be served; the network is in OVN already. */
    void serve(NetworkSpec network) {
        network.metadata()
                .map(metadata -> MetadataRecord.of(settings.installation(), network, metadata))
                .filter(records::put)
                .ifPresent(changed -> poke());
    }

    private void run() {
        try {
            while (!closed) {
                pokes.tryAcquire(PERIOD_SECONDS, TimeUnit.SECONDS);
                // what one operation changes comes in several pieces
                TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
                pokes.drainPermits();
                if (!closed) {
                    reconcile();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reconcile() {
        try {
            Map<UUID, MetadataRecord> wanted = wanted();
            wanted.values().removeIf(network -> !isPrepared(network));
            Set<String> gone = new HashSet<>(local.devices());
            wanted.values().forEach(network -> gone.remove(network.device()));
            if (wanted.isEmpty()) {
                haproxy.stop();
            } else {
                haproxy.serve(HaproxyConfig.of(wanted.values(), Haproxy.user()));
            }
            gone.forEach(this::forget);
            forgetRecords();
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.log(
                        Level.WARNING,
                        "Metadata of guests on this machine is not served as it should be; trying again",
                        e);
            }
        }
    }

    /** Networks that have metadata, and guests on this chassis. */
    private Map<UUID, MetadataRecord> wanted() {
        Optional<String> chassis = local.chassis();
        Set<String> ports = chassis.map(hosts::portsOn).orElse(Set.of());
        Set<UUID> withGuests = northbound.rows().read(rows -> {
            Set<UUID> networks = new HashSet<>();
            for (String port : ports) {
                rows.first(Tables.SWITCH_PORT, port)
                        .flatMap(row -> row.mark(Marks.NETWORK))
                        .ifPresent(network -> networks.add(UUID.fromString(network)));
            }
            return networks;
        });
        Map<UUID, MetadataRecord> result = new LinkedHashMap<>();
        for (MetadataRecord network : records.all()) {
            if (withGuests.contains(network.network()) && hasMetadata(network)) {
                result.put(network.network(), network);
            }
        }
        return result;
    }

    private boolean hasMetadata(MetadataRecord network) {
        return northbound.rows().read(rows -> rows.of(network.network().toString()).stream()
                .anyMatch(row -> row.table().equals(Tables.SWITCH_PORT)
                        && Marks.part(row).equals(NetworkPlan.METADATA)));
    }

    /** One network that cannot be served must not keep others from it. */
    private boolean isPrepared(MetadataRecord network) {
        try {
            boolean stands = MetadataNamespace.identity(network.namespace()).isPresent() && local.isPlugged(network);
            if (!stands) {
                local.unplug(network.device());
                namespaces.make(network);
                local.plug(network);
            }
            return true;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Metadata of network " + network.network() + " cannot be served; trying again", e);
            return false;
        }
    }

    private void forget(String device) {
        local.unplug(device);
        namespaces.remove(MetadataRecord.namespaceOf(device), device);
    }

    private void forgetRecords() {
        for (MetadataRecord network : records.all()) {
            boolean known = northbound.rows().read(rows -> rows.first(
                            Tables.SWITCH, network.network().toString())
                    .isPresent());
            if (!known) {
                namespaces.remove(network);
                records.remove(network.network());
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        poke();
        ovs.close();
    }
}
