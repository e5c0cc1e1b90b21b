package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.testing.TestClock;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.TestRest;
import cloud.haneul.kernel.testing.With;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The operator's rules on passwords and on who gets in. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
@With("haneul.identity.lockout-failure-attempts=3")
@With("haneul.identity.lockout-duration=PT10M")
@With("haneul.identity.password-expires-days=30")
@With("haneul.identity.unique-last-password-count=3")
@With("haneul.identity.minimum-password-age=1")
@With("haneul.identity.password-regex=.*[a-z].*")
@With("haneul.identity.password-regex-description=a small letter")
@With("haneul.identity.disable-user-account-days-inactive=90")
class ComplianceRestTest {
    private final TestCloud cloud;
    private final TestRest rest;
    private final TestClock clock;
    private Client admin;
    private Client nobody;
    private String id;
    private String name;

    ComplianceRestTest(TestCloud cloud, TestClock clock) {
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
    }

    @AfterEach
    void close() {
        rest.close();
    }

    private Client.Answer login(String password) throws Exception {
        return nobody.auth("""
                {"methods":["password"],"password":{"user":{"id":"%s","password":"%s"}}}""".formatted(id, password), "");
    }

    private Client.Answer change(String from, String to) throws Exception {
        return nobody.post(
                "/users/" + id + "/password",
                "{\"user\":{\"original_password\":\"" + from + "\",\"password\":\"" + to + "\"}}");
    }

    private void option(String option) throws Exception {
        admin.patch("/users/" + id, "{\"user\":{\"options\":{\"" + option + "\":true}}}")
                .is(200);
    }

    private void days(int days) throws Exception {
        clock.forward(Duration.ofDays(days));
        admin = Client.admin(rest, cloud);
    }

    @Test
    void threeWrongPasswordsInARowLockAUserOutForAWhile() throws Exception {
        login("wrong").is(401);
        login("wrong").is(401);
        login(Client.PASSWORD).is(201);
        for (int i = 0; i < 3; i++) {
            login("wrong").is(401);
        }
        Client.Answer locked = login(Client.PASSWORD).is(401);
        assertThat(locked.text("/error/message")).isEqualTo(login("wrong").text("/error/message"));
        change(Client.PASSWORD, "new one").is(401);
        clock.forward(Duration.ofMinutes(9));
        login("wrong").is(401);
        clock.forward(Duration.ofMinutes(2));
        login(Client.PASSWORD).is(201);
    }

    @Test
    void anAdministratorLetsALockedUserIn() throws Exception {
        for (int i = 0; i < 3; i++) {
            login("wrong").is(401);
        }
        login(Client.PASSWORD).is(401);
        admin.patch("/users/" + id, "{\"user\":{\"enabled\":true}}").is(200);
        login(Client.PASSWORD).is(201);
        option("ignore_lockout_failure_attempts");
        for (int i = 0; i < 4; i++) {
            login("wrong").is(401);
        }
        login(Client.PASSWORD).is(201);
    }

    @Test
    void aLockedUserAnUnknownOneAndAWrongPasswordTakeTheSameTime() throws Exception {
        for (int i = 0; i < 3; i++) {
            login("wrong").is(401);
        }
        String other = admin.user(Client.name("bob"));
        admin.patch("/users/" + other, "{\"user\":{\"options\":{\"ignore_lockout_failure_attempts\":true}}}")
                .is(200);
        long locked = median(id);
        long wrong = median(other);
        long unknown = median("0123456789abcdef0123456789abcdef");
        assertThat((double) locked / wrong).isBetween(0.4, 2.5);
        assertThat((double) unknown / wrong).isBetween(0.4, 2.5);
    }

    private long median(String user) throws Exception {
        long[] nanos = new long[7];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            nobody.auth("""
                    {"methods":["password"],"password":{"user":{"id":"%s","password":"wrong"}}}""".formatted(user), "").is(401);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[nanos.length / 2];
    }

    @Test
    void anOldPasswordMustBeChangedFirst() throws Exception {
        String end = admin.get("/users/" + id).text("/user/password_expires_at");
        assertThat(end).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}");
        assertThat(login(Client.PASSWORD).is(201).text("/token/user/password_expires_at"))
                .isEqualTo(end);
        days(31);
        Client.Answer expired = login(Client.PASSWORD).is(401);
        assertThat(expired.text("/error/message"))
                .isEqualTo("The password is expired and needs to be changed for user: " + id + ".");
        assertThat(login("wrong").is(401).text("/error/message")).doesNotContain("expired");
        change(Client.PASSWORD, "another one").is(204);
        login("another one").is(201);
        days(31);
        login("another one").is(401);
        option("ignore_password_expiry");
        login("another one").is(201);
        admin.patch("/users/" + id, "{\"user\":{\"password\":\"set by others\"}}")
                .is(200);
        assertThat(admin.get("/users/" + id)
                        .json()
                        .at("/user/password_expires_at")
                        .isNull())
                .isTrue();
    }

    @Test
    void usersAreFoundByWhenTheirPasswordExpires() throws Exception {
        String first = admin.get("/users/" + id).text("/user/password_expires_at");
        assertThat(expiring("eq:" + first + "Z")).contains(id);
        assertThat(expiring("lte:" + first + "Z")).contains(id);
        assertThat(expiring("neq:" + first + "Z")).doesNotContain(id);
        assertThat(expiring("gt:" + first + "Z")).doesNotContain(id);
        assertThat(expiring("lt:2020-01-01T00:00:00Z")).isEmpty();
        days(1);
        change(Client.PASSWORD, "another one").is(204);
        assertThat(expiring("gt:" + first + "Z")).contains(id);
        assertThat(expiring("lte:" + first + "Z"))
                .as("the password before counts no more")
                .doesNotContain(id);
        for (String odd : List.of("soon", "lt", "before:" + first + "Z", "lt:soon", ":" + first + "Z")) {
            assertThat(admin.get("/users?password_expires_at=" + odd).is(400).text("/error/message"))
                    .contains("password_expires_at");
        }
    }

    private List<String> expiring(String when) throws Exception {
        return admin.get("/users?password_expires_at=" + when)
                .is(200)
                .json()
                .at("/users")
                .findValuesAsText("id");
    }

    @Test
    void aPasswordMustBeAsTheRulesWantIt() throws Exception {
        assertThat(change(Client.PASSWORD, "NO SMALL ONE").is(400).text("/error/message"))
                .contains("a small letter");
        admin.patch("/users/" + id, "{\"user\":{\"password\":\"NOR HERE\"}}").is(400);
        admin.post("/users", "{\"user\":{\"name\":\"" + Client.name("u") + "\",\"password\":\"123\"}}")
                .is(400);
    }

    @Test
    void aPasswordComesBackOnlyAfterOthersAndNotTheSameDay() throws Exception {
        change(Client.PASSWORD, "second").is(204);
        assertThat(change("second", "third").is(400).text("/error/message")).contains("minimum password age");
        clock.forward(Duration.ofHours(25));
        assertThat(change("second", Client.PASSWORD).is(400).text("/error/message"))
                .contains("identical to a previous password");
        change("second", "third").is(204);
        clock.forward(Duration.ofHours(25));
        change("third", "fourth").is(204);
        clock.forward(Duration.ofHours(25));
        // three are kept: second, third and fourth
        change("fourth", Client.PASSWORD).is(204);
        // an administrator's is another matter
        admin = Client.admin(rest, cloud);
        admin.patch("/users/" + id, "{\"user\":{\"password\":\"third\"}}").is(200);
        change("third", "fifth").is(204);
    }

    @Test
    void aLockedPasswordIsNotTheUsersToChange() throws Exception {
        option("lock_password");
        assertThat(change(Client.PASSWORD, "another").is(400).text("/error/message"))
                .contains("contact your administrator");
        change("wrong", "another").is(401);
        login(Client.PASSWORD).is(201);
    }

    @Test
    void whoDidNotComeForLongIsLetInByAnAdministratorAlone() throws Exception {
        option("ignore_password_expiry");
        login(Client.PASSWORD).is(201);
        days(80);
        login(Client.PASSWORD).is(201);
        days(91);
        login(Client.PASSWORD).is(401);
        admin.patch("/users/" + id, "{\"user\":{\"enabled\":true}}").is(200);
        login(Client.PASSWORD).is(201);
        option("ignore_user_inactivity");
        days(91);
        login(Client.PASSWORD).is(201);
    }
}
