package cloud.haneul.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.spi.DriverException;
import cloud.haneul.tck.TckContext;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @ParameterizedTest
    @CsvSource({
        "qemu:///system, true, 127.0.0.1, qemu:///system",
        "qemu+unix:///system?socket=/run/x, true, 127.0.0.1, qemu+unix:///system?socket=/run/x",
        "qemu+ssh://root@host7/system, false, host7, qemu+ssh://root@host7/system?no_tty=1",
        "qemu+ssh://host7/system?keyfile=/k, false, host7, qemu+ssh://host7/system?keyfile=/k&no_tty=1",
        "qemu+tls://10.0.0.7/system, false, 10.0.0.7, qemu+tls://10.0.0.7/system",
        "qemu+tcp://127.0.0.1:16509/system, true, 127.0.0.1, qemu+tcp://127.0.0.1:16509/system"
    })
    void theUriSaysWhereTheHostIs(String uri, boolean local, String address, String used) {
        Settings settings = with("uri", uri);
        assertThat(settings.local()).isEqualTo(local);
        assertThat(settings.consoleAddress()).isEqualTo(address);
        assertThat(settings.uri()).isEqualTo(used);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"xen:///system", "test:///default", "qemu+ssh:///system", "http://host/", "/run/x", "not a uri"})
    void aUriThatCanNeverWorkIsRefusedWhenTheDriverIsOpened(String uri) {
        assertRefused("uri", uri);
    }

    @Test
    void otherPropertiesAreCheckedToo() {
        assertRefused("pool-path", "relative/path");
        assertRefused("pool-path", "/srv/../etc");
        assertRefused("disk-cache", "none' io='native");
        assertRefused("domain-type", "xen");
        assertRefused("consoles", "telnet");
        assertRefused("call-timeout", "soon");
    }

    @Test
    void theDefaultsWork() {
        Settings settings = with("uri", "qemu:///system");
        assertThat(settings.poolPath()).isEqualTo("/var/lib/libvirt/haneul");
        assertThat(settings.hasRoomForSockets()).isTrue();
        assertThat(settings.networkHost()).isEmpty();
        assertThat(settings.poolName()).isEqualTo("haneul-test");
    }

    private static void assertRefused(String name, String value) {
        assertThatThrownBy(() -> with(name, value))
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.code()).isEqualTo(DriverException.Code.INVALID))
                .hasMessageContaining(name);
    }

    private static Settings with(String name, String value) {
        Map<String, String> properties = new HashMap<>(Map.of("uri", "qemu:///system"));
        properties.put(name, value);
        return Settings.of("test", TckContext.config(new LibvirtFactory(), properties));
    }
}
