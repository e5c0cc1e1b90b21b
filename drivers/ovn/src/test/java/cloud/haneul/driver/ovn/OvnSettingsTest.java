package cloud.haneul.driver.ovn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.DriverPlugin;
import cloud.haneul.spi.SpiVersion;
import cloud.haneul.tck.TckContext;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class OvnSettingsTest {

    @Test
    void twoAddressesAreAllItNeeds() {
        OvnSettings settings = settings(Map.of());
        assertThat(settings.integrationBridge()).isEqualTo("br-int");
        assertThat(settings.physicalNetworks()).containsExactly("physnet1");
        assertThat(settings.mtu()).isEqualTo(1442);
        assertThat(settings.ovs()).isEmpty();
    }

    @Test
    void whatCanNeverWorkIsRefusedByName() {
        Map.of(
                        "northbound", "ssl:10.0.0.1:6641",
                        "southbound", "tcp:host:70000",
                        "ovs", "/run/openvswitch/db.sock",
                        "userspace-datapath", "perhaps",
                        "mtu", "100",
                        "metadata", "yes",
                        "netns", "a b",
                        "dns-domain", "x\" evil",
                        "dns-servers", "ns.example.org",
                        "timeout", "soon")
                .forEach((property, value) -> assertThatThrownBy(() -> settings(Map.of(property, value)))
                        .as(property)
                        .isInstanceOfSatisfying(
                                DriverException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID))
                        .hasMessageMatching(
                                property.equals("dns-servers") ? ".*ns\\.example\\.org.*" : ".*" + property + ".*"));
    }

    @Test
    void clustersAreListedWithCommas() {
        assertThat(settings(Map.of("northbound", "tcp:a:6641, tcp:[fd00::1]:6641,unix:/run/x.sock"))
                        .northbound())
                .extracting(OvsdbAddress::host)
                .containsExactly("a", "fd00::1", "/run/x.sock");
    }

    @Test
    void thePluginIsFoundAndFits() {
        DriverPlugin plugin = ServiceLoader.load(DriverPlugin.class).findFirst().orElseThrow();
        assertThat(plugin).isInstanceOf(OvnPlugin.class);
        assertThat(SpiVersion.CURRENT.runs(plugin.spiVersion())).isTrue();
        assertThat(plugin.drivers()).singleElement().satisfies(factory -> {
            assertThat(factory.type()).isEqualTo("ovn");
            assertThat(factory.properties())
                    .allSatisfy(property -> assertThat(property.help()).endsWith("."));
        });
    }

    private static OvnSettings settings(Map<String, String> some) {
        Map<String, String> all =
                new HashMap<>(Map.of("northbound", "unix:/run/nb.sock", "southbound", "unix:/run/sb.sock"));
        all.putAll(some);
        return OvnSettings.of("test", TckContext.config(new OvnFactory(), all));
    }
}
