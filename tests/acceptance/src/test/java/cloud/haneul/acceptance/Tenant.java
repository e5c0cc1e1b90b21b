package cloud.haneul.acceptance;

import cloud.haneul.acceptance.Rest.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A project with one member, made by the administrator for a test; what a test wants of servers in its words. */
final class Tenant {
    private static final String SERVERS = "/compute/v2.1/servers";
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final Rest admin;
    private final Rest rest;
    private final Credentials credentials;
    private final String project;

    private Tenant(Rest admin, Rest rest, Credentials credentials, String project) {
        this.admin = admin;
        this.rest = rest;
        this.credentials = credentials;
        this.project = project;
    }

    static Tenant in(Cloud cloud, String name) {
        Rest admin = cloud.as("admin");
        String project = admin.post("/identity/v3/projects", Map.of("project", Map.of("name", name)))
                .ok()
                .at("/project/id")
                .asText();
        String user = admin.post(
                        "/identity/v3/users", Map.of("user", Map.of("name", name, "password", "Secret of " + name)))
                .ok()
                .at("/user/id")
                .asText();
        String role = admin.get("/identity/v3/roles?name=member")
                .ok()
                .at("/roles/0/id")
                .asText();
        admin.put("/identity/v3/projects/" + project + "/users/" + user + "/roles/" + role, "")
                .ok();
        Credentials credentials = cloud.credentials("admin").inProject(name, "Secret of " + name, name);
        return new Tenant(admin, Rest.as(cloud, credentials), credentials, project);
    }

    /** The same tenant after the cloud was restarted or the token ended. */
    Tenant again(Cloud cloud) {
        return new Tenant(cloud.as("admin"), Rest.as(cloud, credentials), credentials, project);
    }

    Rest rest() {
        return rest;
    }

    Rest admin() {
        return admin;
    }

    String project() {
        return project;
    }

    Credentials credentials() {
        return credentials;
    }

    void quota(String compute, Map<String, Integer> limits) {
        admin.put("/" + compute + project, Map.of(compute.startsWith("compute") ? "quota_set" : "quota", limits))
                .ok();
    }

    void computeQuota(Map<String, Integer> limits) {
        quota("compute/v2.1/os-quota-sets/", limits);
    }

    void networkQuota(Map<String, Integer> limits) {
        quota("network/v2.0/quotas/", limits);
    }

    /** Room for as many servers as a test wants. */
    Tenant unlimited() {
        computeQuota(Map.of("instances", -1, "cores", -1, "ram", -1));
        networkQuota(Map.of("port", -1, "network", -1, "subnet", -1));
        return this;
    }

    String network(String cidr) {
        String network = rest.post("/network/v2.0/networks", Map.of("network", Map.of("name", "wide")))
                .ok()
                .at("/network/id")
                .asText();
        rest.post(
                        "/network/v2.0/subnets",
                        Map.of("subnet", Map.of("network_id", network, "ip_version", 4, "cidr", cidr)))
                .ok();
        return network;
    }

    String image() {
        return rest.get("/image/v2/images?name=guest").ok().at("/images/0/id").asText();
    }

    /** The one with the least memory. */
    String smallestFlavor() {
        JsonNode smallest = null;
        for (JsonNode each : rest.get("/compute/v2.1/flavors/detail").ok().path("flavors")) {
            if (smallest == null
                    || each.path("ram").asInt() < smallest.path("ram").asInt()) {
                smallest = each;
            }
        }
        return smallest.path("id").asText();
    }

    Map<String, Object> server(String name, String image, String flavor, Object networks) {
        Map<String, Object> server = new HashMap<>();
        server.put("name", name);
        server.put("imageRef", image);
        server.put("flavorRef", flavor);
        server.put("networks", networks);
        return server;
    }

    Answer create(Map<String, Object> server) {
        return rest.post(SERVERS, Map.of("server", server));
    }

    Answer show(String server) {
        return rest.get(SERVERS + "/" + server);
    }

    String status(String server) {
        Answer answer = show(server);
        return answer.status() == 404
                ? "GONE"
                : answer.ok().at("/server/status").asText();
    }

    String await(String server, String... any) {
        org.awaitility.Awaitility.await("server " + server + " becoming " + String.join(" or ", any))
                .atMost(LONGEST)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> java.util.List.of(any).contains(status(server)));
        return status(server);
    }

    Answer delete(String server) {
        return rest.delete(SERVERS + "/" + server);
    }

    /** What compute counts as used: instances, cores, ram. */
    long used(String resource) {
        return rest.get("/compute/v2.1/os-quota-sets/" + project + "/detail")
                .ok()
                .at("/quota_set/" + resource + "/in_use")
                .asLong();
    }

    long usedOfNetwork(String resource) {
        return admin.get("/network/v2.0/quotas/" + project + "/details.json")
                .ok()
                .at("/quota/" + resource + "/used")
                .asLong();
    }
}
