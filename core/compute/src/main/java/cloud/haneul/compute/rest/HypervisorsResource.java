package cloud.haneul.compute.rest;

import cloud.haneul.compute.Host;
import cloud.haneul.compute.Hosts;
import cloud.haneul.compute.Hosts.HostUse;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import cloud.haneul.placement.Placement;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compute API, "Hypervisors", "Compute services" and "Availability zones": hosts as nova's administrators know them. */
@Component
@Path(ComputeApi.ROOT)
@Produces(MediaType.APPLICATION_JSON)
public class HypervisorsResource {
    private final Hosts hosts;
    private final Access access;

    @Inject
    HypervisorsResource(Hosts hosts, Access access) {
        this.hosts = hosts;
        this.access = access;
    }

    @GET
    @Path("os-hypervisors")
    public Object list(@BeanParam Call call) {
        access.require(call.caller(), "os_compute_api:os-hypervisors:list", Map.of());
        return Map.of(
                "hypervisors", all(call).stream().map(use -> brief(call, use)).toList());
    }

    @GET
    @Path("os-hypervisors/detail")
    public Object detail(@BeanParam Call call) {
        access.require(call.caller(), "os_compute_api:os-hypervisors:list-detail", Map.of());
        return Map.of(
                "hypervisors", all(call).stream().map(use -> full(call, use)).toList());
    }

    @GET
    @Path("os-hypervisors/statistics")
    public Object statistics(@BeanParam Call call) {
        access.require(call.caller(), "os_compute_api:os-hypervisors:statistics", Map.of());
        List<HostUse> all = all(call);
        return Map.of(
                "hypervisor_statistics",
                Map.of(
                        "count", all.size(),
                        "vcpus", all.stream().mapToLong(u -> u.host().cpus()).sum(),
                        "memory_mb",
                                all.stream()
                                        .mapToLong(u -> u.host().memoryMib())
                                        .sum(),
                        "local_gb",
                                all.stream().mapToLong(u -> u.host().diskGib()).sum(),
                        "vcpus_used",
                                all.stream()
                                        .mapToLong(u -> u.used().getOrDefault(Placement.VCPU, 0L))
                                        .sum(),
                        "memory_mb_used",
                                all.stream()
                                        .mapToLong(u -> u.used().getOrDefault(Placement.MEMORY_MB, 0L))
                                        .sum(),
                        "local_gb_used",
                                all.stream()
                                        .mapToLong(u -> u.used().getOrDefault(Placement.DISK_GB, 0L))
                                        .sum(),
                        "running_vms", all.stream().mapToLong(HostUse::servers).sum()));
    }

    @GET
    @Path("os-hypervisors/{id}")
    public Object show(@BeanParam Call call, @PathParam("id") String id) {
        access.require(call.caller(), "os_compute_api:os-hypervisors:show", Map.of());
        HostUse use = hosts.show(inner(call), Ids.parse(id).orElseThrow(() -> Fault.notFound("Hypervisor", id)));
        return Map.of("hypervisor", full(call, use));
    }

    @GET
    @Path("os-services")
    public Object services(@BeanParam Call call) {
        access.require(call.caller(), "os_compute_api:os-services:list", Map.of());
        return Map.of(
                "services", all(call).stream().map(use -> service(use.host())).toList());
    }

    @PUT
    @Path("os-services/{id}")
    public Object updateService(@BeanParam Call call, @PathParam("id") String id) {
        access.require(call.caller(), "os_compute_api:os-services:update", Map.of());
        JsonIn body = call.json();
        boolean enabled = body.oneOf("status", "enabled", "disabled").equals("enabled");
        String reason = body.optText("disabled_reason", 1, 255).orElse("");
        body.done();
        Host host = hosts.setEnabled(
                inner(call), Ids.parse(id).orElseThrow(() -> Fault.notFound("Service", id)), enabled, reason);
        return Map.of("service", service(host));
    }

    @GET
    @Path("os-availability-zone")
    public Object zones(@BeanParam Call call) {
        access.require(call.caller(), "os_compute_api:os-availability-zone:list", Map.of());
        return Map.of(
                "availabilityZoneInfo",
                hosts.zones().entrySet().stream()
                        .map(zone -> {
                            Map<String, Object> view = new LinkedHashMap<>();
                            view.put("zoneName", zone.getKey());
                            view.put("zoneState", Map.of("available", zone.getValue()));
                            view.put("hosts", null);
                            return view;
                        })
                        .toList());
    }

    /** The rules of the compute API have been checked; those of the host room are not asked again. */
    private static Caller inner(Call call) {
        return Caller.inner("hypervisors for " + call.caller().userName());
    }

    private List<HostUse> all(Call call) {
        return hosts.list(inner(call), Page.all());
    }

    private static Map<String, Object> brief(Call call, HostUse use) {
        Map<String, Object> view = new LinkedHashMap<>();
        Host host = use.host();
        view.put("id", host.id());
        view.put("hypervisor_hostname", host.name());
        view.put("state", host.connection() == Host.Connection.UP ? "up" : "down");
        view.put("status", host.isEnabled() ? "enabled" : "disabled");
        return view;
    }

    private static Map<String, Object> full(Call call, HostUse use) {
        Host host = use.host();
        Map<String, Object> view = brief(call, use);
        view.put("hypervisor_type", host.hypervisorType());
        view.put("hypervisor_version", host.hypervisorVersion());
        view.put("host_ip", "");
        view.put("service", Map.of("id", host.id(), "host", host.name(), "disabled_reason", host.disabledReason()));
        if (!call.isAtLeast("2.88")) {
            long vcpus = use.used().getOrDefault(Placement.VCPU, 0L);
            long memory = use.used().getOrDefault(Placement.MEMORY_MB, 0L);
            long disk = use.used().getOrDefault(Placement.DISK_GB, 0L);
            view.put("vcpus", host.cpus());
            view.put("vcpus_used", vcpus);
            view.put("memory_mb", host.memoryMib());
            view.put("memory_mb_used", memory);
            view.put("free_ram_mb", host.memoryMib() - memory);
            view.put("local_gb", host.diskGib());
            view.put("local_gb_used", disk);
            view.put("free_disk_gb", host.diskGib() - disk);
            view.put("running_vms", use.servers());
            view.put("current_workload", 0);
            view.put("disk_available_least", host.diskGib() - disk);
            view.put("cpu_info", Map.of("model", host.cpuModel(), "arch", host.architecture()));
        } else {
            view.put("uptime", null);
        }
        return view;
    }

    private static Map<String, Object> service(Host host) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", host.id());
        view.put("binary", "nova-compute");
        view.put("host", host.name());
        view.put("zone", host.zone());
        view.put("status", host.isEnabled() ? "enabled" : "disabled");
        view.put("state", host.connection() == Host.Connection.UP ? "up" : "down");
        view.put("updated_at", host.seenAt().map(ServerViews::seconds).orElse(null));
        view.put("disabled_reason", host.disabledReason().isEmpty() ? null : host.disabledReason());
        view.put("forced_down", false);
        return view;
    }
}
