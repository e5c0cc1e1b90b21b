package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.testing.TestClock;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.TestRest;
import cloud.haneul.kernel.testing.With;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Logging in by one-time passwords and by several methods. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class MethodsRestTest {
    private static final String RECEIPT = "Openstack-Auth-Receipt";
    /** {@code 12345678901234567890}, the secret of RFC 6238's examples, in base32. */
    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private static final String BOTH = """
            {"user":{"options":{"multi_factor_auth_enabled":true,"multi_factor_auth_rules":[["password","totp"]]}}}""";

    private final TestCloud cloud;
    private final TestRest rest;
    private final TestClock clock;
    private Client admin;
    private Client nobody;
    private String id;
    private String name;

    MethodsRestTest(TestCloud cloud, TestClock clock) {
        this.cloud = cloud;
        this.clock = clock;
        rest = TestRest.of(cloud);
    }

    @BeforeEach
    void people() throws Exception {
        admin = Client.admin(rest, cloud);
        nobody = Client.of(rest);
        name = Client.name("ann");
        id = admin.user(name);
        admin.post("/credentials", """
                {"credential":{"user_id":"%s","type":"totp","blob":"%s"}}""".formatted(id, SECRET)).is(201);
    }

    @AfterEach
    void close() {
        rest.close();
    }

    /** As RFC 6238 says, apart from the code under test. */
    private static String code(Instant at) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec("12345678901234567890".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        byte[] hash = mac.doFinal(
                ByteBuffer.allocate(8).putLong(at.getEpochSecond() / 30).array());
        int offset = hash[19] & 15;
        return "%06d".formatted((ByteBuffer.wrap(hash, offset, 4).getInt() & 0x7fffffff) % 1_000_000);
    }

    private String password() {
        return "\"password\":{\"user\":{\"id\":\"" + id + "\",\"password\":\"" + Client.PASSWORD + "\"}}";
    }

    private String totp(String code) {
        return "\"totp\":{\"user\":{\"id\":\"" + id + "\",\"passcode\":\"" + code + "\"}}";
    }

    private Client.Answer both(String code) throws Exception {
        return nobody.auth("{\"methods\":[\"password\",\"totp\"]," + password() + "," + totp(code) + "}", "");
    }

    private Client.Answer onlyPassword(String... headers) throws Exception {
        return nobody.auth("{\"methods\":[\"password\"]," + password() + "}", "", headers);
    }

    private Client.Answer onlyTotp(String code, String... headers) throws Exception {
        return nobody.auth("{\"methods\":[\"totp\"]," + totp(code) + "}", "", headers);
    }

    @Test
    void theRfcsExamplesHold() throws Exception {
        assertThat(code(Instant.ofEpochSecond(59))).isEqualTo("287082");
        assertThat(code(Instant.ofEpochSecond(1111111109))).isEqualTo("081804");
    }

    @Test
    void passwordAndOneTimePasswordAreTakenTogether() throws Exception {
        JsonNode token = both(code(clock.instant())).is(201).json().path("token");
        assertThat(token.path("methods")).extracting(JsonNode::asText).containsExactly("password", "totp");
        both("000000").is(401);
    }

    @Test
    void aOneTimePasswordWorksOnceAndForItsHalfMinuteAndTheNext() throws Exception {
        String code = code(clock.instant());
        both(code).is(201);
        both(code).is(401);
        clock.forward(Duration.ofSeconds(60));
        String late = code(clock.instant());
        clock.forward(Duration.ofSeconds(30));
        both(late).is(201);
        clock.forward(Duration.ofSeconds(60));
        String tooLate = code(clock.instant());
        clock.forward(Duration.ofSeconds(61));
        both(tooLate).is(401);
    }

    @Test
    void aOneTimePasswordAloneIsNotEnough() throws Exception {
        onlyTotp(code(clock.instant())).is(401);
    }

    @Test
    void oneTimePasswordsCannotBeGuessed() throws Exception {
        for (int i = 0; i < 10; i++) {
            both("00000" + i).is(401);
        }
        both(code(clock.instant())).is(401);
    }

    @Test
    void whoMustShowBothGetsAReceiptForTheFirst() throws Exception {
        admin.patch("/users/" + id, BOTH).is(200);
        Client.Answer half = onlyPassword().is(401);
        assertThat(half.header(RECEIPT)).isNotEmpty();
        assertThat(half.header("X-Subject-Token")).isEmpty();
        assertThat(half.text("/receipt/methods/0")).isEqualTo("password");
        assertThat(half.text("/receipt/user/id")).isEqualTo(id);
        assertThat(half.text("/receipt/user/domain/name")).isEqualTo("Default");
        assertThat(half.text("/required_auth_methods/0/1")).isEqualTo("totp");
        JsonNode token = onlyTotp(code(clock.instant()), RECEIPT, half.header(RECEIPT))
                .is(201)
                .json()
                .path("token");
        assertThat(token.path("methods")).extracting(JsonNode::asText).containsExactlyInAnyOrder("password", "totp");
    }

    @Test
    void aReceiptIsForItsUserForAWhileAndNoToken() throws Exception {
        admin.patch("/users/" + id, BOTH).is(200);
        String receipt = onlyPassword().header(RECEIPT);
        nobody.with(receipt).get("/auth/projects").is(401);
        String otherName = Client.name("bob");
        String other = admin.user(otherName);
        nobody.auth("""
                {"methods":["password"],"password":{"user":{"id":"%s","password":"%s"}}}""".formatted(other, Client.PASSWORD), "", RECEIPT, receipt).is(401);
        String token = nobody.auth("""
                {"methods":["password"],"password":{"user":{"id":"%s","password":"%s"}}}""".formatted(other, Client.PASSWORD), "").header("X-Subject-Token");
        onlyTotp(code(clock.instant()), RECEIPT, token).is(401);
        clock.forward(Duration.ofMinutes(6));
        onlyTotp(code(clock.instant()), RECEIPT, receipt).is(401);
        char last = receipt.charAt(receipt.length() - 1);
        String fresh = onlyPassword().header(RECEIPT);
        onlyTotp(code(clock.instant()), RECEIPT, fresh.substring(0, fresh.length() - 2) + (last == 'A' ? "BB" : "AA"))
                .is(401);
    }

    @Test
    void aWrongSecondProofGetsNothing() throws Exception {
        admin.patch("/users/" + id, BOTH).is(200);
        Client.Answer wrong = both("000000").is(401);
        assertThat(wrong.header(RECEIPT)).isEmpty();
        both(code(clock.instant())).is(201);
    }

    @Test
    void rulesSwitchedOffDoNotCount() throws Exception {
        admin.patch("/users/" + id, BOTH).is(200);
        admin.patch("/users/" + id, "{\"user\":{\"options\":{\"multi_factor_auth_enabled\":false}}}")
                .is(200);
        onlyPassword().is(201);
        admin.patch("/users/" + id, "{\"user\":{\"options\":{\"multi_factor_auth_enabled\":true}}}")
                .is(200);
        onlyPassword().is(401);
        JsonNode options = admin.patch("/users/" + id, "{\"user\":{\"options\":{\"multi_factor_auth_rules\":null}}}")
                .is(200)
                .json()
                .at("/user/options");
        assertThat(options.has("multi_factor_auth_rules")).isFalse();
        onlyPassword().is(201);
    }

    @Test
    void aTokenKeepsWhatItWasGotBy() throws Exception {
        admin.patch("/users/" + id, BOTH).is(200);
        String token = both(code(clock.instant())).is(201).header("X-Subject-Token");
        nobody.auth("{\"methods\":[\"token\"],\"token\":{\"id\":\"" + token + "\"}}", "\"unscoped\"")
                .is(201);
    }

    @Test
    void oddOptionsAreRefused() throws Exception {
        for (String odd : new String[] {
            "{\"lock_password\":\"yes\"}",
            "{\"multi_factor_auth_rules\":\"password\"}",
            "{\"multi_factor_auth_rules\":[[]]}",
            "{\"multi_factor_auth_rules\":[[1]]}",
            "{\"multi_factor_auth_rules\":[[\"totp\"],[\"totp\"]]}",
            "{\"no_such_option\":true}"
        }) {
            admin.patch("/users/" + id, "{\"user\":{\"options\":" + odd + "}}").is(400);
        }
    }

    @Test
    void proofsOfTwoUsersAreNone() throws Exception {
        String other = admin.user(Client.name("bob"));
        nobody.auth(
                        "{\"methods\":[\"password\",\"totp\"],\"password\":{\"user\":{\"id\":\"" + other
                                + "\",\"password\":\"" + Client.PASSWORD + "\"}}," + totp(code(clock.instant())) + "}",
                        "")
                .is(401);
    }
}
