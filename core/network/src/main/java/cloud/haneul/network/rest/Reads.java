package cloud.haneul.network.rest;

import cloud.haneul.kernel.rest.JsonIn;
import cloud.haneul.network.FloatingIps.NewFloatingIp;
import cloud.haneul.network.NetworkRequest;
import cloud.haneul.network.NewSecurityRule;
import cloud.haneul.network.Port;
import cloud.haneul.network.PortRequest;
import cloud.haneul.network.PortRequest.Fixed;
import cloud.haneul.network.RouterRequest;
import cloud.haneul.network.RouterRequest.Gateway;
import cloud.haneul.network.Subnet;
import cloud.haneul.network.SubnetRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Requests as the API sends them. */
final class Reads {
    private static final int NAME = 255;

    private Reads() {}

    static NetworkRequest network(JsonIn in) {
        zones(in);
        return new NetworkRequest(
                project(in),
                text(in, "name"),
                text(in, "description"),
                in.optBool("admin_state_up"),
                in.optBool("shared"),
                in.optBool("router:external"),
                in.optBool("is_default"),
                in.optBool("port_security_enabled"),
                in.optInteger("mtu", 0, 65_535),
                text(in, "dns_domain"),
                in.optText("provider:network_type", 1, 32),
                in.optText("provider:physical_network", 1, 64),
                in.optInteger("provider:segmentation_id", 0, 16_777_215));
    }

    static SubnetRequest subnet(JsonIn in) {
        in.opt("subnetpool_id", name -> {
            throw in.invalid(name, "is not supported: this cloud has no subnet pools");
        });
        in.optList("service_types", 10, element -> {
            throw element.invalid("is not supported: this cloud has no service types");
        });
        return new SubnetRequest(
                project(in),
                in.optUuid("network_id"),
                text(in, "name"),
                text(in, "description"),
                in.optText("cidr", 1, 64),
                in.optInteger("ip_version", 4, 6),
                nullable(in, "gateway_ip", name -> in.text(name, 1, 64)),
                in.optBool("enable_dhcp"),
                emptied(in, "dns_nameservers", name -> in.texts(name, 100, 1, 64)),
                emptied(in, "host_routes", name -> in.list(name, 100, Reads::route)),
                in.optList("allocation_pools", 100, e -> new Subnet.Pool(e.text("start", 1, 64), e.text("end", 1, 64))),
                in.optText("ipv6_address_mode", 1, 32),
                in.optText("ipv6_ra_mode", 1, 32));
    }

    static PortRequest port(JsonIn in) {
        in.optList("extra_dhcp_opts", 100, element -> {
            throw element.invalid("is not supported: this cloud has no extra DHCP options");
        });
        return new PortRequest(
                project(in),
                in.optUuid("network_id"),
                text(in, "name"),
                text(in, "description"),
                in.optBool("admin_state_up"),
                in.opt("mac_address", name -> mac(in, name)),
                emptied(in, "fixed_ips", name -> in.list(name, 100, Reads::fixed)),
                text(in, "device_id"),
                text(in, "device_owner"),
                emptied(in, "security_groups", name -> in.uuids(name, 100)),
                emptied(in, "allowed_address_pairs", name -> in.list(name, 10, Reads::pair)),
                in.optBool("port_security_enabled"),
                text(in, "dns_name"),
                emptiedText(in, "binding:host_id"),
                in.optOneOf("binding:vnic_type", "normal"),
                in.opt("binding:profile", name -> profile(in, name)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> profile(JsonIn in, String name) {
        return (Map<String, Object>) in.object(name).asAny();
    }

    private static String mac(JsonIn in, String name) {
        String text = in.text(name, 17, 17).toLowerCase(Locale.ROOT);
        return PortRequest.mac(text).orElseThrow(() -> in.invalid(name, "is not a valid MAC address"));
    }

    private static Fixed fixed(JsonIn in) {
        return new Fixed(in.optUuid("subnet_id"), in.optText("ip_address", 1, 64));
    }

    private static Port.Pair pair(JsonIn in) {
        String ip = in.text("ip_address", 1, 64);
        if (!PortRequest.isAddressOrRange(ip)) {
            throw in.invalid("ip_address", "is neither an IP address nor a CIDR");
        }
        return new Port.Pair(ip, in.opt("mac_address", name -> mac(in, name)).orElse(""));
    }

    private static Subnet.Route route(JsonIn in) {
        return new Subnet.Route(in.text("destination", 1, 64), in.text("nexthop", 1, 64));
    }

    static RouterRequest router(JsonIn in) {
        zones(in);
        // what a client may say of routers of other kinds, as long as it says no
        for (String kind : List.of("distributed", "ha")) {
            in.optBool(kind).filter(wanted -> wanted).ifPresent(wanted -> {
                throw in.invalid(kind, "is not supported: this cloud has routers of one kind");
            });
        }
        Optional<Optional<Gateway>> gateway = nullable(in, "external_gateway_info", in::object)
                .map(info -> info.filter(object -> !object.names().isEmpty()).map(Reads::gateway));
        return new RouterRequest(
                project(in),
                text(in, "name"),
                text(in, "description"),
                in.optBool("admin_state_up"),
                gateway,
                emptied(in, "routes", name -> in.list(name, 100, Reads::route)));
    }

    private static Gateway gateway(JsonIn in) {
        return new Gateway(
                in.uuid("network_id"), in.optBool("enable_snat"), in.optList("external_fixed_ips", 10, Reads::fixed));
    }

    static NewFloatingIp floatingIp(JsonIn in) {
        in.optText("dns_name", 0, 0);
        in.optText("dns_domain", 0, 0);
        return new NewFloatingIp(
                project(in),
                in.uuid("floating_network_id"),
                in.optUuid("subnet_id"),
                in.optText("floating_ip_address", 1, 64),
                in.optUuid("port_id"),
                in.optText("fixed_ip_address", 1, 64),
                text(in, "description"));
    }

    static NewSecurityRule rule(JsonIn in) {
        in.opt("remote_address_group_id", name -> {
            throw in.invalid(name, "is not supported: this cloud has no address groups");
        });
        return new NewSecurityRule(
                in.uuid("security_group_id"),
                project(in),
                text(in, "description"),
                in.text("direction", 1, 16),
                in.optText("ethertype", 1, 16).orElse("IPv4"),
                in.opt(
                        "protocol",
                        name -> in.at(name).isText()
                                ? in.text(name, 0, 40)
                                : Integer.toString(in.integer(name, -1, 255))),
                in.optInteger("port_range_min", -1, 65_535),
                in.optInteger("port_range_max", -1, 65_535),
                in.optText("remote_ip_prefix", 1, 64),
                in.optUuid("remote_group_id"));
    }

    static Optional<String> project(JsonIn in) {
        return in.optText("project_id", 1, 64).or(() -> in.optText("tenant_id", 1, 64));
    }

    static Optional<String> text(JsonIn in, String name) {
        return in.opt(name, n -> in.name(n, 0, NAME));
    }

    private static Optional<String> emptiedText(JsonIn in, String name) {
        return in.isNull(name) ? Optional.of("") : text(in, name);
    }

    /** A list where null means none. */
    private static <T> Optional<List<T>> emptied(JsonIn in, String name, Function<String, List<T>> reader) {
        return in.isNull(name) ? Optional.of(List.of()) : in.opt(name, reader);
    }

    /** Empty when not sent, an inner empty for null. */
    static <T> Optional<Optional<T>> nullable(JsonIn in, String name, Function<String, T> reader) {
        return in.has(name) ? Optional.of(in.opt(name, reader)) : Optional.empty();
    }

    private static void zones(JsonIn in) {
        in.optList("availability_zone_hints", 1, element -> element.asOneOf("nova"));
    }
}
