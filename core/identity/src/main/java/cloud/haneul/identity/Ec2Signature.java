package cloud.haneul.identity;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS's ways to sign a request: version 2 (the sorted query) and version 4 (method, path, query, chosen headers and the body's
 * hash). Versions 0 and 1, which leave most of the request unsigned, are not taken.
 */
final class Ec2Signature {
    static final String V4 = "AWS4-HMAC-SHA256";
    static final DateTimeFormatter COMPACT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern AUTHORIZATION =
            Pattern.compile(V4 + "\\s+Credential=([^,\\s]+),\\s*SignedHeaders=([^,\\s]+),\\s*Signature=([0-9a-f]+)");

    private Ec2Signature() {}

    /** Whether the request was signed with this secret; nobody's port is held against him. */
    static boolean isBy(String secret, Ec2Request request) {
        return matches(secret, request) || request.host().contains(":") && matches(secret, request.withoutPort());
    }

    private static boolean matches(String secret, Ec2Request request) {
        Optional<String> expected = isVersion4(request)
                ? version4(secret, request)
                : request.parameter("SignatureVersion").filter("2"::equals).flatMap(two -> version2(secret, request));
        return expected.filter(e -> equal(e, request.signature())).isPresent();
    }

    /** When it was signed, by what the signature covers; empty when it does not say or cannot be read. */
    static Optional<Instant> signedAt(Ec2Request request) {
        return (isVersion4(request)
                        ? request.parameter("X-Amz-Date").or(() -> request.header("x-amz-date"))
                        : request.parameter("Timestamp"))
                .flatMap(Ec2Signature::time);
    }

    /** How long its signer wants it to be good; empty when he does not say. */
    static Optional<Duration> validity(Ec2Request request) {
        return request.parameter("X-Amz-Expires")
                .filter(seconds -> seconds.matches("[0-9]{1,9}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    /** What version 4 makes of a string to sign, by the day, region and service of its scope. */
    static String version4(String secret, String[] scope, String stringToSign) {
        byte[] key = mac("HmacSHA256", ("AWS4" + secret).getBytes(StandardCharsets.UTF_8), scope[0]);
        key = mac("HmacSHA256", key, scope[1]);
        key = mac("HmacSHA256", key, scope[2]);
        key = mac("HmacSHA256", key, "aws4_request");
        return HexFormat.of().formatHex(mac("HmacSHA256", key, stringToSign));
    }

    static boolean equal(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] mac(String algorithm, byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + algorithm, e);
        }
    }

    private static boolean isVersion4(Ec2Request request) {
        return request.header("authorization").filter(a -> a.startsWith(V4)).isPresent()
                || request.parameter("X-Amz-Algorithm").filter(V4::equals).isPresent();
    }

    private static Optional<String> version2(String secret, Ec2Request request) {
        String algorithm =
                switch (request.parameter("SignatureMethod").orElse("HmacSHA256")) {
                    case "HmacSHA256" -> "HmacSHA256";
                    case "HmacSHA1" -> "HmacSHA1";
                    default -> "";
                };
        if (algorithm.isEmpty()) {
            return Optional.empty();
        }
        String text = request.verb() + "\n" + request.host() + "\n" + request.path() + "\n"
                + query(request.parameters(), "Signature");
        return Optional.of(
                Base64.getEncoder().encodeToString(mac(algorithm, secret.getBytes(StandardCharsets.UTF_8), text)));
    }

    private static Optional<String> version4(String secret, Ec2Request request) {
        Matcher header = AUTHORIZATION.matcher(request.header("authorization").orElse(""));
        boolean inHeader = header.matches();
        Optional<String> credential = inHeader ? Optional.of(header.group(1)) : request.parameter("X-Amz-Credential");
        Optional<String> signed = inHeader ? Optional.of(header.group(2)) : request.parameter("X-Amz-SignedHeaders");
        Optional<Instant> at = signedAt(request);
        if (credential.isEmpty() || signed.isEmpty() || at.isEmpty() || !bodyIsAsSigned(request)) {
            return Optional.empty();
        }
        String[] scope = credential.get().split("/", -1);
        // access key, day, region, service, aws4_request
        if (scope.length != 5
                || !scope[0].equals(request.access())
                || !scope[4].equals("aws4_request")
                || !COMPACT.format(at.get()).substring(0, 8).equals(scope[1])) {
            return Optional.empty();
        }
        List<String> names = List.of(signed.get().split(";", -1));
        if (!names.contains("host")) {
            // it would be as good for any other service
            return Optional.empty();
        }
        StringBuilder headers = new StringBuilder();
        for (String name : names) {
            Optional<String> value = name.equals("host") ? Optional.of(request.host()) : request.header(name);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            headers.append(name)
                    .append(':')
                    .append(value.get().strip().replaceAll(" +", " "))
                    .append('\n');
        }
        String canonical = String.join(
                "\n",
                request.verb(),
                request.path(),
                isForm(request) ? "" : query(request.parameters(), "X-Amz-Signature"),
                headers,
                signed.get(),
                request.bodyHash().orElse(""));
        String day = String.join("/", scope[1], scope[2], scope[3], scope[4]);
        String text = String.join("\n", V4, COMPACT.format(at.get()), day, SecretHashes.sha256(canonical));
        return Optional.of(version4(secret, new String[] {scope[1], scope[2], scope[3]}, text));
    }

    /** A form's parameters are its body, which the hash covers. */
    private static boolean isForm(Ec2Request request) {
        return request.verb().equals("POST")
                && request.header("content-type")
                        .filter(type -> type.startsWith("application/x-www-form-urlencoded"))
                        .isPresent();
    }

    /** There must be a hash of the body the service got, no word in its place, and the client must not have announced another. */
    private static boolean bodyIsAsSigned(Ec2Request request) {
        Optional<String> announced = request.header("x-amz-content-sha256");
        return request.bodyHash().filter(hash -> hash.matches("[0-9a-f]{64}")).isPresent()
                && (announced.isEmpty() || announced.equals(request.bodyHash()));
    }

    private static String query(Map<String, String> parameters, String signature) {
        Map<String, String> sorted = new TreeMap<>();
        parameters.forEach((name, value) -> {
            if (!name.equals(signature)) {
                sorted.put(encoded(name), encoded(value));
            }
        });
        return sorted.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(
                    text.contains("-")
                            ? text.endsWith("Z") || text.contains("+")
                                    ? OffsetDateTime.parse(text).toInstant()
                                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC)
                            : LocalDateTime.parse(text, COMPACT).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
