package cloud.haneul.driver.ovn;

import cloud.haneul.spi.ConfigProperty;
import cloud.haneul.spi.ConfigProperty.Kind;
import cloud.haneul.spi.DriverConfig;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The driver's configuration, checked. */
record OvnSettings(
        String installation,
        List<OvsdbAddress> northbound,
        List<OvsdbAddress> southbound,
        Optional<List<OvsdbAddress>> ovs,
        String integrationBridge,
        Optional<Boolean> userspaceDatapath,
        List<String> physicalNetworks,
        int mtu,
        boolean metadata,
        List<String> gatewayChassis,
        String netns,
        Optional<String> dnsDomain,
        List<String> dnsServers,
        boolean distributedFloatingIps,
        Duration timeout) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");
    private static final int SMALLEST_MTU = 576;
    private static final int LARGEST_MTU = 65_535;

    static final List<ConfigProperty> PROPERTIES = List.of(
            ConfigProperty.required(
                    "northbound",
                    Kind.TEXT,
                    "OVN's northbound database: unix:/path or tcp:host:port; several members of a cluster separated by commas."),
            ConfigProperty.required(
                    "southbound", Kind.TEXT, "OVN's southbound database, written like the northbound one."),
            ConfigProperty.optional(
                    "ovs",
                    Kind.TEXT,
                    "",
                    "Open vSwitch database of the chassis the controller runs on, unix:/path; needed to serve metadata to its guests."),
            ConfigProperty.optional(
                    "integration-bridge", Kind.TEXT, "br-int", "Bridge that OVN manages on every chassis."),
            ConfigProperty.optional(
                    "userspace-datapath",
                    Kind.TEXT,
                    "auto",
                    "Whether Open vSwitch works without its kernel module: true, false, or auto to ask each chassis."),
            ConfigProperty.optional(
                    "physical-networks",
                    Kind.TEXT,
                    "physnet1",
                    "Names that flat and vlan networks may use, separated by commas."),
            ConfigProperty.optional(
                    "mtu",
                    Kind.NUMBER,
                    "1442",
                    "Largest MTU of a tenant network in bytes, 576 to 65535: that of the wire between chassis less 58 for Geneve."),
            ConfigProperty.optional(
                    "metadata", Kind.TEXT, "on", "Whether guests get metadata at 169.254.169.254: on or off."),
            ConfigProperty.optional(
                    "gateway-chassis",
                    Kind.TEXT,
                    "",
                    "Chassis that routers leave the cloud by, best first, separated by commas; by default all that have the physical network."),
            ConfigProperty.optional(
                    "netns",
                    Kind.TEXT,
                    "",
                    "Network namespace Open vSwitch runs in on the controller; empty for the machine's own."),
            ConfigProperty.optional(
                    "dns-domain",
                    Kind.TEXT,
                    "haneul.internal",
                    "Domain that guests are told and their names are known under."),
            ConfigProperty.optional(
                    "dns-servers", Kind.TEXT, "", "Name servers for subnets that name none, separated by commas."),
            ConfigProperty.optional(
                    "distributed-floating-ips",
                    Kind.FLAG,
                    "false",
                    "Whether floating IPs leave the cloud from the guest's own chassis, which then needs the physical network."),
            ConfigProperty.optional(
                    "timeout", Kind.DURATION, "PT10S", "How long an answer of OVN's databases may take."));

    static OvnSettings of(String installation, DriverConfig config) {
        return new OvnSettings(
                installation,
                OvsdbAddress.list("northbound", config.required("northbound")),
                OvsdbAddress.list("southbound", config.required("southbound")),
                config.text("ovs").map(text -> OvsdbAddress.list("ovs", text)),
                name("integration-bridge", config.required("integration-bridge")),
                userspaceDatapath(config.required("userspace-datapath")),
                names("physical-networks", config),
                mtu(config.number("mtu")),
                choice("metadata", config.required("metadata"), "on", "off"),
                names("gateway-chassis", config),
                config.text("netns").map(text -> name("netns", text)).orElse(""),
                config.text("dns-domain").map(text -> name("dns-domain", text)),
                elements(config, "dns-servers").stream().map(Inet::ip).toList(),
                config.flag("distributed-floating-ips"),
                config.duration("timeout"));
    }

    private static Optional<Boolean> userspaceDatapath(String text) {
        return text.equals("auto")
                ? Optional.empty()
                : Optional.of(choice("userspace-datapath", text, "true", "false"));
    }

    private static boolean choice(String property, String text, String yes, String no) {
        if (!text.equals(yes) && !text.equals(no)) {
            throw invalid(property, "must be " + yes + " or " + no, text);
        }
        return text.equals(yes);
    }

    private static int mtu(long mtu) {
        if (mtu < SMALLEST_MTU || mtu > LARGEST_MTU) {
            throw invalid("mtu", "must be between " + SMALLEST_MTU + " and " + LARGEST_MTU, Long.toString(mtu));
        }
        return (int) mtu;
    }

    private static List<String> names(String property, DriverConfig config) {
        return elements(config, property).stream()
                .map(text -> name(property, text))
                .toList();
    }

    private static String name(String property, String text) {
        if (!NAME.matcher(text).matches()) {
            throw invalid(property, "must be letters, digits, dots, dashes and underscores", text);
        }
        return text;
    }

    private static List<String> elements(DriverConfig config, String property) {
        return Arrays.stream(config.text(property).orElse("").split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static DriverException invalid(String property, String rule, String text) {
        return DriverException.of(Code.INVALID, "The driver property " + property + " " + rule + ", not " + text + ".");
    }
}
