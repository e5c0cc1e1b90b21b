package cloud.haneul.driver.ovn;

import static cloud.haneul.driver.ovn.Values.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.haneul.driver.ovn.Values.Named;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against real servers that die, hang and lose their leadership. */
class OvsdbClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        executor.shutdownNow();
    }

    @Test
    void whatAClientCommittedIsInItsCopyAtOnceAndInAnothersWhenThatAsks() {
        OvsdbServer server = server();
        OvsdbClient one = client(server.address(), PATIENCE);
        OvsdbClient two = client(server.address(), PATIENCE);
        for (int i = 0; i < 200; i++) {
            String name = "switch-" + i;
            assertThat(one.transact(newSwitch(name))).isEmpty();
            assertThat(names(one)).contains(name);
            two.sync();
            assertThat(names(two)).contains(name);
        }
    }

    @Test
    void aCopyThatFollowedManyChangesEqualsAFreshOne() {
        OvsdbServer server = server();
        OvsdbClient old = client(server.address(), PATIENCE);
        Random random = new Random(7);
        old.transact(newSwitch("a"));
        for (int i = 0; i < 500; i++) {
            Row row =
                    old.rows().read(rows -> rows.table(Tables.SWITCH).iterator().next());
            Transaction change = new Transaction("random");
            switch (random.nextInt(6)) {
                case 0 ->
                    change.add(
                            Tables.SWITCH,
                            row.uuid(),
                            "other_config",
                            Map.of("k" + random.nextInt(5), "v" + random.nextInt(3)));
                case 1 -> change.remove(Tables.SWITCH, row.uuid(), "other_config", set("k" + random.nextInt(5)));
                case 2 -> change.update(row, Map.of("other_config", Map.of("k1", "w" + i), "name", set("n" + i)));
                case 3 -> {
                    Named port = change.name();
                    change.insert(Tables.SWITCH_PORT, port, Map.of("name", set("p" + i), "addresses", set("unknown")));
                    change.add(Tables.SWITCH, row.uuid(), "ports", port);
                }
                case 4 ->
                    row.references("ports").stream()
                            .findFirst()
                            .ifPresent(port -> change.remove(Tables.SWITCH, row.uuid(), "ports", port));
                default ->
                    old.rows()
                            .read(rows ->
                                    rows.table(Tables.SWITCH_PORT).stream().findFirst())
                            .ifPresent(port -> change.update(
                                    port,
                                    Map.of(
                                            "enabled", random.nextBoolean() ? set(random.nextBoolean()) : set(),
                                            "addresses",
                                                    random.nextBoolean()
                                                            ? set("unknown", "fa:16:3e:00:00:01")
                                                            : set("router"))));
            }
            assertThat(old.transact(change)).isEmpty();
        }
        OvsdbClient fresh = client(server.address(), PATIENCE);
        assertThat(content(old)).isEqualTo(content(fresh));
        assertThat(content(fresh)).hasSizeGreaterThan(3);
    }

    @Test
    void afterItsServerCameBackAClientHasWhatTheServerHas() {
        OvsdbServer server = server();
        OvsdbClient client = client(server.address(), PATIENCE);
        client.transact(newSwitch("before"));
        server.kill();
        server.run();
        client.sync();
        assertThat(names(client)).containsExactly("before");
        assertThat(client.transact(newSwitch("after"))).isEmpty();
        assertThat(names(client)).containsExactlyInAnyOrder("before", "after");
    }

    @Test
    void withoutAServerCallersAreToldThatNothingHappened() {
        OvsdbClient client = client("unix:" + folder.resolve("nobody"), Duration.ofMillis(300));
        assertThatThrownBy(client::sync).isInstanceOfSatisfying(DriverException.class, e -> {
            assertThat(e.code()).isEqualTo(Code.UNREACHABLE);
            assertThat(e.detail()).contains("nobody");
        });
    }

    @Test
    void aServerThatHangsIsATimeoutAndOneThatDiesMeanwhileAnInterruption() {
        OvsdbServer server = server();
        OvsdbClient hasty = client(server.address(), Duration.ofSeconds(1));
        OvsdbClient patient = client(server.address(), PATIENCE);
        hasty.sync();
        patient.sync();
        server.freeze();
        Future<?> waiting = executor.submit(() -> patient.transact(newSwitch("lost")));
        assertThatThrownBy(() -> hasty.transact(newSwitch("late")))
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.code()).isEqualTo(Code.TIMEOUT));
        server.kill();
        assertThatThrownBy(waiting::get).cause().isInstanceOfSatisfying(DriverException.class, e -> assertThat(e.code())
                .isEqualTo(Code.INTERRUPTED));
    }

    @Test
    void anInterruptedCallerTakesNobodyElsesConnectionDown() throws Exception {
        OvsdbServer server = server();
        OvsdbClient client = client(server.address(), PATIENCE);
        client.sync();
        server.freeze();
        Future<?> other = executor.submit(client::sync);
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                client.sync();
                end.complete(new AssertionError("was not interrupted"));
            } catch (DriverException e) {
                end.complete(e);
            }
        });
        caller.start();
        await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
        caller.interrupt();
        assertThat(end.get()).isInstanceOfSatisfying(DriverException.class, e -> assertThat(e.code())
                .isEqualTo(Code.INTERRUPTED));
        server.thaw();
        other.get();
    }

    @Test
    void manyRequestsAreInFlightAtOnce() throws Exception {
        OvsdbServer server = server();
        OvsdbClient client = client(server.address(), PATIENCE);
        List<Future<Optional<String>>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String name = "switch-" + i;
            all.add(executor.submit(() -> client.transact(newSwitch(name))));
        }
        for (Future<Optional<String>> one : all) {
            assertThat(one.get()).isEmpty();
        }
        assertThat(names(client)).hasSize(100);
    }

    @Test
    void whatChangedMeanwhileMakesATransactionDoNothing() {
        OvsdbServer server = server();
        OvsdbClient client = client(server.address(), PATIENCE);
        client.transact(newSwitch("a"));
        Row stale =
                client.rows().read(rows -> rows.table(Tables.SWITCH).iterator().next());
        Transaction change = new Transaction("change");
        change.update(stale, Map.of("other_config", Map.of("k", "1")));
        assertThat(client.transact(change)).isEmpty();
        Transaction late = newSwitch("b");
        late.demand(stale, "other_config");
        assertThat(client.transact(late)).isPresent();
        Transaction gone = new Transaction("delete");
        gone.delete(stale);
        assertThat(client.transact(gone)).isEmpty();
        Transaction onNothing = newSwitch("c");
        onNothing.demand(stale);
        assertThat(client.transact(onNothing)).isPresent();
        assertThat(names(client)).isEmpty();
    }

    @Test
    void valuesTheSchemaForbidsAreInvalid() {
        OvsdbClient client = client(server().address(), PATIENCE);
        Transaction transaction = new Transaction("wrong");
        Named port = transaction.name();
        transaction.insert(Tables.SWITCH_PORT, port, Map.of("name", set("p"), "tag", set(70_000L)));
        assertThatThrownBy(() -> client.transact(transaction))
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID));
    }

    @Test
    void inAClusterItTalksToTheMemberThatLeads() {
        List<OvsdbServer> cluster = OvsdbServer.cluster(folder, OvsdbServer.NORTHBOUND, Tables.NORTHBOUND, 3);
        open.addAll(cluster);
        OvsdbServer leader = cluster.stream()
                .filter(one -> one.leads(Tables.NORTHBOUND))
                .findFirst()
                .orElseThrow();
        List<String> leaderLast =
                new ArrayList<>(cluster.stream().map(OvsdbServer::address).toList());
        leaderLast.remove(leader.address());
        leaderLast.add(leader.address());
        OvsdbClient client = client(String.join(",", leaderLast), PATIENCE);
        assertThat(client.transact(newSwitch("before"))).isEmpty();
        leader.kill();
        await().atMost(PATIENCE).until(() -> {
            client.sync();
            return names(client).contains("before");
        });
        assertThat(client.transact(newSwitch("after"))).isEmpty();
    }

    private OvsdbServer server() {
        OvsdbServer server = OvsdbServer.start(folder, OvsdbServer.NORTHBOUND);
        open.add(server);
        return server;
    }

    private OvsdbClient client(String address, Duration timeout) {
        OvsdbClient client = new OvsdbClient(
                Tables.NORTHBOUND,
                OvsdbAddress.list("northbound", address),
                Tables.COPIED,
                row -> "",
                () -> {},
                timeout,
                executor);
        client.connect();
        open.add(0, client);
        return client;
    }

    private static Transaction newSwitch(String name) {
        Transaction transaction = new Transaction("new switch");
        transaction.insert(Tables.SWITCH, transaction.name(), Map.of("name", set(name)));
        return transaction;
    }

    private static List<String> names(OvsdbClient client) {
        return client.rows().read(rows -> rows.table(Tables.SWITCH).stream()
                .map(row -> row.text("name").orElse(""))
                .toList());
    }

    private static Map<Object, Object> content(OvsdbClient client) {
        return client.rows().read(rows -> {
            Map<Object, Object> content = new java.util.HashMap<>();
            for (String table : List.of(Tables.SWITCH, Tables.SWITCH_PORT)) {
                rows.table(table).forEach(row -> {
                    Map<String, Object> filled = new java.util.HashMap<>(row.columns());
                    // the server leaves out what is empty
                    filled.values()
                            .removeIf(value -> value.equals(set()) || value.equals(Map.of()) || value.equals(set("")));
                    content.put(row.uuid(), filled);
                });
            }
            return content;
        });
    }
}
