package cloud.haneul.compute.rest;

import cloud.haneul.compute.Servers;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Compute API, "Server metadata" and "Server tags": what people write on a server. */
@Component
@Path(ComputeApi.ROOT + "/servers")
@Produces(MediaType.APPLICATION_JSON)
public class ServerMetadataResource {
    private static final int ITEMS_MAX = 1000;

    private final Servers servers;

    @Inject
    ServerMetadataResource(Servers servers) {
        this.servers = servers;
    }

    @GET
    @Path("{id}/metadata")
    public Object list(@BeanParam Call call, @PathParam("id") String id) {
        return Map.of(
                "metadata", servers.show(call.caller(), ComputeApi.serverId(id)).metadata());
    }

    @POST
    @Path("{id}/metadata")
    public Object add(@BeanParam Call call, @PathParam("id") String id) {
        return set(call, id, false);
    }

    @PUT
    @Path("{id}/metadata")
    public Object replace(@BeanParam Call call, @PathParam("id") String id) {
        return set(call, id, true);
    }

    private Object set(Call call, String id, boolean replace) {
        JsonIn body = call.json();
        Map<String, String> items = body.map("metadata", ITEMS_MAX, 255, 255);
        body.done();
        return Map.of("metadata", servers.setMetadata(call.caller(), ComputeApi.serverId(id), items, replace));
    }

    @GET
    @Path("{id}/metadata/{key}")
    public Object show(@BeanParam Call call, @PathParam("id") String id, @PathParam("key") String key) {
        String value =
                servers.show(call.caller(), ComputeApi.serverId(id)).metadata().get(key);
        if (value == null) {
            throw Fault.notFound("Metadata item", key);
        }
        return Map.of("meta", Map.of(key, value));
    }

    @PUT
    @Path("{id}/metadata/{key}")
    public Object setOne(@BeanParam Call call, @PathParam("id") String id, @PathParam("key") String key) {
        JsonIn body = call.json();
        JsonIn meta = body.object("meta");
        Map<String, String> item = Map.of(key, meta.text(key, 0, 255));
        body.done();
        servers.setMetadata(call.caller(), ComputeApi.serverId(id), item, false);
        return Map.of("meta", item);
    }

    @DELETE
    @Path("{id}/metadata/{key}")
    public Response remove(@BeanParam Call call, @PathParam("id") String id, @PathParam("key") String key) {
        servers.removeMetadata(call.caller(), ComputeApi.serverId(id), key);
        return Response.noContent().build();
    }

    @GET
    @Path("{id}/tags")
    public Object tags(@BeanParam Call call, @PathParam("id") String id) {
        return Map.of(
                "tags", servers.show(call.caller(), ComputeApi.serverId(id)).tags());
    }

    @PUT
    @Path("{id}/tags")
    public Object replaceTags(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn body = call.json();
        List<String> tags = body.texts("tags", 50, 1, 60);
        body.done();
        servers.setTags(call.caller(), ComputeApi.serverId(id), Set.copyOf(tags));
        return Map.of("tags", tags);
    }

    @DELETE
    @Path("{id}/tags")
    public Response clearTags(@BeanParam Call call, @PathParam("id") String id) {
        servers.setTags(call.caller(), ComputeApi.serverId(id), Set.of());
        return Response.noContent().build();
    }

    @PUT
    @Path("{id}/tags/{tag}")
    public Response addTag(@BeanParam Call call, @PathParam("id") String id, @PathParam("tag") String tag) {
        if (tag.length() > 60 || tag.contains(",")) {
            throw Fault.badRequest("tag", "Invalid input for tag: at most 60 characters, no comma.");
        }
        UUID server = ComputeApi.serverId(id);
        Set<String> tags = new TreeSet<>(servers.show(call.caller(), server).tags());
        boolean added = tags.add(tag);
        if (tags.size() > 50) {
            throw Fault.badRequest("tag", "The number of tags exceeded the maximum of 50.");
        }
        servers.setTags(call.caller(), server, tags);
        return Response.status(added ? 201 : 204).build();
    }

    @DELETE
    @Path("{id}/tags/{tag}")
    public Response removeTag(@BeanParam Call call, @PathParam("id") String id, @PathParam("tag") String tag) {
        UUID server = ComputeApi.serverId(id);
        Set<String> tags = new TreeSet<>(servers.show(call.caller(), server).tags());
        if (!tags.remove(tag)) {
            throw Fault.notFound("Tag", tag);
        }
        servers.setTags(call.caller(), server, tags);
        return Response.noContent().build();
    }
}
