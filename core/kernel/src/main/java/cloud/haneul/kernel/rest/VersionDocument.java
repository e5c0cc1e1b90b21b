package cloud.haneul.kernel.rest;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One version of an API as clients discover it, in the dialect of its family:
 *
 * <pre>{@code
 * VersionDocument v21 = VersionDocument.of("v2.1", "CURRENT")
 *         .microversions(policy)                                  // compute: version and min_version
 *         .updated("2013-07-23T11:33:21Z")
 *         .link("self", call.baseUrl() + "/compute/v2.1/")
 *         .mediaType("application/vnd.openstack.compute+json;version=2.1");
 * return VersionDocument.list(200, v21);                          // GET /compute/
 * return v21.alone();                                             // GET /compute/v2.1
 * }</pre>
 */
public final class VersionDocument {
    private final Map<String, Object> properties = new LinkedHashMap<>();
    private final List<Map<String, String>> links = new ArrayList<>();
    private final List<Map<String, String>> mediaTypes = new ArrayList<>();

    private VersionDocument() {}

    /** @param status in the family's spelling: {@code CURRENT}, {@code SUPPORTED}, identity's {@code stable} */
    public static VersionDocument of(String id, String status) {
        return new VersionDocument().with("id", id).with("status", status);
    }

    public VersionDocument with(String property, Object value) {
        properties.put(property, value);
        return this;
    }

    /** As compute, volume and share say it: {@code version} and {@code min_version}. */
    public VersionDocument microversions(Microversions policy) {
        return with("version", policy.max().toString())
                .with("min_version", policy.min().toString());
    }

    /** As placement says it: {@code max_version} and {@code min_version}. */
    public VersionDocument minAndMax(Microversions policy) {
        return with("min_version", policy.min().toString())
                .with("max_version", policy.max().toString());
    }

    public VersionDocument updated(String time) {
        return with("updated", time);
    }

    public VersionDocument link(String rel, String href) {
        links.add(Map.of("rel", rel, "href", href));
        return this;
    }

    public VersionDocument mediaType(String type) {
        mediaTypes.add(Map.of("base", "application/json", "type", type));
        return this;
    }

    public Map<String, Object> toMap() {
        Map<String, Object> all = new LinkedHashMap<>(properties);
        all.put("links", List.copyOf(links));
        if (!mediaTypes.isEmpty()) {
            all.put("media-types", List.copyOf(mediaTypes));
        }
        return all;
    }

    /** 200 with {@code {"version": {...}}}. */
    public Response alone() {
        return json(200, Map.of("version", toMap()));
    }

    /** {@code {"versions": [...]}}; the status is 200 or, for image, 300. */
    public static Response list(int status, VersionDocument... versions) {
        return json(status, Map.of("versions", maps(versions)));
    }

    /** Identity's 300 with {@code {"versions": {"values": [...]}}}. */
    public static Response values(VersionDocument... versions) {
        return json(300, Map.of("versions", Map.of("values", maps(versions))));
    }

    private static List<Map<String, Object>> maps(VersionDocument... versions) {
        return Stream.of(versions).map(VersionDocument::toMap).toList();
    }

    private static Response json(int status, Object body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body)
                .build();
    }
}
