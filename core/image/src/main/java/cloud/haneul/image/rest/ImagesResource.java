package cloud.haneul.image.rest;

import cloud.haneul.image.Image;
import cloud.haneul.image.Image.Visibility;
import cloud.haneul.image.ImageDraft;
import cloud.haneul.image.ImageFilter;
import cloud.haneul.image.Images;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Image API, "Images". Their data is in {@link ImageDataResource}. */
@Component
@Path("/image/v2/images")
@Produces(MediaType.APPLICATION_JSON)
public class ImagesResource {
    /** Rows of a page when the client does not say, as in glance. */
    private static final int PAGE = 25;

    private final Images images;

    @Inject
    ImagesResource(Images images) {
        this.images = images;
    }

    @GET
    public Object list(@BeanParam Call call) {
        Page page = call.page(PAGE, false);
        List<Image> rows = images.list(call.caller(), filter(call), page);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("images", rows.stream().map(ImageView::of).toList());
        answer.put("first", call.links().relativeFirst("/v2/images"));
        call.links().relativeNext("/v2/images", page, rows, Image::id).ifPresent(next -> answer.put("next", next));
        answer.put("schema", "/v2/schemas/images");
        return answer;
    }

    private static ImageFilter filter(Call call) {
        Optional<Visibility> visibility =
                call.query("visibility").filter(v -> !v.equals("all")).map(ImageFields::visibility);
        return new ImageFilter(
                // clients write in:"a","b" for several names; one is what they ask in practice
                call.query("name").map(n -> n.startsWith("in:") ? n.substring(3).replaceAll("^\"|\"$", "") : n),
                visibility,
                call.query("owner"),
                call.query("status"),
                call.query("disk_format"),
                call.query("id"),
                Set.copyOf(call.queryAll("tag")),
                call.queryBool("os_hidden").orElse(false));
    }

    @POST
    public Response create(@BeanParam Call call) {
        JsonIn in = call.json();
        Optional<UUID> id = in.optUuid("id");
        ImageFields fields =
                new ImageFields(new ImageDraft("", Visibility.SHARED, "", "", 0, 0, false, false, Map.of(), Set.of()));
        for (String name : in.names()) {
            if (name.equals("owner")) {
                requireOwnProject(call, in.text(name, 1, 64));
            } else if (!name.equals("id")) {
                fields.set(name, in.any(name).orElse(null));
            }
        }
        Image image = images.create(call.caller(), id, fields.draft());
        return Response.created(URI.create(call.baseUrl() + "/image/v2/images/" + image.id()))
                .entity(ImageView.of(image))
                .build();
    }

    private static void requireOwnProject(Call call, String owner) {
        if (!owner.equals(call.caller().project())) {
            throw Fault.forbidden("You are not permitted to create images owned by '" + owner + "'.");
        }
    }

    @GET
    @Path("{id}")
    public Object show(@BeanParam Call call, @PathParam("id") String id) {
        return ImageView.of(images.show(call.caller(), ImageApi.imageId(id)));
    }

    /** RFC 6902 with one step paths, in the media type of glance. */
    @PATCH
    @Path("{id}")
    public Object patch(@BeanParam Call call, @PathParam("id") String id) {
        List<Change> changes = call.json().asList(256, Change::read);
        return ImageView.of(images.update(call.caller(), ImageApi.imageId(id), draft -> {
            ImageFields fields = new ImageFields(draft);
            changes.forEach(change -> change.apply(fields));
            return fields.draft();
        }));
    }

    private record Change(String operation, String field, Object value) {
        static Change read(JsonIn in) {
            String operation = in.oneOf("op", "add", "replace", "remove");
            String path = in.text("path", 2, 260);
            if (path.charAt(0) != '/' || path.indexOf('/', 1) > 0) {
                throw in.invalid("path", "must be one field, such as /name");
            }
            Object value = operation.equals("remove") ? null : in.any("value").orElse(null);
            return new Change(operation, path.substring(1).replace("~1", "/").replace("~0", "~"), value);
        }

        void apply(ImageFields fields) {
            if (operation.equals("remove")) {
                fields.remove(field);
                return;
            }
            if (operation.equals("replace") && !fields.isKnown(field) && !fields.hasProperty(field)) {
                throw Fault.conflict("Property " + field + " does not exist.");
            }
            fields.set(field, value);
        }
    }

    @DELETE
    @Path("{id}")
    public Response delete(@BeanParam Call call, @PathParam("id") String id) {
        images.delete(call.caller(), ImageApi.imageId(id));
        return Response.noContent().build();
    }

    @POST
    @Path("{id}/actions/deactivate")
    public Response deactivate(@BeanParam Call call, @PathParam("id") String id) {
        images.deactivate(call.caller(), ImageApi.imageId(id));
        return Response.noContent().build();
    }

    @POST
    @Path("{id}/actions/reactivate")
    public Response reactivate(@BeanParam Call call, @PathParam("id") String id) {
        images.reactivate(call.caller(), ImageApi.imageId(id));
        return Response.noContent().build();
    }

    @PUT
    @Path("{id}/tags/{tag}")
    public Response addTag(@BeanParam Call call, @PathParam("id") String id, @PathParam("tag") String tag) {
        images.addTag(call.caller(), ImageApi.imageId(id), tag);
        return Response.noContent().build();
    }

    @DELETE
    @Path("{id}/tags/{tag}")
    public Response removeTag(@BeanParam Call call, @PathParam("id") String id, @PathParam("tag") String tag) {
        images.removeTag(call.caller(), ImageApi.imageId(id), tag);
        return Response.noContent().build();
    }
}
