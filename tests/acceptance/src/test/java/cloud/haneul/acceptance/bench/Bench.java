package cloud.haneul.acceptance.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures a running cloud and prints the numbers; no test, nothing is asserted. {@code ./haneul bench} starts a cloud
 * of 1,000 simulated hosts for it, and with {@code libvirt} as argument one on real back ends; {@code identity} is
 * {@link IdentityBench}.
 *
 * <p>Each number stands next to a floor from the same machine and moment: a trivial endpoint of the same server, the same
 * list serialised from memory, a bare {@code virsh create} of an equal domain.
 */
public final class Bench {

    private static final String SERVERS = "/compute/v2.1/servers";

    private final BenchCloud cloud;
    private final String image;
    private final String flavor;
    private final String network;

    private Bench(BenchCloud cloud) {
        this.cloud = cloud;
        cloud.logIn();
        cloud.put(
                "/compute/v2.1/os-quota-sets/" + cloud.project(),
                "{\"quota_set\": {\"instances\": -1, \"cores\": -1, \"ram\": -1}}");
        cloud.put(
                "/network/v2.0/quotas/" + cloud.project(),
                "{\"quota\": {\"port\": -1, \"network\": -1, \"subnet\": -1}}");
        image = cloud.get("/image/v2/images").at("/images/0/id").asText();
        flavor = smallestFlavor();
        network = wideNetwork();
    }

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        BenchCloud cloud = new BenchCloud(System.getenv());
        switch (arguments.length > 0 ? arguments[0] : "") {
            case "libvirt" -> LibvirtRatio.measure(new Bench(cloud));
            case "identity" -> new IdentityBench(cloud, Path.of(System.getenv("HANEUL_BENCH_FIGURES"))).measure();
            default -> new Bench(cloud).simulated();
        }
        System.exit(0);
    }

    private void simulated() {
        requests();
        oneServer();
        manyServers(Integer.getInteger("bench.servers", 1000));
    }

    private void requests() {
        Runnable trivial = () -> cloud.bytes("/health/live");
        double alone = Stopwatch.rate("trivial endpoint, 1 client", 1, 1000, trivial);
        double crowded = Stopwatch.rate("trivial endpoint, 4 clients", 4, 4000, trivial);
        Stopwatch.rate("token by password, 1 client", 1, 20, alone, cloud::issueToken);
        Stopwatch.rate("token by password, 4 clients", 4, 40, crowded, cloud::issueToken);
        Stopwatch.rate("token check, 1 client", 1, 1000, alone, cloud::checkToken);
        Stopwatch.rate("token check, 4 clients", 4, 4000, crowded, cloud::checkToken);
    }

    private void oneServer() {
        Stopwatch.median(5, this::createAndAwait);
        Stopwatch.line(
                "one server, request to ACTIVE",
                "median %.0f ms of 20".formatted(Stopwatch.median(20, this::createAndAwait)));
    }

    private void manyServers(int count) {
        int before = active();
        long began = System.nanoTime();
        long accepted = Stopwatch.run(8, count, () -> create("storm"))[count];
        Stopwatch.line(
                count + " creates, 8 clients: all accepted",
                "%.1f s, %.0f/s".formatted(accepted / 1e9, count / (accepted / 1e9)));
        while (active() < before + count) {
            pause(200);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        Stopwatch.line(count + " creates: all ACTIVE", "%.1f s, %.0f/s".formatted(seconds, count / seconds));
        list(count);
    }

    private void list(int count) {
        String path = SERVERS + "/detail?limit=" + Math.min(count, 1000);
        byte[] bytes = cloud.bytes(path);
        JsonNode tree = cloud.get(path);
        // both as often before they are timed: what was just started has not been compiled
        Stopwatch.median(100, () -> cloud.bytes(path));
        double took = Stopwatch.median(50, () -> cloud.bytes(path));
        Stopwatch.median(100, () -> serialise(tree));
        double floor = Stopwatch.median(50, () -> serialise(tree));
        String what = "GET /servers/detail of " + tree.at("/servers").size();
        Stopwatch.line(
                what,
                "median %.1f ms, %d kB; the same from memory %.1f ms: %.1f times"
                        .formatted(took, bytes.length / 1024, floor, took / floor));
        // nobody has asked in these versions before, so nothing of the answers is kept
        AtomicInteger version = new AtomicInteger(70);
        double whole = Stopwatch.median(20, () -> cloud.bytes(path, "2." + version.getAndIncrement()));
        Stopwatch.line(what + ", each made anew", "median %.1f ms: %.1f times".formatted(whole, whole / floor));
    }

    private static void serialise(JsonNode tree) {
        try {
            BenchCloud.JSON.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Creates a server and comes back when it is ACTIVE. */
    String createAndAwait() {
        String id = create("bench");
        await(id, "ACTIVE");
        return id;
    }

    String create(String name) {
        return cloud.post(SERVERS, """
                        {"server": {"name": "%s-%s", "imageRef": "%s", "flavorRef": "%s", "networks": [{"uuid": "%s"}]}}
                        """.formatted(name, UUID.randomUUID(), image, flavor, network))
                .at("/server/id")
                .asText();
    }

    /** Comes back when it is SHUTOFF. */
    void stop(String id) {
        cloud.post(SERVERS + "/" + id + "/action", "{\"os-stop\": null}");
        await(id, "SHUTOFF");
    }

    private void await(String id, String status) {
        while (true) {
            JsonNode server = cloud.get(SERVERS + "/" + id).path("server");
            String now = server.path("status").asText();
            if (now.equals(status)) {
                return;
            }
            if (now.equals("ERROR")) {
                throw new IllegalStateException(server.toString());
            }
            pause(5);
        }
    }

    /** Comes back when it is gone. */
    void delete(String id) {
        cloud.delete(SERVERS + "/" + id);
        while (cloud.get(SERVERS).path("servers").findValuesAsText("id").contains(id)) {
            pause(100);
        }
    }

    /** The name of a server on its host. */
    String nameOnHost(String id) {
        return cloud.get(SERVERS + "/" + id)
                .at("/server/OS-EXT-SRV-ATTR:instance_name")
                .asText();
    }

    private int active() {
        int count = 0;
        String marker = "";
        while (true) {
            JsonNode servers =
                    cloud.get(SERVERS + "?status=ACTIVE&limit=1000" + marker).path("servers");
            count += servers.size();
            if (servers.size() < 1000) {
                return count;
            }
            marker = "&marker=" + servers.get(999).path("id").asText();
        }
    }

    private String smallestFlavor() {
        JsonNode smallest = null;
        for (JsonNode each : cloud.get("/compute/v2.1/flavors/detail").path("flavors")) {
            if (smallest == null
                    || each.path("ram").asInt() < smallest.path("ram").asInt()) {
                smallest = each;
            }
        }
        if (smallest == null) {
            throw new IllegalStateException("the cloud has no flavor");
        }
        return smallest.path("id").asText();
    }

    /** The first cloud's private network is too narrow for a thousand ports. */
    private String wideNetwork() {
        String id = cloud.post("/network/v2.0/networks", "{\"network\": {\"name\": \"bench\"}}")
                .at("/network/id")
                .asText();
        cloud.post(
                "/network/v2.0/subnets",
                "{\"subnet\": {\"network_id\": \"" + id + "\", \"ip_version\": 4, \"cidr\": \"10.99.0.0/16\"}}");
        return id;
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
