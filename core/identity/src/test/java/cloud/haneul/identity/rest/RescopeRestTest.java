package cloud.haneul.identity.rest;

import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.TestRest;
import cloud.haneul.kernel.testing.With;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where tokens are for one project and no other. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
@With("haneul.identity.allow-rescope-scoped-token=false")
class RescopeRestTest {
    @Test
    void aScopedTokenStaysWhereItIsAndAnUnscopedOneFindsItsWay(TestCloud cloud) throws Exception {
        try (TestRest rest = TestRest.of(cloud)) {
            Client admin = Client.admin(rest, cloud);
            String name = Client.name("ann");
            String project = admin.project();
            String other = admin.project();
            String id = admin.user(name);
            admin.give(id, "member", project);
            admin.give(id, "member", other);
            String there = "{\"project\":{\"id\":\"" + other + "\"}}";
            Client scoped = admin.inProject(name, project);
            rescope(scoped, there).is(403);
            rescope(scoped, "{\"domain\":{\"id\":\"default\"}}").is(403);
            rescope(scoped, "{\"system\":{\"all\":true}}").is(403);
            Client unscoped = admin.in(name, Client.PASSWORD, "\"unscoped\"");
            rescope(unscoped, there).is(201);
        }
    }

    private static Client.Answer rescope(Client who, String scope) throws Exception {
        return who.auth("{\"methods\":[\"token\"],\"token\":{\"id\":\"" + who.token() + "\"}}", scope);
    }
}
