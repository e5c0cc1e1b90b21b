package cloud.haneul.portal.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;

/** What requests to identity can be about beyond what is made by a plain POST. */
final class IdentityThings {
    private final Things things;
    private final Examples examples;

    IdentityThings(Things things, Examples examples) {
        this.things = things;
        this.examples = examples;
    }

    /**
     * @param own id of the project the administrator is in
     * @param admin the administrator's id
     */
    void prepare(String own, String admin) {
        things.fix("place", "services/" + things.id("/identity/v3/services"));
        things.fix("actors", "users");
        // what is below a user is the administrator's, who can make it
        things.fix("users/user", admin);
        JsonNode client = application(admin, "");
        things.fix(
                "client",
                basic(client.path("id").asText(), client.path("secret").asText()));
        things.fix("access_rules/id", () -> accessRule(admin));
        things.fix("config/group", "identity");
        things.fix("identity/option", "driver");
        JsonNode keys = things.must(
                        "POST",
                        "/identity/v3/users/" + admin + "/credentials/OS-EC2",
                        "{\"tenant_id\": \"" + own + "\"}")
                .path("credential");
        SignedRequests signed = new SignedRequests(
                keys.path("access").asText(), keys.path("secret").asText());
        things.fix("ec2", signed.ec2());
        things.fix("s3", signed.s3());
        prepareWhatIsInUse();
        things.fix("users/actor", things.id("/identity/v3/users"));
        things.fix("projects/target", own);
        things.fix(
                "domains/target",
                things.must("POST", "/identity/v3/domains", "{\"domain\": {\"name\": \"target\"}}")
                        .at("/domain/id")
                        .asText());
        things.fix(
                "implied",
                things.must("POST", "/identity/v3/roles", "{\"role\": {\"name\": \"implied\"}}")
                        .at("/role/id")
                        .asText());
    }

    /** A mapping of a protocol and a registered limit with limits, which cannot be deleted as others can. */
    private void prepareWhatIsInUse() {
        things.fix("mappings/id", "other");
        things.must(
                "PUT",
                "/identity/v3/OS-FEDERATION/mappings/example",
                examples.bodyOf("PUT", "/identity/v3/OS-FEDERATION/mappings/{id}")
                        .orElseThrow());
        String service = things.must(
                        "POST",
                        "/identity/v3/services",
                        "{\"service\": {\"name\": \"limited\", \"type\": \"limited\"}}")
                .at("/service/id")
                .asText();
        things.must(
                "POST",
                "/identity/v3/registered_limits",
                "{\"registered_limits\": [{\"service_id\": \"" + service
                        + "\", \"resource_name\": \"example\", \"default_limit\": 5}]}");
        things.fix("limited", service);
        things.fix(
                "roles/role",
                things.must("GET", "/identity/v3/roles?name=reader", "")
                        .at("/roles/0/id")
                        .asText());
    }

    private JsonNode application(String user, String more) {
        return things.must(
                        "POST",
                        "/identity/v3/users/" + user + "/application_credentials",
                        things.filled("{\"application_credential\": {\"name\": \"<unique>\"" + more + "}}"))
                .path("application_credential");
    }

    private static String basic(String name, String secret) {
        return Base64.getEncoder().encodeToString((name + ":" + secret).getBytes(UTF_8));
    }

    /** One that no application credential has any more. */
    private String accessRule(String user) {
        JsonNode application = application(
                user,
                ", \"access_rules\": [{\"service\": \"image\", \"method\": \"GET\", \"path\": \"/v2/<unique>\"}]");
        things.must(
                "DELETE",
                "/identity/v3/users/" + user + "/application_credentials/"
                        + application.path("id").asText(),
                "");
        return application.at("/access_rules/0/id").asText();
    }
}
