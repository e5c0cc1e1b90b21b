package cloud.haneul.kernel.rest;

import jakarta.ws.rs.core.MediaType;
import java.util.Locale;

/** Which media types are JSON. */
final class JsonTypes {
    private JsonTypes() {}

    /** {@code application/json}, {@code application/*+json} and the image service's {@code ...-json-patch}. */
    static boolean isJson(MediaType type) {
        String subtype = type.getSubtype().toLowerCase(Locale.ROOT);
        return type.getType().equalsIgnoreCase("application")
                && (subtype.equals("json") || subtype.endsWith("+json") || subtype.endsWith("json-patch"));
    }
}
