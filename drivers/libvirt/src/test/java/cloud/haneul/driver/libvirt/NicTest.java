package cloud.haneul.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.haneul.spi.compute.DiskPlan;
import cloud.haneul.spi.compute.DomainSpec;
import cloud.haneul.spi.compute.DomainSpec.Nic;
import cloud.haneul.spi.compute.Hypervisor;
import cloud.haneul.spi.compute.PowerAction;
import cloud.haneul.spi.compute.VifAttachment;
import cloud.haneul.tck.TinyImage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** NICs as Open vSwitch sees them: what OVN needs to bind a port. */
@ExtendWith(LibvirtHost.Extension.class)
class NicTest {

    @Test
    void aRunningServersNicsAreInTheSwitchUnderTheirPortsIdsAndGoWhenItIsOff() {
        LibvirtHost host = LibvirtHost.get();
        UUID server = UUID.randomUUID();
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        try (Vswitch vswitch = Vswitch.start(host.folder());
                Hypervisor driver = host.open("tck", Map.of())) {
            DiskPlan plan = new DiskPlan(server, 0, TinyImage.random(1 << 20), Optional.empty());
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> driver.prepareDisks(plan).isDone());
            driver.define(new DomainSpec(
                    server,
                    "instance-nics",
                    "nics",
                    "p",
                    1,
                    64,
                    List.of(nic(first, 1, 1442), nic(second, 2, 0)),
                    false,
                    Map.of()));
            driver.power(server, PowerAction.START, Duration.ZERO, UUID.randomUUID());
            for (UUID port : List.of(first, second)) {
                assertThat(vswitch.vsctl(
                                "--bare", "--columns=name", "find", "interface", "external_ids:iface-id=" + port))
                        .isEqualTo("tap" + port.toString().substring(0, 11) + "\n");
            }
            // the switch reports a device's MTU some time after it took the device
            String[] query = {
                "get", "interface", "tap" + first.toString().substring(0, 11), "mtu", "external_ids:attached-mac"
            };
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(vswitch.vsctl(query)).isEqualTo("1442\n\"fa:16:3e:00:00:01\"\n"));
            driver.undefine(server);
            assertThat(vswitch.vsctl("list-ports", Vswitch.BRIDGE)).isBlank();
            driver.removeDisks(server);
        }
    }

    private static Nic nic(UUID port, int number, int mtu) {
        return new Nic(
                port,
                "fa:16:3e:00:00:0" + number,
                mtu,
                new VifAttachment.OvsPort(Vswitch.BRIDGE, port.toString(), true));
    }
}
