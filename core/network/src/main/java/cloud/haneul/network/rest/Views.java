package cloud.haneul.network.rest;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.network.Address;
import cloud.haneul.network.FloatingIp;
import cloud.haneul.network.Network;
import cloud.haneul.network.Port;
import cloud.haneul.network.Resource;
import cloud.haneul.network.Router;
import cloud.haneul.network.Routers;
import cloud.haneul.network.SecurityGroup;
import cloud.haneul.network.SecurityRule;
import cloud.haneul.network.Subnet;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the API shows of things; some of it to administrators alone. */
@Component
class Views {
    private static final List<String> ZONES = List.of("nova");

    private final Access access;

    @Inject
    Views(Access access) {
        this.access = access;
    }

    Map<String, Object> network(Caller caller, Network n) {
        Map<String, Object> view = start(n, n.name());
        view.put("status", n.status());
        view.put("admin_state_up", n.adminStateUp());
        view.put("subnets", n.subnets());
        view.put("shared", n.shared());
        view.put("router:external", n.external());
        view.put("is_default", n.isDefault());
        view.put("mtu", n.mtu());
        view.put("port_security_enabled", n.portSecurityEnabled());
        view.put("dns_domain", n.dnsDomain());
        view.put("availability_zone_hints", List.of());
        view.put("availability_zones", ZONES);
        view.put("ipv4_address_scope", null);
        view.put("ipv6_address_scope", null);
        if (access.allowed(caller, "get_network:provider:network_type", Map.of("project_id", n.projectId()))) {
            view.put("provider:network_type", n.networkType());
            view.put("provider:physical_network", n.physicalNetwork().orElse(null));
            view.put("provider:segmentation_id", n.segmentationId().orElse(null));
        }
        return end(view, n);
    }

    Map<String, Object> subnet(Subnet s) {
        Map<String, Object> view = start(s, s.name());
        view.put("network_id", s.networkId());
        view.put("ip_version", s.ipVersion());
        view.put("cidr", s.cidr());
        view.put("gateway_ip", s.gateway().orElse(null));
        view.put("enable_dhcp", s.enableDhcp());
        view.put("dns_nameservers", s.dnsServers());
        view.put("allocation_pools", s.pools());
        view.put("host_routes", s.hostRoutes());
        view.put("ipv6_address_mode", s.ipv6AddressMode().orElse(null));
        view.put("ipv6_ra_mode", s.ipv6RaMode().orElse(null));
        view.put("subnetpool_id", null);
        view.put("service_types", List.of());
        return end(view, s);
    }

    Map<String, Object> port(Caller caller, Port p) {
        Map<String, Object> view = start(p, p.name());
        view.put("network_id", p.networkId());
        view.put("mac_address", p.mac());
        view.put("admin_state_up", p.adminStateUp());
        view.put("status", p.status());
        view.put("device_id", p.deviceId());
        view.put("device_owner", p.deviceOwner());
        view.put("fixed_ips", addresses(p.addresses()));
        view.put("security_groups", p.securityGroups());
        view.put("port_security_enabled", p.portSecurityEnabled());
        view.put(
                "allowed_address_pairs",
                p.allowedPairs().stream()
                        .map(pair -> Map.of(
                                "ip_address",
                                pair.ip(),
                                "mac_address",
                                pair.mac().isEmpty() ? p.mac() : pair.mac()))
                        .toList());
        view.put("extra_dhcp_opts", List.of());
        view.put("dns_name", p.dnsName());
        view.put("binding:vnic_type", p.vnicType());
        if (access.allowed(caller, "get_port:binding:host_id", Map.of("project_id", p.projectId()))) {
            view.put("binding:host_id", p.host().orElse(""));
            view.put("binding:profile", p.bindingProfile());
            view.put("binding:vif_type", p.host().isPresent() ? "ovs" : "unbound");
            view.put("binding:vif_details", Map.of());
        }
        return end(view, p);
    }

    Map<String, Object> router(Router r) {
        Map<String, Object> view = start(r, r.name());
        view.put("admin_state_up", r.adminStateUp());
        view.put("status", r.status());
        view.put(
                "external_gateway_info",
                r.gatewayNetworkId().map(network -> gateway(r, network)).orElse(null));
        view.put("routes", r.routes());
        view.put("availability_zone_hints", List.of());
        view.put("availability_zones", ZONES);
        return end(view, r);
    }

    private static Map<String, Object> gateway(Router r, UUID network) {
        Map<String, Object> gateway = new LinkedHashMap<>();
        gateway.put("network_id", network);
        gateway.put("enable_snat", r.enableSnat());
        gateway.put("external_fixed_ips", addresses(r.gatewayAddresses()));
        return gateway;
    }

    Map<String, Object> routerInterface(Routers.Interface i) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", i.router());
        view.put("tenant_id", i.projectId());
        view.put("project_id", i.projectId());
        view.put("port_id", i.port());
        view.put("network_id", i.network());
        view.put("subnet_id", i.subnets().get(0));
        view.put("subnet_ids", i.subnets());
        return view;
    }

    Map<String, Object> floatingIp(FloatingIp f) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", f.id());
        view.put("tenant_id", f.projectId());
        view.put("project_id", f.projectId());
        view.put("floating_ip_address", f.floatingIp());
        view.put("floating_network_id", f.networkId());
        view.put("router_id", f.routerId().orElse(null));
        view.put("port_id", f.fixedPortId().orElse(null));
        view.put("fixed_ip_address", f.fixedIp().orElse(null));
        view.put("status", f.status());
        view.put("dns_domain", f.dnsDomain());
        view.put("dns_name", f.dnsName());
        view.put("port_details", null);
        return end(view, f);
    }

    Map<String, Object> group(SecurityGroup g) {
        Map<String, Object> view = start(g, g.name());
        view.put("stateful", true);
        view.put("shared", false);
        view.put("security_group_rules", g.rules().stream().map(this::rule).toList());
        return end(view, g);
    }

    Map<String, Object> rule(SecurityRule r) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", r.id());
        view.put("tenant_id", r.projectId());
        view.put("project_id", r.projectId());
        view.put("security_group_id", r.groupId());
        view.put("direction", r.direction());
        view.put("ethertype", r.etherType());
        view.put("protocol", r.protocol().orElse(null));
        view.put("port_range_min", r.portMin().orElse(null));
        view.put("port_range_max", r.portMax().orElse(null));
        view.put("remote_ip_prefix", r.remotePrefix().orElse(null));
        view.put("normalized_cidr", r.remotePrefix().orElse(null));
        view.put("remote_group_id", r.remoteGroup().orElse(null));
        view.put("remote_address_group_id", null);
        end(view, r).remove("tags");
        return view;
    }

    private static List<Map<String, Object>> addresses(List<Address> addresses) {
        return addresses.stream()
                .map(a -> Map.<String, Object>of("subnet_id", a.subnetId(), "ip_address", a.ip()))
                .toList();
    }

    private static Map<String, Object> start(Resource resource, String name) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", resource.id());
        view.put("name", name);
        view.put("tenant_id", resource.projectId());
        view.put("project_id", resource.projectId());
        return view;
    }

    private static Map<String, Object> end(Map<String, Object> view, Resource resource) {
        view.put("description", resource.description());
        view.put("tags", resource.tags());
        view.put("created_at", seconds(resource.createdAt()));
        view.put("updated_at", seconds(resource.updatedAt()));
        view.put("revision_number", resource.revision());
        return view;
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
