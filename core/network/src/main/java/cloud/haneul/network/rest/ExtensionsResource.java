package cloud.haneul.network.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;

/** {@code /extensions}: clients do what is listed here, so what is listed works. */
@Component
@Path(NetworkApi.ROOT + "extensions")
@Produces(MediaType.APPLICATION_JSON)
public class ExtensionsResource {
    private static final List<Map<String, Object>> ALL = List.of(
            extension("agent", "agent", "The agent management extension."),
            extension("allowed-address-pairs", "Allowed Address Pairs", "Provides allowed address pairs"),
            extension("availability_zone", "Availability Zone", "The availability zone extension."),
            extension("binding", "Port Binding", "Expose port bindings of a virtual port to external application"),
            extension(
                    "empty-string-filtering",
                    "Empty String Filtering Extension",
                    "Allow filtering by attributes with empty string value"),
            extension(
                    "ext-gw-mode",
                    "Neutron L3 Configurable external gateway mode",
                    "Extension of the router abstraction for specifying whether SNAT should occur on the external gateway"),
            extension(
                    "external-net", "Neutron external network", "Adds external network attribute to network resource."),
            extension("extraroute", "Neutron Extra Route", "Extra routes configuration for L3 router"),
            extension("filter-validation", "Filter parameters validation", "Provides validation on filter parameters."),
            extension("net-mtu", "Network MTU", "Provides MTU attribute for a network resource."),
            extension(
                    "net-mtu-writable",
                    "Network MTU (writable)",
                    "Provides a writable MTU attribute for a network resource."),
            extension(
                    "network_availability_zone", "Network Availability Zone", "Availability zone support for network."),
            extension("pagination", "Pagination support", "Extension that indicates that pagination is enabled."),
            extension("port-security", "Port Security", "Provides port security"),
            extension(
                    "project-id",
                    "project_id field enabled",
                    "Extension that indicates that project_id field is enabled."),
            extension("provider", "Provider Network", "Expose mapping of virtual networks to physical networks"),
            extension(
                    "quota_details",
                    "Quota details management support",
                    "Expose functions for quotas usage statistics per project"),
            extension("quotas", "Quota management support", "Expose functions for quotas management per project"),
            extension(
                    "router",
                    "Neutron L3 Router",
                    "Router abstraction for basic L3 forwarding between L2 Neutron networks and access to external networks via a NAT gateway."),
            extension("router_availability_zone", "Router Availability Zone", "Availability zone support for router."),
            extension("security-group", "security-group", "The security groups extension."),
            extension("sorting", "Sorting support", "Extension that indicates that sorting is enabled."),
            extension(
                    "standard-attr-description",
                    "standard-attr-description",
                    "Extension to add descriptions to standard attributes"),
            extension(
                    "standard-attr-revisions",
                    "Resource revision numbers",
                    "This extension will display the revision number of neutron resources."),
            extension(
                    "standard-attr-tag",
                    "Tag support for resources with standard attribute",
                    "Enables to set tag on resources with standard attribute."),
            extension(
                    "standard-attr-timestamp",
                    "Resource timestamps",
                    "Adds created_at and updated_at fields to all Neutron resources that have Neutron standard attributes."));

    private static Map<String, Object> extension(String alias, String name, String description) {
        return Map.of(
                "alias",
                alias,
                "name",
                name,
                "description",
                description,
                "updated",
                "2026-01-01T00:00:00-00:00",
                "links",
                List.of());
    }

    @GET
    public Map<String, Object> list() {
        return Map.of("extensions", ALL);
    }

    @GET
    @Path("{alias}")
    public Map<String, Object> show(@PathParam("alias") String alias) {
        return ALL.stream()
                .filter(extension -> extension.get("alias").equals(alias))
                .findFirst()
                .map(extension -> Map.<String, Object>of("extension", extension))
                .orElseThrow(() -> Fault.of(Fault.Kind.NOT_FOUND, "Extension with alias " + alias + " does not exist")
                        .type("ExtensionNotFound"));
    }
}
