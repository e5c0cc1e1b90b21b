package cloud.haneul.identity;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What RFC 5849 (3.4) makes of a request and two secrets. */
final class OAuth1Signature {
    private OAuth1Signature() {}

    /** @return empty for a method we do not take */
    static Optional<String> of(OAuth1Request request, String consumerSecret, String tokenSecret) {
        String key = encoded(consumerSecret) + "&" + encoded(tokenSecret);
        return algorithm(request.get("oauth_signature_method")).map(algorithm -> Base64.getEncoder()
                .encodeToString(
                        Ec2Signature.mac(algorithm, key.getBytes(StandardCharsets.UTF_8), baseString(request))));
    }

    static Optional<String> algorithm(String method) {
        return switch (method) {
            case "HMAC-SHA1" -> Optional.of("HmacSHA1");
            case "HMAC-SHA256" -> Optional.of("HmacSHA256");
            default -> Optional.empty();
        };
    }

    static String baseString(OAuth1Request request) {
        String parameters = request.parameters().stream()
                .filter(p -> !p.name().equals("oauth_signature"))
                .map(p -> new OAuth1Request.Parameter(encoded(p.name()), encoded(p.value())))
                .sorted(Comparator.comparing(OAuth1Request.Parameter::name)
                        .thenComparing(OAuth1Request.Parameter::value))
                .map(p -> p.name() + "=" + p.value())
                .collect(Collectors.joining("&"));
        return request.method().toUpperCase(Locale.ROOT) + "&" + encoded(address(request.address())) + "&"
                + encoded(parameters);
    }

    private static String address(String text) {
        URI uri = URI.create(text);
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getRawAuthority().toLowerCase(Locale.ROOT);
        String usual = scheme.equals("https") ? ":443" : ":80";
        return scheme + "://" + (host.endsWith(usual) ? host.substring(0, host.length() - usual.length()) : host)
                + (uri.getRawPath().isEmpty() ? "/" : uri.getRawPath());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
