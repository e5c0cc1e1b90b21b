package cloud.haneul.image.rest;

import cloud.haneul.image.ImageDraft;
import cloud.haneul.kernel.Component;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Image API, "Image schemas": what fields an image has, for clients that check before they send. */
@Component
@Path("/image/v2/schemas")
@Produces(MediaType.APPLICATION_JSON)
public class SchemasResource {

    @GET
    @Path("image")
    public Object image() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("id", readOnly("string", "An identifier for the image"));
        properties.put("name", field(List.of("null", "string"), "Descriptive name for the image"));
        properties.put("status", readOnly("string", "Status of the image"));
        properties.put(
                "visibility",
                choice("Scope of image accessibility", List.of("community", "private", "public", "shared")));
        properties.put("protected", field("boolean", "If true, image will not be deletable."));
        properties.put("os_hidden", field("boolean", "If true, image will not appear in default image list response."));
        properties.put("owner", field(List.of("null", "string"), "Owner of the image"));
        properties.put(
                "disk_format", choice("Format of the disk", List.copyOf(new TreeSet<>(ImageDraft.DISK_FORMATS))));
        properties.put(
                "container_format",
                choice("Format of the container", List.copyOf(new TreeSet<>(ImageDraft.CONTAINER_FORMATS))));
        properties.put("size", readOnly("integer", "Size of image file in bytes"));
        properties.put("virtual_size", readOnly("integer", "Virtual size of image in bytes"));
        properties.put("checksum", readOnly("string", "md5 hash of image contents."));
        properties.put("os_hash_algo", readOnly("string", "Algorithm to calculate the os_hash_value"));
        properties.put("os_hash_value", readOnly("string", "Hexdigest of the image contents using os_hash_algo"));
        properties.put("min_ram", field("integer", "Amount of ram (in MB) required to boot image."));
        properties.put("min_disk", field("integer", "Amount of disk space (in GB) required to boot image."));
        properties.put("tags", Map.of("type", "array", "items", Map.of("type", "string", "maxLength", 255)));
        properties.put("created_at", readOnly("string", "Date and time of image registration"));
        properties.put("updated_at", readOnly("string", "Date and time of the last image modification"));
        properties.put("self", readOnly("string", "An image self url"));
        properties.put("file", readOnly("string", "An image file url"));
        properties.put("schema", readOnly("string", "An image schema url"));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("name", "image");
        schema.put("properties", properties);
        schema.put("additionalProperties", Map.of("type", "string"));
        schema.put(
                "links",
                List.of(Map.of("rel", "self", "href", "{self}"), Map.of("rel", "enclosure", "href", "{file}")));
        return schema;
    }

    @GET
    @Path("images")
    public Object images() {
        return Map.of(
                "name", "images",
                "properties",
                        Map.of(
                                "images", Map.of("type", "array", "items", image()),
                                "schema", Map.of("type", "string"),
                                "next", Map.of("type", "string"),
                                "first", Map.of("type", "string")),
                "links",
                        List.of(
                                Map.of("rel", "first", "href", "{first}"),
                                Map.of("rel", "next", "href", "{next}"),
                                Map.of("rel", "describedby", "href", "{schema}")));
    }

    private static Map<String, Object> field(Object type, String description) {
        return Map.of("type", type, "description", description);
    }

    private static Map<String, Object> readOnly(String type, String description) {
        return Map.of("type", List.of("null", type), "readOnly", true, "description", description);
    }

    private static Map<String, Object> choice(String description, List<String> values) {
        return Map.of("type", List.of("null", "string"), "description", description, "enum", values);
    }
}
