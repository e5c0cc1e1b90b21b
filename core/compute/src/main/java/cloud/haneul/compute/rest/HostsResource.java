package cloud.haneul.compute.rest;

import cloud.haneul.compute.Host;
import cloud.haneul.compute.Hosts;
import cloud.haneul.compute.Hosts.HostUse;
import cloud.haneul.compute.NewHost;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Hosts, for which OpenStack has no API: {@code /haneul/v1/hosts}. */
@Component
@Path("/haneul/v1/hosts")
@Produces(MediaType.APPLICATION_JSON)
public class HostsResource {
    private final Hosts hosts;

    @Inject
    HostsResource(Hosts hosts) {
        this.hosts = hosts;
    }

    @GET
    public Object list(@BeanParam Call call) {
        Page page = call.page();
        return Map.of(
                "hosts",
                hosts.list(call.caller(), page).stream()
                        .map(HostsResource::view)
                        .toList());
    }

    /** Adds a host by {@code {"host": {"uri": "qemu:///system"}}}, or many simulated ones. */
    @POST
    public Response add(@BeanParam Call call) {
        JsonIn body = call.json();
        JsonIn in = body.object("host");
        NewHost asked = new NewHost(
                in.optText("driver", 1, 64).orElse(""),
                in.text("uri", 1, 1024),
                in.optName("name", 1, 255).orElse(""),
                in.optName("availability_zone", 1, 255).orElse(""),
                in.optMap("config", 64, 64, 4096).orElse(Map.of()),
                in.optDecimal("cpu_allocation_ratio", 0.1, 1000).orElse(16.0),
                in.optDecimal("ram_allocation_ratio", 0.1, 1000).orElse(1.5),
                in.optDecimal("disk_allocation_ratio", 0.1, 1000).orElse(1.0));
        body.done();
        List<Host> made = hosts.add(call.caller(), asked);
        return Response.accepted(Map.of(
                        "hosts",
                        made.stream()
                                .map(h -> view(new HostUse(h, 0, Map.of(), Map.of())))
                                .toList()))
                .build();
    }

    @GET
    @Path("{id}")
    public Object show(@BeanParam Call call, @PathParam("id") String id) {
        return Map.of("host", view(hosts.show(call.caller(), id(id))));
    }

    @PATCH
    @Path("{id}")
    public Object update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn body = call.json();
        JsonIn in = body.object("host");
        boolean enabled = in.bool("enabled");
        String reason = in.optText("disabled_reason", 0, 255).orElse("");
        body.done();
        hosts.setEnabled(call.caller(), id(id), enabled, reason);
        return show(call, id);
    }

    @DELETE
    @Path("{id}")
    public Response remove(@BeanParam Call call, @PathParam("id") String id) {
        hosts.remove(call.caller(), id(id));
        return Response.noContent().build();
    }

    private static UUID id(String text) {
        return Ids.parse(text).orElseThrow(() -> Fault.notFound("Host", text));
    }

    private static Map<String, Object> view(HostUse use) {
        Host host = use.host();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", host.id());
        view.put("name", host.name());
        view.put("driver", host.driver());
        view.put("uri", host.uri());
        view.put("availability_zone", host.zone());
        view.put("connection", host.connection());
        view.put("problem", host.problem().isEmpty() ? null : host.problem());
        view.put("enabled", host.isEnabled());
        view.put("disabled_reason", host.disabledReason().isEmpty() ? null : host.disabledReason());
        view.put("network_host", host.networkHost());
        view.put("architecture", host.architecture());
        view.put("hypervisor_type", host.hypervisorType());
        view.put("hypervisor_version", host.hypervisorVersion());
        view.put("cpus", host.cpus());
        view.put("memory_mib", host.memoryMib());
        view.put("disk_gib", host.diskGib());
        view.put("cpu_model", host.cpuModel());
        view.put("traits", host.traits());
        view.put("servers", use.servers());
        view.put("capacity", use.capacity());
        view.put("used", use.used());
        view.put("seen_at", host.seenAt());
        view.put("created_at", host.createdAt());
        return view;
    }
}
