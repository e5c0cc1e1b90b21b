package cloud.haneul.portal.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.identity.NewProject;
import cloud.haneul.identity.Projects;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.TestRest;
import cloud.haneul.kernel.testing.With;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.inject.spi.BeanManager;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every endpoint of identity, sent what it should not be: no input makes it fail (5xx), what is refused has changed nothing, and
 * a value of a wrong kind is refused by its field's name.
 */
@ExtendWith(TestCloud.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@With("haneul.identity.password-hash-memory=64")
class OddInputTest {
    private static final List<String> ODD_IDS = List.of(
            "..%2f..%2fetc%2fpasswd",
            "a%2Fb", "%00", "%ff", "%27", "%20", "%F0%9F%98%80", "x".repeat(5000), "..;", "%0d%0a");
    private static final List<String> ODD_QUERIES = List.of(
            "limit=-1",
            "limit=abc",
            "limit=99999999999999999999",
            "marker=%00",
            "marker=..%2f",
            "name=%00",
            "name=%ff",
            "name=" + "x".repeat(5000),
            "name__regex=(a%2B)%2B%24",
            "enabled=maybe",
            "enabled",
            "sort_key=1%3Bdrop",
            "sort_dir=up",
            "domain_id=%27",
            "domain_id=&domain_id=b",
            "tags=,,",
            "=",
            "&&&",
            "user.id=%00&scope.project.id=%00",
            "parents_as_list&parents_as_ids",
            "expires_at=gt:tomorrow",
            "password_expires_at=xx:1");

    private final Examples examples = new Examples();
    private final Set<String> refused = new HashSet<>();
    private List<Endpoint> endpoints;
    private TestRest rest;
    private Principal admin;
    private Things things;

    @BeforeAll
    void prepare(TestCloud cloud) {
        endpoints = Endpoint.all(cloud.get(BeanManager.class)).stream()
                .filter(endpoint -> endpoint.path().startsWith("/identity/v3")
                        || endpoint.path().startsWith("/haneul/v1/federation"))
                .toList();
        rest = TestRest.of(cloud);
        String own = cloud.get(Projects.class)
                .create(Caller.inner("test"), NewProject.named("own"))
                .id();
        admin = Principal.of(cloud, own, "admin");
        things = new Things(rest::uri, examples, admin);
        things.fix("own", own);
        new IdentityThings(things, examples).prepare(own, admin.userId());
    }

    @AfterAll
    void close() {
        rest.close();
    }

    @Test
    void noBodyHoweverOddIsTakenForAnother() {
        Set<String> failures = new TreeSet<>();
        int sent = 0;
        for (Endpoint endpoint : endpoints) {
            if (endpoint.reads() || endpoint.method().equals("DELETE")) {
                continue;
            }
            for (Examples.Example example : examples.of(endpoint)) {
                if (!example.body().startsWith("{")) {
                    continue;
                }
                before(endpoint.method(), endpoint.path());
                String path = things.path(endpoint.path());
                for (OddBodies.Odd odd : OddBodies.of(things.filled(example.body()))) {
                    sent++;
                    HttpResponse<String> answer = things.send(endpoint.method(), path, odd.body(), admin.token());
                    judge(endpoint, odd, answer).ifPresent(wrong -> failures.add(endpoint + " " + wrong));
                }
            }
        }
        failures.addAll(changedAlthoughRefused());
        assertThat(failures).isEmpty();
        assertThat(sent).isGreaterThan(3000);
    }

    private Optional<String> judge(Endpoint endpoint, OddBodies.Odd odd, HttpResponse<String> answer) {
        int status = answer.statusCode();
        if (status >= 500) {
            return Optional.of("fails (" + status + ") on " + odd);
        }
        if (status >= 400) {
            refused.add(answer.headers().firstValue("X-Openstack-Request-Id").orElse(""));
        }
        if (odd.field().isEmpty() || status == 401 || status == 403 || status == 404 || status == 409) {
            return Optional.empty();
        }
        if (status < 300) {
            return Optional.of("takes " + odd.field() + " in " + odd);
        }
        return answer.body().contains(odd.field())
                ? Optional.empty()
                : Optional.of("does not name " + odd.field() + " in " + odd + ": " + answer.body());
    }

    /** Does what is to be done before that, and before that again. */
    private void before(String method, String path) {
        for (String[] first : examples.before(method, path)) {
            before(first[0], first[1]);
            things.asAdmin(
                    first[0],
                    things.path(first[1]),
                    things.filled(examples.bodyOf(first[0], first[1]).orElse("")));
        }
    }

    /** A change and its event in the audit trail are one transaction: of what was refused there is none. */
    private List<String> changedAlthoughRefused() {
        List<String> changed = new ArrayList<>();
        String marker = "";
        while (true) {
            JsonNode page = things.must(
                            "GET",
                            "/haneul/v1/audit/events?outcome=success&limit=1000"
                                    + (marker.isEmpty() ? "" : "&marker=" + URLEncoder.encode(marker, UTF_8)),
                            "")
                    .path("events");
            for (JsonNode event : page) {
                if (refused.contains(event.findPath("request_id").asText("none"))) {
                    changed.add("was refused and changed something: " + event);
                }
                marker = event.path("id").asText();
            }
            if (page.size() < 1000) {
                return changed;
            }
        }
    }

    @Test
    void noAddressHoweverOddMakesItFail() {
        Set<String> failures = new TreeSet<>();
        for (Endpoint endpoint : endpoints) {
            if (endpoint.path().contains("{")) {
                for (String id : ODD_IDS) {
                    String path = endpoint.path()
                            .replaceAll("\\{\\s*(\\w+)\\s*:(?:[^{}]|\\{[^{}]*})*}", "{$1}")
                            .replaceAll("\\{\\w+}", id);
                    String body = examples.of(endpoint).get(0).body();
                    try {
                        check(endpoint, path, body.startsWith("?") ? "" : things.filled(body), failures);
                    } catch (IllegalArgumentException e) {
                        failures.add(endpoint + " " + id + ": " + e.getMessage());
                    }
                }
            }
            if (endpoint.reads()) {
                for (String query : ODD_QUERIES) {
                    check(endpoint, things.path(endpoint.path()) + "?" + query, "", failures);
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    private void check(Endpoint endpoint, String path, String body, Set<String> failures) {
        HttpResponse<String> answer = things.send(endpoint.method(), path, body, admin.token());
        if (answer.statusCode() >= 500) {
            String shown = path.length() > 200 ? path.substring(0, 200) + "..." : path;
            failures.add(endpoint + " fails (" + answer.statusCode() + ") at " + shown + ": " + answer.body());
        }
    }
}
