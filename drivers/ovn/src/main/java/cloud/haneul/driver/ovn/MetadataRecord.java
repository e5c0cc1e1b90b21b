package cloud.haneul.driver.ovn;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import cloud.haneul.spi.Secret;
import cloud.haneul.spi.network.NetworkSpec;
import cloud.haneul.spi.network.NetworkSpec.Metadata;
import cloud.haneul.spi.network.NetworkSpec.SubnetSpec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What the metadata of one network needs on this controller. Kept in a file, because the secret has no place in OVN's database
 * and a controller that starts again must serve at once what it served before.
 *
 * @param cidrs IPv4 subnets of the network
 */
record MetadataRecord(
        String installation,
        UUID network,
        UUID port,
        String mac,
        String address,
        List<String> cidrs,
        String endpoint,
        Secret secret) {
    private static final String PREFIX = "hnmd";
    private static final Pattern ENDPOINT = Pattern.compile("(?:[A-Za-z0-9.-]+|\\[[0-9a-fA-F:.]+]):\\d{1,5}");
    private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7e&&[^'\\\\]]{1,512}");

    MetadataRecord {
        cidrs = List.copyOf(cidrs);
    }

    static MetadataRecord of(String installation, NetworkSpec network, Metadata metadata) {
        return new MetadataRecord(
                        installation,
                        network.id(),
                        metadata.port(),
                        Inet.mac(metadata.mac()),
                        Inet.cidr(metadata.address() + "/" + metadata.prefixLength()),
                        network.subnets().stream()
                                .map(SubnetSpec::cidr)
                                .filter(cidr -> !Inet.isV6(cidr))
                                .map(Inet::cidr)
                                .toList(),
                        metadata.endpoint(),
                        metadata.secret())
                .checked();
    }

    /** Both go into haproxy's configuration. */
    private MetadataRecord checked() {
        if (!ENDPOINT.matcher(endpoint).matches()) {
            throw DriverException.of(
                    Code.INVALID, "The metadata service's endpoint must be host:port, not " + endpoint + ".");
        }
        if (!SECRET.matcher(secret.reveal()).matches()) {
            throw DriverException.of(
                    Code.INVALID,
                    "The metadata service's secret must be printable, without spaces, quotes and backslashes.");
        }
        return this;
    }

    static MetadataRecord of(Properties file) {
        return new MetadataRecord(
                        file.getProperty("installation", ""),
                        UUID.fromString(file.getProperty("network", "")),
                        UUID.fromString(file.getProperty("port", "")),
                        Inet.mac(file.getProperty("mac", "")),
                        Inet.cidr(file.getProperty("address", "")),
                        Arrays.stream(file.getProperty("cidrs", "").split(" "))
                                .filter(cidr -> !cidr.isEmpty())
                                .map(Inet::cidr)
                                .toList(),
                        file.getProperty("endpoint", ""),
                        new Secret(file.getProperty("secret", "")))
                .checked();
    }

    Properties file() {
        Properties file = new Properties();
        file.setProperty("installation", installation);
        file.setProperty("network", network.toString());
        file.setProperty("port", port.toString());
        file.setProperty("mac", mac);
        file.setProperty("address", address);
        file.setProperty("cidrs", String.join(" ", cidrs));
        file.setProperty("endpoint", endpoint);
        file.setProperty("secret", secret.reveal());
        return file;
    }

    String namespace() {
        return namespaceOf(device());
    }

    static String namespaceOf(String device) {
        return PREFIX + "-" + device.substring(PREFIX.length());
    }

    /** What the namespace was made from; it is made anew when this changes. */
    String wiring() {
        return port + " " + mac + " " + address + " " + String.join(" ", cidrs);
    }

    /**
     * The end of the namespace's cable that is plugged into Open vSwitch. Two installations may share a machine, and a network's
     * first digits are nobody's alone.
     */
    String device() {
        UUID hash = UUID.nameUUIDFromBytes((installation + " " + network).getBytes(StandardCharsets.UTF_8));
        return PREFIX + hash.toString().substring(0, 8);
    }
}
