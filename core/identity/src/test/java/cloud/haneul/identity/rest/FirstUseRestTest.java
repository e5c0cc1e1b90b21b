package cloud.haneul.identity.rest;

import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.TestRest;
import cloud.haneul.kernel.testing.With;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Passwords that are good for choosing one's own. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
@With("haneul.identity.change-password-upon-first-use=true")
class FirstUseRestTest {
    @Test
    void aPasswordChosenByAnAdministratorMustBeChangedFirst(TestCloud cloud) throws Exception {
        try (TestRest rest = TestRest.of(cloud)) {
            Client admin = Client.admin(rest, cloud);
            String name = Client.name("ann");
            String id = admin.user(name);
            String login = "{\"methods\":[\"password\"],\"password\":{\"user\":{\"id\":\"%s\",\"password\":\"%s\"}}}";
            Client nobody = Client.of(rest);
            nobody.auth(login.formatted(id, Client.PASSWORD), "").is(401);
            nobody.post("/users/" + id + "/password", """
                    {"user":{"original_password":"%s","password":"my own"}}""".formatted(Client.PASSWORD))
                    .is(204);
            nobody.auth(login.formatted(id, "my own"), "").is(201);
            admin.patch("/users/" + id, """
                    {"user":{"password":"reset","options":{"ignore_change_password_upon_first_use":true}}}""").is(200);
            nobody.auth(login.formatted(id, "reset"), "").is(201);
            admin.patch("/users/" + id, """
                    {"user":{"password":"again","options":{"ignore_change_password_upon_first_use":false}}}""").is(200);
            nobody.auth(login.formatted(id, "again"), "").is(401);
        }
    }
}
