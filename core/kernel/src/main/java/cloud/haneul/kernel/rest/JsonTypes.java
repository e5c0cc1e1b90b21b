package cloud.haneul.kernel.rest;

import java.util.Locale;

/** Which media types are JSON. */
final class JsonTypes {
    private JsonTypes() {}

    /** {@code application/json}, {@code application/*+json} and the image service's {@code ...-json-patch}, with any parameters. */
    static boolean isJson(String contentType) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals("application/json")
                || type.startsWith("application/") && (type.endsWith("+json") || type.endsWith("json-patch"));
    }
}
