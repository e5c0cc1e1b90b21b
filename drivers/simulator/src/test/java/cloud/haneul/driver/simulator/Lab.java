package cloud.haneul.driver.simulator;

import cloud.haneul.spi.compute.ConfigDrive;
import cloud.haneul.spi.compute.DiskPlan;
import cloud.haneul.spi.compute.DomainSpec;
import cloud.haneul.spi.compute.Hypervisor;
import cloud.haneul.spi.compute.PowerAction;
import cloud.haneul.spi.compute.VifAttachment;
import cloud.haneul.spi.network.NetworkDriver;
import cloud.haneul.tck.TckContext;
import cloud.haneul.tck.TinyImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A folder with simulated things in it, and the shortest way to a running server. */
record Lab(Path folder, Clock clock) {
    static final TinyImage IMAGE = TinyImage.random(1_000);
    static final String NETWORK = "6e0b7e8a-0000-4000-8000-000000000001";

    Lab(Path folder) {
        this(folder, Clock.systemUTC());
    }

    Hypervisor host(String... properties) {
        return context().open(new SimulatedHypervisorFactory(), map(properties));
    }

    NetworkDriver network(String... properties) {
        return context().open(new SimulatedNetworkFactory(), map(properties));
    }

    private TckContext context() {
        TckContext plain = TckContext.in(folder);
        return new TckContext(plain.installation(), folder, clock, plain.executor());
    }

    static Map<String, String> map(String... properties) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            map.put(properties[i], properties[i + 1]);
        }
        return map;
    }

    static DiskPlan disks(UUID server) {
        return new DiskPlan(server, 1, IMAGE, Optional.empty());
    }

    static DiskPlan disksWithHostName(UUID server, String hostName) {
        byte[] iso = ("\0\0CD001{\"uuid\": \"x\", \"hostname\": \"" + hostName + "\"}\0")
                .getBytes(StandardCharsets.ISO_8859_1);
        return new DiskPlan(server, 1, IMAGE, Optional.of(new ConfigDrive(iso)));
    }

    static DomainSpec domain(UUID server, String... properties) {
        return new DomainSpec(
                server,
                "instance-00000001",
                "web",
                "p",
                1,
                64,
                List.of(new DomainSpec.Nic(server, "fa:16:3e:00:00:01", 1442, new VifAttachment.Simulated(NETWORK))),
                false,
                map(properties));
    }

    static UUID running(Hypervisor host) {
        UUID server = UUID.randomUUID();
        host.prepareDisks(disks(server));
        host.define(domain(server));
        host.power(server, PowerAction.START, Duration.ZERO, UUID.randomUUID());
        return server;
    }
}
