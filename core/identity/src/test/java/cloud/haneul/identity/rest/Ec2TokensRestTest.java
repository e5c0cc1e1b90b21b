package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.testing.TestClock;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.TestRest;
import cloud.haneul.kernel.testing.With;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tokens for signed requests; the signatures here are made as AWS's documentation says, apart from the code under test. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class Ec2TokensRestTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final DateTimeFormatter COMPACT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final TestCloud cloud;
    private final TestRest rest;
    private Client admin;
    private Client ann;
    private String annId;
    private String project;
    private String access;
    private String secret;

    Ec2TokensRestTest(TestCloud cloud) {
        this.cloud = cloud;
        rest = TestRest.of(cloud);
    }

    @BeforeEach
    void people() throws Exception {
        admin = Client.admin(rest, cloud);
        project = admin.project();
        String name = Client.name("ann");
        annId = admin.user(name);
        admin.give(annId, "member", project);
        ann = admin.inProject(name, project);
        JsonNode pair = ann.post("/users/" + annId + "/credentials/OS-EC2", "{\"tenant_id\":\"" + project + "\"}")
                .is(201)
                .json()
                .path("credential");
        access = pair.path("access").asText();
        secret = pair.path("secret").asText();
    }

    @AfterEach
    void close() {
        rest.close();
    }

    private static byte[] mac(String algorithm, byte[] key, String text) throws Exception {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key, algorithm));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private String v4(String service, String date, String text) throws Exception {
        byte[] key = mac("HmacSHA256", ("AWS4" + secret).getBytes(StandardCharsets.UTF_8), date.substring(0, 8));
        for (String part : new String[] {"RegionOne", service, "aws4_request"}) {
            key = mac("HmacSHA256", key, part);
        }
        return HexFormat.of().formatHex(mac("HmacSHA256", key, text));
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Map<String, Object> version4(Instant at, String bodyHash) throws Exception {
        Map<String, Object> request = version4(at, EMPTY, Map.of(), "host;x-amz-date");
        request.put("body_hash", bodyHash);
        return request;
    }

    /** @param signedHeaders of {@code host} and {@code x-amz-date}, and of {@code more} */
    private Map<String, Object> version4(Instant at, String bodyHash, Map<String, String> more, String signedHeaders)
            throws Exception {
        String date = COMPACT.format(at);
        String scope = date.substring(0, 8) + "/RegionOne/ec2/aws4_request";
        Map<String, String> headers = new java.util.TreeMap<>(more);
        headers.put("x-amz-date", date);
        StringBuilder canonical = new StringBuilder("GET\n/services/Cloud\nAction=DescribeInstances&Name=a%20b~%2A\n");
        for (String name : signedHeaders.split(";")) {
            canonical
                    .append(name)
                    .append(':')
                    .append(name.equals("host") ? "cloud.example.org:8773" : headers.get(name))
                    .append('\n');
        }
        canonical.append('\n').append(signedHeaders).append('\n').append(bodyHash);
        String signature =
                v4("ec2", date, "AWS4-HMAC-SHA256\n" + date + "\n" + scope + "\n" + sha256(canonical.toString()));
        headers.put(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + access + "/" + scope + ", SignedHeaders=" + signedHeaders
                        + ", Signature=" + signature);
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("access", access);
        request.put("signature", signature);
        request.put("host", "cloud.example.org:8773");
        request.put("verb", "GET");
        request.put("path", "/services/Cloud");
        request.put("params", Map.of("Action", "DescribeInstances", "Name", "a b~*"));
        request.put("headers", headers);
        request.put("body_hash", bodyHash);
        return request;
    }

    @Test
    void theBodyIsTheOneThatWasSigned() throws Exception {
        String all = "host;x-amz-content-sha256;x-amz-date";
        String signed = sha256("Action=DescribeInstances");
        Instant now = Instant.now();
        ec2(admin, version4(now, signed, Map.of("x-amz-content-sha256", signed), all))
                .is(200);
        // the service found another body than was announced
        Map<String, Object> otherBody = version4(now, signed, Map.of("x-amz-content-sha256", signed), all);
        otherBody.put("body_hash", sha256("Action=TerminateInstances"));
        ec2(admin, otherBody).is(401);
        // the signer announces what he did not sign
        ec2(admin, version4(now, signed, Map.of("x-amz-content-sha256", EMPTY), all))
                .is(401);
        // whoever signs no body lets anybody put one in
        for (String none : new String[] {"UNSIGNED-PAYLOAD", "STREAMING-UNSIGNED-PAYLOAD-TRAILER", ""}) {
            Map<String, Object> open = version4(now, none, Map.of("x-amz-content-sha256", none), all);
            if (none.isEmpty()) {
                open.remove("body_hash");
            }
            ec2(admin, open).is(401);
        }
    }

    @Test
    void aSignatureIsForTheHostAndTheTimeItNames() throws Exception {
        ec2(admin, version4(Instant.now(), EMPTY, Map.of(), "x-amz-date")).is(401);
        Map<String, Object> old = version2(Instant.now().minus(Duration.ofHours(1)));
        ec2(admin, old).is(401);
        // what version 2 does not sign does not make it younger
        old.put("headers", Map.of("X-Amz-Date", COMPACT.format(Instant.now())));
        ec2(admin, old).is(401);
    }

    @Test
    void aLinkIsGoodForNoLongerThanItSays() throws Exception {
        ec2(admin, link(Instant.now(), 60)).is(200);
        ec2(admin, link(Instant.now().minus(Duration.ofMinutes(2)), 60)).is(401);
        ec2(admin, link(Instant.now().minus(Duration.ofMinutes(2)), 300)).is(200);
        ec2(admin, link(Instant.now().minus(Duration.ofMinutes(20)), 604_800)).is(401);
    }

    /** A request that is signed in its address. */
    private Map<String, Object> link(Instant at, int seconds) throws Exception {
        String date = COMPACT.format(at);
        String scope = date.substring(0, 8) + "/RegionOne/ec2/aws4_request";
        Map<String, String> query = new java.util.TreeMap<>(Map.of(
                "Action",
                "DescribeInstances",
                "X-Amz-Algorithm",
                "AWS4-HMAC-SHA256",
                "X-Amz-Credential",
                access + "/" + scope,
                "X-Amz-Date",
                date,
                "X-Amz-Expires",
                Integer.toString(seconds),
                "X-Amz-SignedHeaders",
                "host"));
        StringBuilder canonical = new StringBuilder("GET\n/services/Cloud\n");
        query.forEach((name, value) -> canonical
                .append(name.equals("Action") ? "" : "&")
                .append(name)
                .append('=')
                .append(value.replace("/", "%2F")));
        canonical.append("\nhost:cloud.example.org\n\nhost\n").append(EMPTY);
        String signature =
                v4("ec2", date, "AWS4-HMAC-SHA256\n" + date + "\n" + scope + "\n" + sha256(canonical.toString()));
        query.put("X-Amz-Signature", signature);
        return new LinkedHashMap<>(Map.of(
                "access",
                access,
                "signature",
                signature,
                "host",
                "cloud.example.org",
                "verb",
                "GET",
                "path",
                "/services/Cloud",
                "params",
                query,
                "body_hash",
                EMPTY));
    }

    private Client.Answer ec2(Client who, Map<String, Object> request) throws Exception {
        return who.post("/ec2tokens", MAPPER.writeValueAsString(Map.of("credentials", request)));
    }

    private Client.Answer s3(Client who, String stringToSign, String signature) throws Exception {
        return who.post(
                "/s3tokens",
                MAPPER.writeValueAsString(Map.of(
                        "credentials",
                        Map.of(
                                "access", access,
                                "token",
                                        Base64.getUrlEncoder()
                                                .encodeToString(stringToSign.getBytes(StandardCharsets.UTF_8)),
                                "signature", signature))));
    }

    @Test
    void aServiceGetsATokenForWhoeverSignedWithVersion4() throws Exception {
        Client.Answer answer = ec2(admin, version4(Instant.now(), EMPTY)).is(200);
        assertThat(answer.text("/token/user/id")).isEqualTo(annId);
        assertThat(answer.text("/token/project/id")).isEqualTo(project);
        assertThat(answer.json().at("/token/roles").findValuesAsText("name")).containsExactly("member", "reader");
        ann.with(answer.header("X-Subject-Token")).get("/auth/projects").is(200);
    }

    @Test
    void onlyServicesAndAdministratorsMayAsk() throws Exception {
        Map<String, Object> request = version4(Instant.now(), EMPTY);
        ec2(Client.of(rest), request).is(401);
        ec2(ann, request).is(403);
        s3(Client.of(rest), "x", "y").is(401);
        s3(ann, "x", "y").is(403);
    }

    @Test
    void whatWasNotSignedLikeThatIsRefused() throws Exception {
        for (String field : new String[] {"verb", "path", "host", "body_hash", "access", "signature"}) {
            Map<String, Object> request = version4(Instant.now(), EMPTY);
            request.put(field, "0" + request.get(field));
            ec2(admin, request).is(401);
        }
        Map<String, Object> otherQuery = version4(Instant.now(), EMPTY);
        otherQuery.put("params", Map.of("Action", "TerminateInstances"));
        ec2(admin, otherQuery).is(401);
        Map<String, Object> noHash = version4(Instant.now(), EMPTY);
        noHash.remove("body_hash");
        ec2(admin, noHash).is(401);
        ec2(admin, version4(Instant.now().minus(Duration.ofMinutes(16)), EMPTY)).is(401);
        ec2(admin, version4(Instant.now().plus(Duration.ofMinutes(16)), EMPTY)).is(401);
    }

    @Test
    void version2IsTakenAndVersion1IsNot() throws Exception {
        Map<String, Object> request = version2(Instant.now());
        ec2(admin, request).is(200);
        @SuppressWarnings("unchecked")
        Map<String, String> query = (Map<String, String>) request.get("params");
        query.put("SignatureVersion", "1");
        ec2(admin, request).is(401);
    }

    private Map<String, Object> version2(Instant at) throws Exception {
        Map<String, String> query = new java.util.TreeMap<>(Map.of(
                "AWSAccessKeyId", access,
                "Action", "DescribeInstances",
                "SignatureMethod", "HmacSHA256",
                "SignatureVersion", "2",
                "Timestamp", at.toString().substring(0, 19) + "Z"));
        StringBuilder canonical = new StringBuilder();
        query.forEach((name, value) -> canonical
                .append(canonical.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(value.replace(":", "%3A")));
        String signature = Base64.getEncoder()
                .encodeToString(mac(
                        "HmacSHA256",
                        secret.getBytes(StandardCharsets.UTF_8),
                        "GET\ncloud.example.org\n/services/Cloud\n" + canonical));
        return new LinkedHashMap<>(Map.of(
                "access",
                access,
                "signature",
                signature,
                "host",
                "cloud.example.org:8773",
                "verb",
                "GET",
                "path",
                "/services/Cloud",
                "params",
                query));
    }

    @Test
    void anObjectStoreGetsATokenForASignedRequestWhileItIsFresh(TestClock clock) throws Exception {
        String date = COMPACT.format(clock.instant());
        String text =
                "AWS4-HMAC-SHA256\n" + date + "\n" + date.substring(0, 8) + "/RegionOne/s3/aws4_request\n" + EMPTY;
        String signature = v4("s3", date, text);
        assertThat(s3(admin, text, signature).is(200).text("/token/user/id")).isEqualTo(annId);
        s3(admin, text, "0" + signature.substring(1)).is(401);
        s3(admin, text.replace("/s3/", "/ec2/"), v4("ec2", date, text.replace("/s3/", "/ec2/")))
                .is(401);
        String old = "GET\n\n\n"
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC))
                + "\n/bucket/object";
        s3(
                        admin,
                        old,
                        Base64.getEncoder()
                                .encodeToString(mac("HmacSHA1", secret.getBytes(StandardCharsets.UTF_8), old)))
                .is(200);
        clock.forward(Duration.ofMinutes(16));
        s3(admin, text, signature).is(401);
        clock.forward(Duration.ofMinutes(-16));
    }

    @Test
    void keysAreGoodForNothingOnceTheirUserMayNotEnter() throws Exception {
        admin.take(annId, "member", project);
        ec2(admin, version4(Instant.now(), EMPTY)).is(401);
        admin.give(annId, "member", project);
        ec2(admin, version4(Instant.now(), EMPTY)).is(200);
        admin.patch("/users/" + annId, "{\"user\":{\"enabled\":false}}").is(200);
        ec2(admin, version4(Instant.now(), EMPTY)).is(401);
    }
}
