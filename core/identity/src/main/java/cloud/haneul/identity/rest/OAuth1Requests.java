package cloud.haneul.identity.rest;

import cloud.haneul.identity.OAuth1Request;
import cloud.haneul.identity.OAuth1Request.Parameter;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.rest.Call;
import jakarta.ws.rs.core.MediaType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads what an OAuth 1 client signed (RFC 5849, 3.4.1.3 and 3.5). */
final class OAuth1Requests {
    private static final String AUTHORIZATION = "Authorization";
    private static final String SCHEME = "oauth ";

    private OAuth1Requests() {}

    /** Of a request whose body is no form. */
    static OAuth1Request of(Call call) {
        return of(call, "");
    }

    /** @param body counts when it is a form */
    static OAuth1Request of(Call call, String body) {
        List<Parameter> parameters = new ArrayList<>();
        call.queryNames()
                .forEach(name -> call.queryAll(name).forEach(value -> parameters.add(new Parameter(name, value))));
        call.header(AUTHORIZATION).ifPresent(header -> parameters.addAll(ofHeader(header)));
        if (call.header("Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_FORM_URLENCODED))
                .isPresent()) {
            parameters.addAll(ofForm(body));
        }
        return new OAuth1Request(call.method(), call.baseUrl() + call.path(), parameters);
    }

    private static List<Parameter> ofHeader(String header) {
        if (!header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return List.of();
        }
        List<Parameter> parameters = new ArrayList<>();
        for (String part : header.substring(SCHEME.length()).split(",")) {
            String[] pair = part.strip().split("=", 2);
            if (pair.length != 2 || pair[1].length() < 2 || !pair[1].startsWith("\"") || !pair[1].endsWith("\"")) {
                throw Fault.badRequest(AUTHORIZATION, "The header Authorization is not as RFC 5849 wants it.");
            }
            if (!pair[0].equals("realm")) {
                // in the header a plus sign is one
                parameters.add(new Parameter(
                        decoded(pair[0]),
                        decoded(pair[1].substring(1, pair[1].length() - 1).replace("+", "%2B"))));
            }
        }
        return parameters;
    }

    private static List<Parameter> ofForm(String body) {
        List<Parameter> parameters = new ArrayList<>();
        for (String part : body.split("&")) {
            if (!part.isEmpty()) {
                String[] pair = part.split("=", 2);
                parameters.add(new Parameter(decoded(pair[0]), pair.length == 2 ? decoded(pair[1]) : ""));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Fault.badRequest(AUTHORIZATION, "A percent escape is broken.");
        }
    }
}
