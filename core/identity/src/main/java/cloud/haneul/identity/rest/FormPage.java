package cloud.haneul.identity.rest;

import cloud.haneul.kernel.Ids;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** A page that sends a form as soon as a browser has it: how a browser is made to post something somewhere. */
final class FormPage {
    private FormPage() {}

    /** @param action where to; the caller knows that it is trusted */
    static Response.ResponseBuilder to(String action, Map<String, String> fields) {
        String nonce = Ids.newSecret(12);
        StringBuilder inputs = new StringBuilder();
        fields.forEach((name, value) -> inputs.append("<input type=\"hidden\" name=\"")
                .append(escaped(name))
                .append("\" value=\"")
                .append(escaped(value))
                .append("\">"));
        String page = """
                <!DOCTYPE html>
                <html><head><meta charset="utf-8"><title>Single sign-on</title></head>
                <body><form id="sso" method="post" action="%s">
                %s<noscript><button>Continue</button></noscript></form>
                <script nonce="%s">document.getElementById("sso").submit()</script></body></html>
                """.formatted(escaped(action), inputs, nonce);
        return Response.ok(page, "text/html; charset=utf-8")
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'nonce-" + nonce + "'; frame-ancestors 'none'; base-uri 'none'")
                .header("Cache-Control", "no-store")
                // the portal takes a post from its own origin alone, so that must be told; the address with the code
                // must not
                .header("Referrer-Policy", "strict-origin");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
