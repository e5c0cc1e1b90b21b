package cloud.haneul.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * The controller dies right after the first event of a creation, is started again and must finish what it began; then after the
 * second one, and so on until no event is left; the same with the deletion of what was created. Each start serves two
 * drills: it ends the one before and is where the next one begins.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class CrashDrill {
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final int MOST_EVENTS = 40;
    private static final String HALT = "HANEUL_OPERATIONS_HALT_AFTER";

    private Tenant tenant;
    private Map<String, Object> wanted;

    abstract Cloud cloud();

    /** Ids of domains and disks in the back end, of every tenant. */
    abstract List<String> machines();

    /** Whether the network's back end has something with that id. */
    abstract boolean isWired(String port);

    @AfterAll
    void theCloudGoesOnForOthers() {
        if (cloud() != null) {
            cloud().stop();
            cloud().set(HALT, "").start();
        }
    }

    @Test
    void whereverTheControllerDiesNothingIsLostNorChargedTwice() {
        tenant = Tenant.in(cloud(), "crash");
        wanted = tenant.server(
                "crash",
                tenant.image(),
                tenant.smallestFlavor(),
                List.of(Map.of("uuid", tenant.network("10.66.0.0/24"))));
        List<String> before = machines();
        long reachedByCreation = 0;
        long reachedByDeletion = 0;
        boolean creationDied = true;
        boolean deletionDied = true;
        for (int event = 1; creationDied || deletionDied; event++) {
            assertThat(event).isLessThan(MOST_EVENTS);
            restartToDieAfter("server-create:" + event);
            creationDied = creationDied && diesWhile(() -> tenant.create(wanted), "ACTIVE", "ERROR");
            restartToDieAfter(deletionDied ? "server-delete:" + event : "");
            assertThatTheBooksAreRight(before);
            if (servers().isEmpty()) {
                continue;
            }
            deletionDied =
                    diesWhile(() -> tenant.delete(servers().get(0).path("id").asText()), "GONE") && deletionDied;
            reachedByCreation += creationDied ? 1 : 0;
            reachedByDeletion += deletionDied ? 1 : 0;
            if (!cloud().isAlive()) {
                restartToDieAfter("");
            }
            await("deletion after event " + event).atMost(LONGEST).until(() -> servers()
                    .isEmpty());
            assertThatTheBooksAreRight(before);
        }
        assertThat(reachedByCreation).as("events of a creation").isGreaterThan(5);
        assertThat(reachedByDeletion).as("events of a deletion").isGreaterThan(3);
    }

    private void restartToDieAfter(String event) {
        if (cloud().isAlive()) {
            cloud().stop();
        }
        cloud().set(HALT, event).start();
        tenant = tenant.again(cloud());
    }

    /** @return whether the controller died of it; else the server has come to one of the ends */
    private boolean diesWhile(Runnable request, String... ends) {
        try {
            request.run();
        } catch (UncheckedIOException e) {
            // dead before it could answer
            await().atMost(Duration.ofSeconds(10)).until(() -> !cloud().isAlive());
        }
        await("death or " + List.of(ends))
                .atMost(LONGEST)
                .ignoreException(UncheckedIOException.class)
                .until(() -> {
                    if (!cloud().isAlive()) {
                        return true;
                    }
                    List<JsonNode> servers = servers();
                    return List.of(ends)
                            .contains(
                                    servers.isEmpty()
                                            ? "GONE"
                                            : servers.get(0).path("status").asText());
                });
        return !cloud().isAlive();
    }

    private List<JsonNode> servers() {
        List<JsonNode> servers = new java.util.ArrayList<>();
        tenant.rest().get("/compute/v2.1/servers/detail").ok().path("servers").forEach(servers::add);
        return servers;
    }

    private void assertThatTheBooksAreRight(List<String> before) {
        await("an end").atMost(LONGEST).until(() -> servers().stream().allMatch(s -> List.of("ACTIVE", "ERROR")
                .contains(s.path("status").asText())));
        List<JsonNode> servers = servers();
        assertThat(servers).hasSizeLessThan(2);
        boolean exists = !servers.isEmpty();
        boolean runs = exists && servers.get(0).path("status").asText().equals("ACTIVE");
        if (exists && !runs) {
            assertThat(servers.get(0).at("/fault/message").asText()).as("cause").isNotBlank();
        }
        assertThat(tenant.used("instances")).isEqualTo(exists ? 1 : 0);
        List<String> ports = ports();
        assertThat(ports).hasSize(exists ? 1 : 0);
        assertThat(tenant.usedOfNetwork("port")).isEqualTo(ports.size());
        await("the back end has what it should").atMost(LONGEST).untilAsserted(() -> {
            List<String> added = new java.util.ArrayList<>(machines());
            before.forEach(added::remove);
            if (runs) {
                assertThat(added)
                        .isNotEmpty()
                        .allMatch(machine ->
                                machine.contains(servers.get(0).path("id").asText()));
                assertThat(isWired(ports.get(0))).isTrue();
            } else {
                assertThat(added).isEmpty();
            }
        });
        assertThat(claimed()).isEqualTo(runs ? 1 : 0);
    }

    private List<String> ports() {
        List<String> ports = new java.util.ArrayList<>();
        tenant.rest()
                .get("/network/v2.0/ports?device_owner=compute:nova")
                .ok()
                .path("ports")
                .forEach(port -> ports.add(port.path("id").asText()));
        return ports;
    }

    /** vCPUs that servers of the drill hold on hosts; the smallest flavor has one. */
    private long claimed() {
        long used = 0;
        for (JsonNode host : tenant.admin().get("/haneul/v1/hosts").ok().path("hosts")) {
            used += host.at("/used/VCPU").asLong();
        }
        long ofOthers = 0;
        for (JsonNode server : tenant.admin()
                .get("/compute/v2.1/servers/detail?all_tenants=1")
                .ok()
                .path("servers")) {
            ofOthers += server.path("tenant_id").asText().equals(tenant.project())
                    ? 0
                    : server.at("/flavor/vcpus").asLong();
        }
        return used - ofOthers;
    }
}
