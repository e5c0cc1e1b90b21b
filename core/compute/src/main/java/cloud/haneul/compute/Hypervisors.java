package cloud.haneul.compute;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.operation.Context;
import cloud.haneul.kernel.plugin.Plugins;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.compute.Hypervisor;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open drivers, one for each host, opened when first needed. For operations and reconcilers. */
@Component
public class Hypervisors {
    private static final Logger LOG = LoggerFactory.getLogger(Hypervisors.class);

    private final Database database;
    private final Plugins plugins;
    private final Map<UUID, Hypervisor> open = new ConcurrentHashMap<>();

    @Inject
    Hypervisors(Database database, Plugins plugins) {
        this.database = database;
        this.plugins = plugins;
    }

    /**
     * The driver of a host.
     *
     * @throws DriverException NOT_FOUND when there is no such host (any more), else what opening it says
     */
    public Hypervisor of(UUID host) {
        Hypervisor driver = open.get(host);
        if (driver != null) {
            return driver;
        }
        Host row = database.read(em -> em.find(Host.class, host));
        if (row == null) {
            throw DriverException.of(Code.NOT_FOUND, "The host of the server is not part of the cloud any more.");
        }
        return of(row);
    }

    /** The same, and the operation's Activity names the host. */
    public Hypervisor of(UUID host, Context<?> context) {
        Hypervisor driver = of(host);
        database.read(em -> em.createQuery("select h.name from Host h where h.id = :id", String.class)
                        .setParameter("id", host)
                        .getResultList())
                .forEach(context::at);
        return driver;
    }

    Hypervisor of(Host host) {
        return open.computeIfAbsent(host.id(), id -> plugins.open(Hypervisor.class, host.driver(), host.config()));
    }

    void forget(UUID host) {
        Hypervisor driver = open.remove(host);
        if (driver != null) {
            driver.close();
        }
    }

    @PreDestroy
    void close() {
        open.forEach((id, driver) -> {
            try {
                driver.close();
            } catch (DriverException e) {
                // the process ends: what the back end holds of us ends with its connection
                LOG.debug("Driver of host {} did not close", id, e);
            }
        });
        open.clear();
    }
}
