package cloud.haneul.compute.rest;

import cloud.haneul.compute.Consoles;
import cloud.haneul.compute.Servers;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import cloud.haneul.spi.compute.ConsoleKind;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Compute API, "Servers - run an action" and "Server consoles". The body's one field is the action's name. */
@Component
@Path(ComputeApi.ROOT + "/servers")
@Produces(MediaType.APPLICATION_JSON)
public class ServerActionResource {
    private final Servers servers;
    private final Consoles consoles;

    @Inject
    ServerActionResource(Servers servers, Consoles consoles) {
        this.servers = servers;
        this.consoles = consoles;
    }

    @POST
    @Path("{id}/action")
    public Response act(@BeanParam Call call, @PathParam("id") String id) {
        UUID server = ComputeApi.serverId(id);
        JsonIn body = call.json();
        String action = body.onlyName();
        switch (action) {
            case "os-start" -> plain(body, action, () -> servers.start(call.caller(), server));
            case "os-stop" -> plain(body, action, () -> servers.stop(call.caller(), server));
            case "pause" -> plain(body, action, () -> servers.pause(call.caller(), server));
            case "unpause" -> plain(body, action, () -> servers.unpause(call.caller(), server));
            case "unlock" -> plain(body, action, () -> servers.unlock(call.caller(), server));
            case "lock" -> {
                Optional<String> reason = body.optObject(action).flatMap(in -> in.optText("locked_reason", 1, 255));
                body.done();
                servers.lock(call.caller(), server, reason);
            }
            case "reboot" -> {
                String type = body.object(action).oneOf("type", "SOFT", "HARD", "soft", "hard");
                body.done();
                servers.reboot(call.caller(), server, type.equalsIgnoreCase("HARD"));
            }
            case "forceDelete" -> plain(body, action, () -> servers.delete(call.caller(), server));
            case "os-getConsoleOutput" -> {
                return consoleOutput(call, server, body);
            }
            case "os-getVNCConsole" -> {
                return oldConsole(call, server, body, action, ConsoleKind.VNC, "novnc");
            }
            case "os-getSerialConsole" -> {
                return oldConsole(call, server, body, action, ConsoleKind.SERIAL, "serial");
            }
            default -> {
                servers.show(call.caller(), server);
                throw Fault.badRequest(action, "There is no such action: " + action);
            }
        }
        return Response.accepted().build();
    }

    private static void plain(JsonIn body, String action, Runnable work) {
        // null and {} both, as clients send either
        body.optObject(action).ifPresent(JsonIn::done);
        body.done();
        work.run();
    }

    private Response consoleOutput(Call call, UUID server, JsonIn body) {
        int lines = body.optObject("os-getConsoleOutput")
                .flatMap(in -> in.optInteger("length", -1, Integer.MAX_VALUE))
                .orElse(-1);
        body.done();
        return Response.ok(Map.of("output", consoles.log(call.caller(), server, lines)))
                .build();
    }

    private Response oldConsole(Call call, UUID server, JsonIn body, String action, ConsoleKind kind, String type) {
        if (call.isAtLeast("2.6")) {
            throw Fault.badRequest(action, "From microversion 2.6 on consoles are made by POST .../remote-consoles.");
        }
        body.object(action).oneOf("type", type, "xvpvnc");
        body.done();
        return Response.ok(Map.of("console", Map.of("type", type, "url", url(call, server, kind))))
                .build();
    }

    @POST
    @Path("{id}/remote-consoles")
    public Object remoteConsole(@BeanParam Call call, @PathParam("id") String id) {
        UUID server = ComputeApi.serverId(id);
        JsonIn body = call.json();
        JsonIn in = body.object("remote_console");
        String protocol = in.oneOf("protocol", "vnc", "serial");
        String type = in.oneOf("type", "novnc", "serial");
        body.done();
        if (protocol.equals("vnc") != type.equals("novnc")) {
            throw Fault.badRequest("type", "Console type " + type + " does not go with protocol " + protocol + ".");
        }
        ConsoleKind kind = protocol.equals("vnc") ? ConsoleKind.VNC : ConsoleKind.SERIAL;
        return Map.of("remote_console", Map.of("protocol", protocol, "type", type, "url", url(call, server, kind)));
    }

    /** The portal's own console page; a serial console's address is a web socket, as clients expect. */
    private String url(Call call, UUID server, ConsoleKind kind) {
        String token = consoles.issue(call.caller(), server, kind);
        return kind == ConsoleKind.VNC
                ? call.baseUrl() + "/dashboard/console.xhtml?token=" + token
                : call.baseUrl().replaceFirst("^http", "ws") + "/ws/console?token=" + token;
    }
}
