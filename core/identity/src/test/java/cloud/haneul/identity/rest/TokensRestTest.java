package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.testing.TestClock;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.TestRest;
import cloud.haneul.kernel.testing.With;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tokens at their edges: after their time, by services, in chains, with headers that lie. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
class TokensRestTest {
    private final TestCloud cloud;
    private final TestRest rest;
    private final TestClock clock;
    private Client admin;
    private Client ann;
    private Client service;
    private String annId;
    private String annName;
    private String serviceName;
    private String project;

    TokensRestTest(TestCloud cloud, TestClock clock) {
        this.cloud = cloud;
        this.clock = clock;
        rest = TestRest.of(cloud);
    }

    @BeforeEach
    void people() throws Exception {
        admin = Client.admin(rest, cloud);
        project = admin.project();
        annName = Client.name("ann");
        annId = admin.user(annName);
        admin.give(annId, "member", project);
        ann = admin.inProject(annName, project);
        serviceName = Client.name("service");
        admin.give(admin.user(serviceName), "service", project);
        service = admin.inProject(serviceName, project);
    }

    @AfterEach
    void close() {
        rest.close();
    }

    private Client.Answer rescope(Client who, String scope) throws Exception {
        return who.auth("{\"methods\":[\"token\"],\"token\":{\"id\":\"" + who.token() + "\"}}", scope);
    }

    private Client.Answer shown(Client by, String token, String query) throws Exception {
        return by.call("GET", "/auth/tokens" + query, "", "X-Subject-Token", token);
    }

    @Test
    void headersThatLieChangeNothing() throws Exception {
        String[] lies = {
            "X-User-Id", "admin", "X-Roles", "admin", "X-Is-Admin-Project", "True", "X-Identity-Status", "Confirmed",
            "X-Project-Id", "admin", "X-Domain-Id", "default", "Openstack-System-Scope", "all", "X-User-Name", "admin"
        };
        ann.call("GET", "/projects", "", lies).is(403);
        ann.call("POST", "/projects", "{\"project\":{\"name\":\"x\"}}", lies).is(403);
        Client.of(rest).call("GET", "/projects", "", lies).is(401);
        assertThat(ann.call("GET", "/auth/projects", "", lies).is(200).text("/projects/0/id"))
                .isEqualTo(project);
    }

    @Test
    void anExpiredTokenIsShownToServicesForTwoDaysMore() throws Exception {
        String token = ann.token();
        clock.forward(Duration.ofMinutes(61));
        admin = Client.admin(rest, cloud);
        service = admin.inProject(serviceName, project);
        ann = admin.inProject(annName, project);
        shown(service, token, "").is(404);
        shown(admin, token, "?allow_expired=0").is(404);
        assertThat(shown(service, token, "?allow_expired=1").is(200).text("/token/user/id"))
                .isEqualTo(annId);
        shown(admin, token, "?allow_expired=1").is(200);
        admin.call("HEAD", "/auth/tokens?allow_expired=1", "", "X-Subject-Token", token)
                .is(200);
        shown(ann, token, "?allow_expired=1").is(404);
        ann.with(token).get("/auth/projects").is(401);
        clock.forward(Duration.ofHours(48));
        admin = Client.admin(rest, cloud);
        shown(admin, token, "?allow_expired=1").is(404);
    }

    @Test
    void aServicesOwnTokenVouchesForAnExpiredOne() throws Exception {
        Client late = ann;
        clock.forward(Duration.ofMinutes(61));
        admin = Client.admin(rest, cloud);
        service = admin.inProject(serviceName, project);
        Client friend = admin.inProject(annName, project);
        late.get("/auth/projects").is(401);
        late.call("GET", "/auth/projects", "", "X-Service-Token", service.token())
                .is(200);
        late.call("GET", "/auth/projects", "", "X-Service-Token", friend.token())
                .is(401);
        late.call("GET", "/auth/projects", "", "X-Service-Token", "nonsense").is(401);
        // what was revoked stays so
        admin.patch("/users/" + annId, "{\"user\":{\"password\":\"another\"}}").is(200);
        late.call("GET", "/auth/projects", "", "X-Service-Token", service.token())
                .is(401);
        clock.forward(Duration.ofHours(48));
        admin = Client.admin(rest, cloud);
        admin.inProject(serviceName, project);
        service.with(service.token())
                .call("GET", "/auth/projects", "", "X-Service-Token", service.token())
                .is(401);
    }

    @Test
    void aTokenThatIsNoGoodGetsNoOther() throws Exception {
        ann.with("nonsense")
                .auth("{\"methods\":[\"token\"],\"token\":{\"id\":\"nonsense\"}}", "")
                .is(404);
        admin.patch("/users/" + annId, "{\"user\":{\"password\":\"another\"}}").is(200);
        rescope(ann, "").is(404);
    }

    @Test
    void tokensOfOneLoginShareTheirChainAndItsEnd() throws Exception {
        JsonNode first = shown(ann, ann.token(), "").json().path("token");
        Client.Answer answer = rescope(ann, "\"unscoped\"").is(201);
        JsonNode second = answer.json().path("token");
        assertThat(second.path("expires_at")).isEqualTo(first.path("expires_at"));
        assertThat(second.path("audit_ids")).hasSize(2);
        assertThat(second.at("/audit_ids/1")).isEqualTo(first.at("/audit_ids/0"));
        // one of them ends alone
        Client next = ann.with(answer.header("X-Subject-Token"));
        next.call("DELETE", "/auth/tokens", "", "X-Subject-Token", next.token()).is(204);
        next.get("/auth/projects").is(401);
        ann.get("/auth/projects").is(200);
    }

    @Test
    void whatWasRevokedIsListedForServices() throws Exception {
        String audit = shown(ann, ann.token(), "").text("/token/audit_ids/0");
        // revocations are dated by the database's own clock, which no test moves
        String before = Times.zulu(Instant.now().minusSeconds(5));
        ann.call("DELETE", "/auth/tokens", "", "X-Subject-Token", ann.token()).is(204);
        admin.patch("/users/" + annId, "{\"user\":{\"password\":\"another\"}}").is(200);
        JsonNode events =
                admin.get("/OS-REVOKE/events?since=" + before).is(200).json().path("events");
        assertThat(events).anyMatch(e -> e.path("audit_id").asText().equals(audit));
        assertThat(events)
                .anyMatch(e -> e.path("user_id").asText().equals(annId)
                        && e.path("issued_before").asText().endsWith("Z"));
        service.get("/OS-REVOKE/events").is(200);
        admin.inProject(stranger(), project).get("/OS-REVOKE/events").is(403);
        admin.get("/OS-REVOKE/events?since=bad").is(400);
        admin.get("/auth/tokens/OS-PKI/revoked").is(403);
    }

    private String stranger() throws Exception {
        String name = Client.name("stranger");
        admin.give(admin.user(name), "member", project);
        return name;
    }

    @Test
    void requestsWithoutATokenLeaveNothingBehind(cloud.haneul.kernel.data.Database database) throws Exception {
        long before = rows(database);
        Client nobody = Client.of(rest);
        for (int i = 0; i < 20; i++) {
            nobody.auth("""
                    {"methods":["password"],"password":{"user":{"name":"nobody-%d","domain":{"id":"default"},
                     "password":"x"}}}""".formatted(i), "").is(401);
            nobody.with("nonsense").get("/users").is(401);
            nobody.auth("{\"methods\":[\"no-such\"]}", "").is(401);
        }
        assertThat(rows(database)).isEqualTo(before);
    }

    private static long rows(cloud.haneul.kernel.data.Database database) {
        return database.read(em -> {
            long rows = 0;
            for (String entity :
                    new String[] {"AuditRecord", "IdentityRevocation", "LoginState", "IdentityTokenKey", "IdentityUser"
                    }) {
                rows += em.createQuery("select count(r) from " + entity + " r", Long.class)
                        .getSingleResult();
            }
            return rows;
        });
    }
}
