package cloud.haneul.driver.ovn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The network namespace in which the metadata of one network is served: a cable into the integration bridge, the metadata port's
 * MAC and address, and 169.254.169.254. Networks of tenants may use the same addresses, so each needs a namespace of its own.
 * Made again over itself as often as need be.
 */
final class MetadataNamespace {
    private static final Path NAMESPACES = Path.of("/run/netns");
    private static final String INSIDE = "eth0";

    private final String switchNetns;

    /** @param switchNetns namespace in which Open vSwitch runs; empty for the machine's own */
    MetadataNamespace(String switchNetns) {
        this.switchNetns = switchNetns;
    }

    /** The namespace's number in the kernel: another one when it was made again under the same name; empty without one. */
    static Optional<String> identity(String namespace) {
        try {
            return Optional.of(Files.getAttribute(NAMESPACES.resolve(namespace), "unix:ino")
                    .toString());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void make(MetadataRecord network) {
        String name = network.namespace();
        // a half-made one, or one of another life of the network
        remove(network);
        Commands.ip("", "netns", "add", name);
        Commands.ip(name, "link", "set", "lo", "up");
        Commands.ip(
                switchNetns, "link", "add", network.device(), "type", "veth", "peer", "name", INSIDE, "netns", name);
        Commands.ip(name, "link", "set", INSIDE, "address", network.mac(), "up");
        Commands.ip(name, "addr", "add", network.address(), "dev", INSIDE);
        Commands.ip(name, "addr", "add", DhcpOptions.METADATA_ADDRESS + "/32", "dev", INSIDE);
        for (String cidr : network.cidrs()) {
            Commands.ip(name, "route", "replace", cidr, "dev", INSIDE);
        }
        // Open vSwitch without its kernel module does not finish the checksums a cable leaves open
        Commands.run(inside(name, "ethtool", "-K", INSIDE, "tx", "off"));
        Commands.ip(switchNetns, "link", "set", network.device(), "up");
    }

    void remove(MetadataRecord network) {
        remove(network.namespace(), network.device());
    }

    /** The cable goes first: sockets of an ending process may keep the namespace alive for a while. */
    void remove(String namespace, String device) {
        if (Commands.ip(switchNetns, "-o", "link", "show").contains(" " + device + "@")) {
            Commands.ip(switchNetns, "link", "del", device);
        }
        if (Files.exists(NAMESPACES.resolve(namespace))) {
            Commands.ip("", "netns", "del", namespace);
        }
    }

    private static List<String> inside(String namespace, String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(List.of(command));
        return all;
    }
}
