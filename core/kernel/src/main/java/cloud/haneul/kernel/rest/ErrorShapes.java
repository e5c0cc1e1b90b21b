package cloud.haneul.kernel.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The error bodies of the API families that more than one service uses. */
public final class ErrorShapes {
    private static final Map<Integer, String> NOVA_NAMES = Map.ofEntries(
            Map.entry(400, "badRequest"),
            Map.entry(401, "unauthorized"),
            Map.entry(403, "forbidden"),
            Map.entry(404, "itemNotFound"),
            Map.entry(405, "badMethod"),
            Map.entry(409, "conflictingRequest"),
            Map.entry(413, "overLimit"),
            Map.entry(415, "badMediaType"),
            Map.entry(429, "overLimit"),
            Map.entry(501, "notImplemented"),
            Map.entry(503, "serviceUnavailable"));

    private ErrorShapes() {}

    /** {@code {"itemNotFound": {"code": 404, "message": "..."}}}: compute, volume, share, database. */
    public static ErrorShape nova() {
        return nova("computeFault");
    }

    /** @param otherwise the name of errors without one of their own: {@code computeFault}, {@code cinderFault} */
    public static ErrorShape nova(String otherwise) {
        return f -> Map.of(
                NOVA_NAMES.getOrDefault(f.status(), otherwise), ordered("code", f.status(), "message", f.message()));
    }

    /** {@code {"error": {"code": 404, "message": "...", "title": "Not Found"}}}: identity. */
    public static ErrorShape keystone() {
        return f -> Map.of("error", ordered("code", f.status(), "message", f.message(), "title", f.title()));
    }

    /** {@code {"NeutronError": {"type": "NetworkNotFound", "message": "...", "detail": ""}}}: network. */
    public static ErrorShape neutron() {
        return f -> Map.of(
                "NeutronError",
                ordered(
                        "type",
                        f.fault().type().isEmpty()
                                ? "HTTP" + f.title().replace(" ", "")
                                : f.fault().type(),
                        "message",
                        f.message(),
                        "detail",
                        ""));
    }

    /** {@code {"errors": [{"status": 409, "title": "Conflict", "detail": "...", "code": "...", "request_id": "..."}]}}. */
    public static ErrorShape placement() {
        return f -> {
            Map<String, Object> error = ordered(
                    "status", f.status(), "title", f.title(), "detail", f.message(), "request_id", f.requestId());
            if (f.version().map(v -> v.isAtLeast("1.23")).orElse(true)) {
                String code = f.fault().type();
                error.put("code", code.startsWith("placement.") ? code : "placement.undefined_code");
            }
            if (f.status() == 406) {
                f.microversions().ifPresent(m -> {
                    error.put("min_version", m.min().toString());
                    error.put("max_version", m.max().toString());
                });
            }
            return Map.of("errors", List.of(error));
        };
    }

    /** {@code {"message": "...", "code": "404 Not Found", "title": "Not Found"}}: image. */
    public static ErrorShape glance() {
        return f -> ordered("message", f.message(), "code", f.status() + " " + f.title(), "title", f.title());
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
