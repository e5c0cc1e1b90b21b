package cloud.haneul.compute;

import cloud.haneul.image.BootImage;
import cloud.haneul.image.Images;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.network.ServerPorts;
import cloud.haneul.placement.Placement;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.compute.DiskPlan;
import cloud.haneul.spi.compute.DomainSpec;
import cloud.haneul.spi.compute.DomainSpec.Nic;
import cloud.haneul.spi.compute.VifAttachment;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Turns a server's row into what schedulers and hypervisors are asked: the plans, without doing anything. */
@Component
public class Guests {
    private final Database database;
    private final Images images;
    private final ServerPorts ports;
    private final Metadata metadata;

    @Inject
    Guests(Database database, Images images, ServerPorts ports, Metadata metadata) {
        this.database = database;
        this.images = images;
        this.ports = ports;
        this.metadata = metadata;
    }

    /** @throws DriverException NOT_FOUND when the row is gone */
    public Server server(UUID id) {
        Server server = database.read(em -> em.find(Server.class, id));
        if (server == null) {
            throw DriverException.of(Code.NOT_FOUND, "The server does not exist any more.");
        }
        return server;
    }

    public Map<String, Long> amounts(Server server) {
        Map<String, Long> amounts = new HashMap<>();
        amounts.put(Placement.VCPU, (long) server.flavor().vcpus());
        amounts.put(Placement.MEMORY_MB, server.flavor().ramMib());
        long disk = server.flavor().diskGib()
                + server.flavor().ephemeralGib()
                + (server.flavor().swapMib() + 1023) / 1024;
        if (disk > 0) {
            amounts.put(Placement.DISK_GB, disk);
        }
        return amounts;
    }

    public BootImage image(Server server) {
        return images.forBoot(
                Caller.inner("boot").inProject(server.projectId()),
                server.imageId().orElseThrow());
    }

    public DiskPlan disks(Server server) {
        return new DiskPlan(
                server.id(),
                server.flavor().diskGib(),
                images.source(server.imageId().orElseThrow()),
                server.asked().configDrive() ? Optional.of(metadata.configDrive(server)) : Optional.empty());
    }

    /** @param attachments of the ports, by their ids */
    public DomainSpec domain(
            Server server, List<ServerPorts.ServerPort> plugged, Map<UUID, VifAttachment> attachments) {
        List<Nic> nics = new ArrayList<>();
        for (ServerPorts.ServerPort port : plugged) {
            nics.add(new Nic(port.id(), port.mac(), port.mtu(), attachments.get(port.id())));
        }
        Map<String, String> properties = new HashMap<>(image(server).properties());
        server.flavor().extraSpecs().forEach((key, value) -> properties.put(key.replace("hw:", "hw_"), value));
        return new DomainSpec(
                server.id(),
                server.instanceName(),
                server.name(),
                server.projectId(),
                server.flavor().vcpus(),
                server.flavor().ramMib(),
                nics,
                server.asked().configDrive(),
                properties);
    }

    public List<ServerPorts.ServerPort> portsOf(Server server) {
        return ports.of(List.of(server.id())).getOrDefault(server.id(), List.of());
    }
}
