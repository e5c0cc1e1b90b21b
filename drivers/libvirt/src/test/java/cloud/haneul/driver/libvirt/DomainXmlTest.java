package cloud.haneul.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.haneul.spi.DriverConfig;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.compute.DomainSpec;
import cloud.haneul.spi.compute.DomainSpec.Nic;
import cloud.haneul.spi.compute.VifAttachment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Definitions compared with kept ones: a change of what guests are made of shall be seen in review. */
class DomainXmlTest {
    private static final UUID SERVER = UUID.fromString("6f9f4a34-96e4-4ab4-8ed9-5e8ee8f0f1aa");
    private static final UUID PORT = UUID.fromString("0d3c2b1a-0000-4000-8000-000000000001");
    private static final Platform EMULATED = new Platform("x86_64", "x86_64", false, true, Set.of());
    private static final Platform KVM = new Platform("x86_64", "EPYC", true, false, Set.of());

    private final Settings settings =
            Settings.of("golden", new DriverConfig(Map.of("uri", "qemu:///system", "pool-path", "/srv/haneul")));

    @Test
    void aServerInAUserspaceNetworkOnAnEmulatedHost() {
        Nic ovs = new Nic(PORT, "fa:16:3e:00:00:01", 1442, new VifAttachment.OvsPort("br-int", PORT.toString(), true));
        assertGolden("ovs-userspace", definition(spec("web", List.of(ovs), true, Map.of()), EMULATED));
    }

    @Test
    void aServerOnABridgeOfAHostWithKvm() {
        Nic tap = new Nic(PORT, "fa:16:3e:00:00:01", 0, new VifAttachment.BridgeTap("br0"));
        Map<String, String> properties = Map.of(
                "hw_machine_type",
                "q35",
                "hw_disk_bus",
                "scsi",
                "hw_vif_model",
                "e1000",
                "hw_qemu_guest_agent",
                "yes",
                "os_distro",
                "debian");
        assertGolden("bridge-kvm", definition(spec("web", List.of(tap), true, properties), KVM));
    }

    @Test
    void aHostileNameStaysAName() {
        String name =
                "</title><devices><!-- ]]> & \" ' \u0000\u0001\uFFFF \uD800 \r\n x 하늘 \uD83D\uDE00 %s $(reboot) --><disk/>";
        String xml = definition(spec(name, List.of(), false, Map.of()), EMULATED);
        assertThat(xml).matches("\\p{ASCII}*").doesNotContain("<!--");
        XmlView read = XmlView.of(xml);
        assertThat(read.all("devices")).hasSize(1);
        assertThat(read.all("devices", "disk")).hasSize(1);
        assertThat(read.text("title")).hasValueSatisfying(title -> assertThat(title)
                .startsWith("</title><devices><!-- ]]> & \" ' \uFFFD\uFFFD\uFFFD")
                .contains("하늘 \uD83D\uDE00")
                .doesNotContain("\n", "\r"));
        assertThat(read.text("metadata", "server", "name"))
                .hasValueSatisfying(text -> assertThat(text).endsWith("--><disk/>"));
    }

    @Test
    void hostileValuesOfHardwarePropertiesAreRefusedByName() {
        for (String property : List.of(
                "hw_machine_type",
                "hw_disk_bus",
                "hw_cdrom_bus",
                "hw_vif_model",
                "hw_video_model",
                "hw_pointer_model")) {
            DomainSpec spec = spec("web", List.of(), false, Map.of(property, "pc' accel='kvm"));
            assertThatThrownBy(() -> definition(spec, EMULATED))
                    .isInstanceOfSatisfying(
                            DriverException.class, e -> assertThat(e.code()).isEqualTo(DriverException.Code.INVALID))
                    .hasMessageContaining(property);
        }
    }

    @Test
    void theConfigDriveNeverTakesTheRootDisksName() {
        for (String machine : List.of("pc", "q35", "pc-i440fx-7.2", "virt")) {
            for (String bus : List.of("virtio", "scsi", "sata", "usb")) {
                Hardware hardware = Hardware.of(Map.of("hw_machine_type", machine, "hw_disk_bus", bus));
                assertThat(hardware.cdromTarget()).as(machine + " " + bus).isNotEqualTo(hardware.diskTarget());
            }
        }
        assertThat(Hardware.of(Map.of("hw_disk_bus", "ide")).cdromTarget()).isEqualTo("hdb");
    }

    @Test
    void anInterfaceIdThatIsNoUuidIsRefused() {
        Nic nic = new Nic(PORT, "fa:16:3e:00:00:01", 0, new VifAttachment.OvsPort("br-int", "x' y='", false));
        assertThatThrownBy(() -> definition(spec("web", List.of(nic), false, Map.of()), EMULATED))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("UUID");
    }

    @Test
    void theDigestSeesEveryDifferenceAndNoOrder() {
        DomainSpec one = spec("a", List.of(), false, Map.of("x", "1", "y", "2", "z", "3"));
        DomainSpec same = spec("a", List.of(), false, Map.of("z", "3", "y", "2", "x", "1"));
        assertThat(SpecDigest.of(one, EMULATED)).isEqualTo(SpecDigest.of(same, EMULATED));
        assertThat(Set.of(
                        SpecDigest.of(one, EMULATED),
                        SpecDigest.of(one, KVM),
                        SpecDigest.of(spec("b", List.of(), false, one.properties()), EMULATED),
                        SpecDigest.of(spec("a", List.of(), true, one.properties()), EMULATED),
                        SpecDigest.of(spec("a", List.of(), false, Map.of("x", "1", "y", "2")), EMULATED),
                        SpecDigest.of(spec("a", List.of(), false, Map.of("x", "11:y", "y", "2")), EMULATED)))
                .hasSize(6);
    }

    private String definition(DomainSpec spec, Platform platform) {
        return new DomainXml(settings, new Pool(settings)).of(spec, platform);
    }

    private static DomainSpec spec(
            String displayName, List<Nic> nics, boolean configDrive, Map<String, String> properties) {
        return new DomainSpec(SERVER, "instance-0000002a", displayName, "8f4c", 2, 512, nics, configDrive, properties);
    }

    private static void assertGolden(String name, String xml) {
        String expected;
        try (InputStream in = DomainXmlTest.class.getResourceAsStream("/golden/" + name + ".xml")) {
            expected = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        assertThat(xml.replace("><", ">\n<")).isEqualToIgnoringNewLines(expected.strip());
    }
}
