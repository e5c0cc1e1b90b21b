package cloud.haneul.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.haneul.acceptance.Rest.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A thousand hosts, a thousand servers, and more demand than there is room. */
class ScaleIT {
    @RegisterExtension
    static final SharedCloud CLOUD = SharedCloud.simulated();

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MANY = 1000;

    @BeforeAll
    static void aThousandHosts() {
        addHosts("wide", MANY, "cpus=8&memory-mib=16384&disk-gib=200", 16.0);
    }

    @Test
    void aThousandServersAreAcceptedAndBecomeActive() {
        Tenant tenant = Tenant.in(CLOUD.cloud(), "thousand").unlimited();
        Map<String, Object> server = serverIn("wide", tenant, "10.60.0.0/16");

        List<Answer> answers = parallel(8, MANY, () -> tenant.create(server));

        assertThat(answers).allMatch(answer -> answer.status() == 202);
        await("a thousand ACTIVE servers")
                .atMost(LONGEST)
                .until(() -> count(tenant, "ACTIVE") == MANY || count(tenant, "ERROR") > 0);
        assertThat(count(tenant, "ERROR")).isZero();
        assertThat(tenant.used("instances")).isEqualTo(MANY);
        assertThat(hosts("wide"))
                .allSatisfy(host -> assertThat(host.at("/used/MEMORY_MB").asLong())
                        .isLessThanOrEqualTo(host.at("/capacity/MEMORY_MB").asLong()));
        assertThat(addresses(tenant)).doesNotHaveDuplicates().hasSize(MANY);
    }

    @Test
    void racingTenantsNeverExceedTheirQuotas() {
        List<Tenant> tenants = List.of(Tenant.in(CLOUD.cloud(), "racer-a"), Tenant.in(CLOUD.cloud(), "racer-b"));
        List<Callable<Answer>> requests = new ArrayList<>();
        for (Tenant tenant : tenants) {
            tenant.computeQuota(Map.of("instances", 7, "cores", 100, "ram", 1_000_000));
            Map<String, Object> server = serverIn("wide", tenant, "10.61.0.0/24");
            for (int i = 0; i < 50; i++) {
                requests.add(() -> tenant.create(server));
            }
        }
        java.util.Collections.shuffle(requests, new java.util.Random(7));

        List<Answer> answers = parallel(50, requests);

        assertThat(answers.stream().filter(answer -> answer.status() == 202)).hasSize(14);
        assertThat(answers.stream().filter(answer -> answer.status() != 202)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.message()).contains("Quota exceeded").contains("instances");
        });
        for (Tenant tenant : tenants) {
            assertThat(tenant.used("instances")).isEqualTo(7);
            await().atMost(LONGEST).until(() -> count(tenant, "ACTIVE") == 7);
            // the network's own ports, of DHCP and metadata, are nobody's expense
            assertThat(tenant.usedOfNetwork("port"))
                    .isEqualTo(tenant.rest()
                            .get("/network/v2.0/ports?device_owner=compute:nova")
                            .ok()
                            .path("ports")
                            .size());
        }
    }

    @Test
    void aFullCloudExplainsItselfHostByFilter() {
        addHosts("narrow", 2, "cpus=2&memory-mib=4096&disk-gib=100", 1.0);
        Tenant tenant = Tenant.in(CLOUD.cloud(), "overflow").unlimited();
        Map<String, Object> server = serverIn("narrow", tenant, "10.62.0.0/24");

        List<Answer> answers = parallel(4, 6, () -> tenant.create(server));

        assertThat(answers).allMatch(answer -> answer.status() == 202);
        await().atMost(LONGEST).until(() -> count(tenant, "ACTIVE") + count(tenant, "ERROR") == 6);
        assertThat(count(tenant, "ACTIVE")).isEqualTo(4);
        JsonNode refused = tenant.rest()
                .get("/compute/v2.1/servers/detail?status=ERROR")
                .ok()
                .at("/servers/0/fault");
        assertThat(refused.path("message").asText())
                .startsWith("No valid host was found. Of ")
                .contains("2 without enough vCPUs (1 needed)")
                .containsPattern("\\d+ .*zone");
    }

    /** One flavor for all: one vCPU, so that rooms can be counted. */
    private static Map<String, Object> serverIn(String zone, Tenant tenant, String cidr) {
        Map<String, Object> server = new HashMap<>(tenant.server(
                "many", tenant.image(), tenant.smallestFlavor(), List.of(Map.of("uuid", tenant.network(cidr)))));
        server.put("availability_zone", zone);
        return server;
    }

    private static void addHosts(String zone, int count, String size, double cpuRatio) {
        Rest admin = CLOUD.cloud().as("admin");
        admin.post(
                        "/haneul/v1/hosts",
                        Map.of(
                                "host",
                                Map.of(
                                        "uri", "simulator:?hosts=" + count + "&" + size,
                                        "name", zone,
                                        "availability_zone", zone,
                                        "cpu_allocation_ratio", cpuRatio)))
                .ok();
        await(count + " hosts")
                .atMost(LONGEST)
                .until(() -> hosts(zone).stream()
                                .filter(host -> host.path("connection").asText().equals("UP"))
                                .count()
                        == count);
    }

    private static List<JsonNode> hosts(String zone) {
        List<JsonNode> hosts = new ArrayList<>();
        Rest admin = CLOUD.cloud().as("admin");
        String marker = "";
        while (true) {
            JsonNode page =
                    admin.get("/haneul/v1/hosts?limit=1000" + marker).ok().path("hosts");
            if (page.isEmpty()) {
                return hosts;
            }
            page.forEach(host -> {
                if (host.path("availability_zone").asText().equals(zone)) {
                    hosts.add(host);
                }
            });
            marker = "&marker=" + page.get(page.size() - 1).path("name").asText();
        }
    }

    private static int count(Tenant tenant, String status) {
        return tenant.rest()
                .get("/compute/v2.1/servers?limit=1000&status=" + status)
                .ok()
                .path("servers")
                .size();
    }

    private static List<String> addresses(Tenant tenant) {
        return tenant.rest()
                .get("/compute/v2.1/servers/detail?limit=1000")
                .ok()
                .path("servers")
                .findValuesAsText("addr");
    }

    private static List<Answer> parallel(int threads, int times, Callable<Answer> request) {
        return parallel(threads, java.util.Collections.nCopies(times, request));
    }

    private static List<Answer> parallel(int threads, List<Callable<Answer>> requests) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> each : pool.invokeAll(requests)) {
                answers.add(each.get());
            }
            return answers;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            pool.shutdown();
        }
    }
}
