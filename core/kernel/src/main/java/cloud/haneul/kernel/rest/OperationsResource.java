package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.operation.Operation;
import cloud.haneul.kernel.operation.OperationEvent;
import cloud.haneul.kernel.operation.OperationState;
import cloud.haneul.kernel.operation.Operations;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The cloud's operations, for operators: what is at work, what failed and why, and what to do with what is STUCK. */
@Component
@Path("/haneul/v1/operations")
@Produces(MediaType.APPLICATION_JSON)
public class OperationsResource {
    private final Operations operations;

    @Inject
    OperationsResource(Operations operations) {
        this.operations = operations;
    }

    @GET
    public Object list(@BeanParam Call call) {
        Page page = call.page(100, false);
        List<Operation> rows =
                operations.list(call.caller(), call.query("state").map(OperationsResource::state), page);
        return Map.of(
                "operations", rows.stream().map(OperationsResource::view).toList(),
                "operations_links", call.links().next(page, rows, Operation::id));
    }

    @GET
    @Path("{id}")
    public Object show(@BeanParam Call call, @PathParam("id") String id) {
        Operation operation = operations.show(call.caller(), id(id));
        Map<String, Object> view = view(operation);
        view.put(
                "events",
                operations.events(List.of(operation.id())).stream()
                        .map(OperationsResource::event)
                        .toList());
        return Map.of("operation", view);
    }

    @POST
    @Path("{id}/retry")
    public Response retry(@BeanParam Call call, @PathParam("id") String id) {
        operations.retry(call.caller(), id(id));
        return Response.accepted().build();
    }

    @POST
    @Path("{id}/abandon")
    public Response abandon(@BeanParam Call call, @PathParam("id") String id) {
        operations.abandon(call.caller(), id(id));
        return Response.noContent().build();
    }

    private static Map<String, Object> view(Operation operation) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", operation.id());
        view.put("kind", operation.kind());
        view.put("state", operation.state());
        view.put("step", operation.step());
        view.put("percent", operation.percent());
        view.put("resource_type", operation.resourceType());
        view.put("resource_id", operation.resourceId());
        view.put("resource_name", operation.resourceName());
        view.put("project_id", operation.projectId());
        view.put("user_id", operation.userId());
        view.put("user_name", operation.userName());
        view.put("request_id", operation.requestId());
        view.put("node", operation.node());
        view.put("error_code", operation.errorCode());
        view.put("error_text", operation.errorText());
        view.put("error_detail", operation.errorDetail());
        view.put("created_at", operation.createdAt());
        view.put("finished_at", operation.finishedAt());
        return view;
    }

    private static Map<String, Object> event(OperationEvent event) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("at", event.at());
        view.put("type", event.type());
        view.put("step", event.step());
        view.put("node", event.node());
        view.put("text", event.text());
        view.put("detail", event.detail());
        view.put("millis", event.millis());
        return view;
    }

    private static OperationState state(String text) {
        try {
            return OperationState.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Fault.badRequest(
                            "state",
                            "There is no operation state " + Quote.of(text) + "; the states are "
                                    + List.of(OperationState.values()) + ".")
                    .cause(e);
        }
    }

    private static UUID id(String text) {
        Optional<UUID> id = Ids.parse(text);
        return id.orElseThrow(() -> Fault.notFound("Operation", text));
    }
}
