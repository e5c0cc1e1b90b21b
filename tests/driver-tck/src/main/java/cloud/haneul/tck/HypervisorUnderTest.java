package cloud.haneul.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.haneul.spi.compute.ConfigDrive;
import cloud.haneul.spi.compute.DiskPlan;
import cloud.haneul.spi.compute.DomainSpec;
import cloud.haneul.spi.compute.DomainState;
import cloud.haneul.spi.compute.Hypervisor;
import cloud.haneul.spi.compute.ImageSource;
import cloud.haneul.spi.compute.PowerAction;
import cloud.haneul.spi.compute.PowerState;
import cloud.haneul.spi.compute.VifAttachment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** What a hypervisor's test class brings and may adjust, and the words the contracts are written in. */
public interface HypervisorUnderTest extends DriverContract<Hypervisor> {

    /** How a NIC is plugged where the tests run; empty when servers are to be made without NICs. */
    Optional<VifAttachment> attachment(UUID port);

    /** A small image; it need not boot. */
    default ImageSource image() {
        return TinyImage.random(1 << 20);
    }

    /** An image that boots, writes {@link #bootMarker()} to its serial line and obeys the power button. */
    default ImageSource bootableImage() {
        return image();
    }

    /** Text a booted guest writes to its serial line once per boot. */
    default String bootMarker() {
        return "login: ";
    }

    /** How long a guest may take from power on to {@link #bootMarker()}. */
    default Duration bootPatience() {
        return patience();
    }

    /** How long to look before believing that a guest was not booted again. */
    default Duration quiet() {
        return Duration.ofMillis(300);
    }

    default long memoryMib() {
        return 128;
    }

    /** How many servers are built at once by the test with many threads. */
    default int crowd() {
        return 4;
    }

    /** Properties a domain is defined with, such as {@code hw_disk_bus}. */
    default Map<String, String> domainProperties() {
        return Map.of();
    }

    @AfterEach
    default void leaveTheHostEmpty() {
        driver().observeAll().forEach(domain -> driver().undefine(domain.server()));
        driver().serversWithDisks().forEach(driver()::removeDisks);
        assertThat(driver().observeAll()).isEmpty();
        assertThat(driver().serversWithDisks()).isEmpty();
    }

    default DomainSpec specification(UUID server) {
        UUID port = UUID.nameUUIDFromBytes(("port of " + server).getBytes(StandardCharsets.UTF_8));
        String mac = "fa:16:3e:%02x:%02x:%02x"
                .formatted(server.hashCode() & 0xff, server.hashCode() >> 8 & 0xff, server.hashCode() >> 16 & 0xff);
        List<DomainSpec.Nic> nics = attachment(port)
                .map(attachment -> List.of(new DomainSpec.Nic(port, mac, 1442, attachment)))
                .orElse(List.of());
        return new DomainSpec(
                server,
                "instance-" + server.toString().substring(0, 8),
                "Server of 한울 & \"friends\" <1>",
                "0123456789abcdef0123456789abcdef",
                1,
                memoryMib(),
                nics,
                false,
                domainProperties());
    }

    default DomainSpec withMemory(DomainSpec spec, long memoryMib) {
        return new DomainSpec(
                spec.server(),
                spec.name(),
                spec.displayName(),
                spec.projectId(),
                spec.vcpus(),
                memoryMib,
                spec.nics(),
                spec.configDrive(),
                spec.properties());
    }

    default DomainSpec withConfigDrive(DomainSpec spec) {
        return new DomainSpec(
                spec.server(),
                spec.name(),
                spec.displayName(),
                spec.projectId(),
                spec.vcpus(),
                spec.memoryMib(),
                spec.nics(),
                true,
                spec.properties());
    }

    /** A config drive's first sectors; its content is not looked at by any hypervisor. */
    default ConfigDrive configDrive() {
        byte[] iso = new byte[64 * 1024];
        System.arraycopy("\1CD001\1".getBytes(StandardCharsets.ISO_8859_1), 0, iso, 16 * 2048, 7);
        return new ConfigDrive(iso);
    }

    default void prepare(UUID server, ImageSource image) {
        prepare(new DiskPlan(server, 0, image, Optional.empty()));
    }

    default void prepare(DiskPlan plan) {
        Waiting.untilDone(patience(), () -> driver().prepareDisks(plan));
    }

    /** A server with disks and a domain that was never started. */
    default UUID defined() {
        UUID server = UUID.randomUUID();
        prepare(server, image());
        driver().define(specification(server));
        return server;
    }

    default UUID running() {
        UUID server = defined();
        power(server, PowerAction.START);
        return server;
    }

    /** A server whose guest has come up. */
    default UUID booted() {
        UUID server = UUID.randomUUID();
        prepare(server, bootableImage());
        driver().define(specification(server));
        power(server, PowerAction.START);
        awaitBoots(server, 1);
        return server;
    }

    default void power(UUID server, PowerAction action) {
        power(server, action, Duration.ZERO, UUID.randomUUID());
    }

    default void power(UUID server, PowerAction action, Duration grace, UUID attempt) {
        Waiting.untilDone(patience().plus(grace), () -> driver().power(server, action, grace, attempt));
    }

    default void assertPower(UUID server, PowerState power) {
        assertThat(driver().observe(server)).as("observe").contains(new DomainState(server, power));
        assertThat(driver().observeAll()).as("observeAll").contains(new DomainState(server, power));
    }

    default byte[] log(UUID server, long maxBytes) {
        try (InputStream log = driver().consoleLog(server, maxBytes)) {
            return log.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often the guest came up, by its console log. */
    default int boots(UUID server) {
        String log = new String(log(server, 1 << 20), StandardCharsets.UTF_8);
        return log.split(java.util.regex.Pattern.quote(bootMarker()), -1).length - 1;
    }

    default void awaitBoots(UUID server, int times) {
        await("boot " + times).atMost(bootPatience()).until(() -> boots(server) >= times);
        assertThat(boots(server)).as("boots").isEqualTo(times);
    }

    /** The guest writes nothing more for a while: it was not booted again. */
    default void assertQuiet(UUID server) {
        int before = log(server, 1 << 20).length;
        await().during(quiet())
                .atMost(quiet().multipliedBy(3).plusSeconds(1))
                .until(() -> log(server, 1 << 20).length == before);
    }
}
