package cloud.haneul.compute.rest;

import cloud.haneul.compute.Server;
import cloud.haneul.compute.Servers;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.operation.Operation;
import cloud.haneul.kernel.operation.OperationEvent;
import cloud.haneul.kernel.operation.Operations;
import cloud.haneul.kernel.rest.Call;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compute API, "Servers actions": a server's operations, in nova's words. */
@Component
@Path(ComputeApi.ROOT + "/servers/{id}/os-instance-actions")
@Produces(MediaType.APPLICATION_JSON)
public class InstanceActionsResource {
    private final Servers servers;
    private final Operations operations;

    @Inject
    InstanceActionsResource(Servers servers, Operations operations) {
        this.servers = servers;
        this.operations = operations;
    }

    @GET
    public Object list(@BeanParam Call call, @PathParam("id") String id) {
        Server server = servers.show(call.caller(), ComputeApi.serverId(id));
        return Map.of(
                "instanceActions",
                operations.ofResource("server", server.id(), 1000).stream()
                        .map(operation -> action(call, server, operation))
                        .toList());
    }

    @GET
    @Path("{request}")
    public Object show(@BeanParam Call call, @PathParam("id") String id, @PathParam("request") String request) {
        Server server = servers.show(call.caller(), ComputeApi.serverId(id));
        Operation operation = operations.ofResource("server", server.id(), 1000).stream()
                .filter(o -> o.requestId().equals(request))
                .findFirst()
                .orElseThrow(() -> Fault.notFound("Action for request_id", request));
        Map<String, Object> view = action(call, server, operation);
        view.put(
                "events",
                operations.events(List.of(operation.id())).stream()
                        .filter(event -> !event.step().isEmpty())
                        .map(event -> event(call.caller(), event))
                        .toList());
        return Map.of("instanceAction", view);
    }

    private static Map<String, Object> action(Call call, Server server, Operation operation) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("action", operation.kind().replaceFirst("^server-", "").replace("-hard", ""));
        view.put("instance_uuid", server.id());
        view.put("request_id", operation.requestId());
        view.put("user_id", operation.userId());
        view.put("project_id", operation.projectId());
        view.put("start_time", time(operation.createdAt()));
        view.put("message", operation.errorText());
        if (call.isAtLeast("2.58")) {
            view.put("updated_at", time(operation.finishedAt().orElse(operation.createdAt())));
        }
        return view;
    }

    private static Map<String, Object> event(Caller caller, OperationEvent event) {
        boolean good = event.type() == OperationEvent.Type.STEP_DONE || event.type() == OperationEvent.Type.UNDONE;
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("event", "haneul_" + event.step().replace('-', '_'));
        view.put("start_time", time(event.at().minusMillis(event.millis())));
        view.put("finish_time", time(event.at()));
        view.put("result", good ? "Success" : "Error");
        view.put("details", event.text().isEmpty() ? null : event.text());
        if (caller.isAdmin()) {
            view.put("host", good && !event.detail().isEmpty() ? event.detail() : event.node());
            view.put("traceback", good || event.detail().isEmpty() ? null : event.detail());
        }
        return view;
    }

    private static String time(Instant at) {
        return ServerViews.seconds(at);
    }
}
