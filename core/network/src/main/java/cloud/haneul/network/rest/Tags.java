package cloud.haneul.network.rest;

import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The tags of one resource; below each of them. */
@Produces(MediaType.APPLICATION_JSON)
public class Tags {
    private static final int MAX = 50;

    private final Supplier<Set<String>> current;
    private final Replacement replacement;

    /** Gives the resource these tags in place of those it has, and answers with what it has now. */
    interface Replacement {
        Set<String> by(Set<String> tags);
    }

    Tags(Supplier<Set<String>> current, Replacement replacement) {
        this.current = current;
        this.replacement = replacement;
    }

    @GET
    public Map<String, Object> list() {
        return Map.of("tags", current.get());
    }

    @PUT
    public Map<String, Object> replace(@BeanParam Call call) {
        JsonIn body = call.json();
        Set<String> tags = new TreeSet<>(body.list("tags", MAX, element -> checked(element.asName(1, 255))));
        body.done();
        return Map.of("tags", replacement.by(tags));
    }

    @DELETE
    public void clear() {
        replacement.by(Set.of());
    }

    @GET
    @Path("{tag}")
    public Response show(@PathParam("tag") String tag) {
        require(tag);
        return Response.noContent().build();
    }

    @PUT
    @Path("{tag}")
    public Response add(@PathParam("tag") String tag) {
        Set<String> tags = new TreeSet<>(current.get());
        tags.add(checked(tag));
        if (tags.size() > MAX) {
            throw Fault.badRequest("tags", "A resource has at most " + MAX + " tags.");
        }
        replacement.by(tags);
        return Response.status(201).build();
    }

    @DELETE
    @Path("{tag}")
    public void remove(@PathParam("tag") String tag) {
        require(tag);
        Set<String> tags = new TreeSet<>(current.get());
        tags.remove(tag);
        replacement.by(tags);
    }

    private void require(String tag) {
        if (!current.get().contains(tag)) {
            throw Fault.of(Fault.Kind.NOT_FOUND, "Tag " + tag + " could not be found.")
                    .type("TagNotFound");
        }
    }

    private static String checked(String tag) {
        if (tag.isBlank() || tag.length() > 255 || tag.contains("\"") || tag.contains("\\") || tag.contains(",")) {
            throw Fault.badRequest(
                    "tags",
                    "Invalid input for tags. Reason: a tag is 1 to 255 characters without quotes, backslashes and commas.");
        }
        return tag;
    }
}
