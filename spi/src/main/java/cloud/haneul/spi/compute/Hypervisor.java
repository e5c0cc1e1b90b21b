package cloud.haneul.spi.compute;

import cloud.haneul.spi.Driver;
import cloud.haneul.spi.Progress;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One hypervisor host, or one manager of several that acts as a host. A server's life here: its disks are prepared
 * ({@link #prepareDisks}), its domain is defined ({@link #define}), it runs and stops ({@link #power}), its domain and then its
 * disks are removed. Ids are the core's; the domain's id is the server's.
 */
public interface Hypervisor extends Driver {

    /** What the host is and has; read at registration and once a minute. */
    HostFacts facts();

    /** What kinds of network attachment {@link #define} accepts. */
    List<Class<? extends VifAttachment>> acceptedVifs();

    /**
     * Makes the server's root disk from the image, and its config drive. The image is fetched and cached by its hash when the
     * host does not have it yet; slow, hence with progress.
     *
     * @throws cloud.haneul.spi.DriverException DISK_FULL; INVALID when the image does not match its hash
     */
    Progress prepareDisks(DiskPlan plan);

    /** Removes everything {@link #prepareDisks} made for the server; the image cache stays. */
    void removeDisks(UUID server);

    /** Defines the domain without starting it; defining again with another specification replaces it when it is shut off. */
    void define(DomainSpec spec);

    /** Forces the domain off and removes it with its logs; its disks stay. */
    void undefine(UUID server);

    /**
     * Brings the domain to a power state. Asking for the state it is in succeeds at once.
     *
     * @param grace with {@link PowerAction#SHUT_DOWN} and {@link PowerAction#REBOOT}: how long the guest may take before it is
     *     forced; the call answers "in progress" meanwhile
     * @param attempt identifies the request: repeating REBOOT or RESET with the same attempt must not reboot twice
     * @throws cloud.haneul.spi.DriverException NOT_FOUND when there is no such domain
     */
    Progress power(UUID server, PowerAction action, Duration grace, UUID attempt);

    /** The domain as it is; empty when there is none. */
    Optional<DomainState> observe(UUID server);

    /** All domains that this installation made on the host. */
    List<DomainState> observeAll();

    /** Servers for which disks exist on the host, so that orphans can be found. */
    List<UUID> serversWithDisks();

    /**
     * The serial console's output since the domain was defined, at most the last {@code maxBytes}. Empty when nothing was
     * written yet.
     */
    InputStream consoleLog(UUID server, long maxBytes);

    /** Where the running domain's console can be reached from the controller. */
    ConsoleEndpoint console(UUID server, ConsoleKind kind);
}
