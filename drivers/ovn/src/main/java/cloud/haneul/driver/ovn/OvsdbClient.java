package cloud.haneul.driver.ovn;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * One OVSDB database: a copy of the tables that matter, and transactions. Once told to {@link #connect} it does so again whenever the
 * connection breaks, and to another member when a member of a cluster no longer leads it. While there is no connection
 * callers wait a moment and are then told that the database is not reachable.
 */
final class OvsdbClient implements AutoCloseable {
    private static final Logger LOG = System.getLogger(OvsdbClient.class.getName());
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long LONGEST_PAUSE_MILLIS = 3_000;

    private record Live(OvsdbConnection connection, Rows rows) {}

    private final String database;
    private final List<OvsdbAddress> addresses;
    private final Map<String, List<String>> tables;
    private final Function<Row, String> key;
    private final Runnable changed;
    private final Duration timeout;
    private final ExecutorService executor;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile CompletableFuture<Live> live = new CompletableFuture<>();
    private volatile OvsdbConnection current;
    private volatile String failure = "no connection was tried yet";

    /**
     * @param tables columns to copy, by table
     * @param key what copied rows are looked up by
     * @param changed called after each change of the copy, on the reading thread: must only take note
     */
    OvsdbClient(
            String database,
            List<OvsdbAddress> addresses,
            Map<String, List<String>> tables,
            Function<Row, String> key,
            Runnable changed,
            Duration timeout,
            ExecutorService executor) {
        this.database = database;
        this.addresses = addresses;
        this.tables = tables;
        this.key = key;
        this.changed = changed;
        this.timeout = timeout;
        this.executor = executor;
    }

    /** Begins to connect, and returns at once. */
    void connect() {
        executor.execute(this::stayConnected);
    }

    /** The copy. */
    Rows rows() {
        return live().rows();
    }

    /** Whether there is a connection right now. */
    boolean isConnected() {
        return live.isDone();
    }

    /** Waits until the copy has everything that anybody committed before this call. */
    void sync() {
        // the server sends what changed before it answers a transaction, even an empty one
        Transaction nothing = new Transaction("sync");
        result(live().connection().call("transact", nothing.parameters(database)));
    }

    /**
     * Commits a transaction; when this returns the copy has it, too.
     *
     * @return empty when it was committed; else how the database had changed since the copy was read, and nothing was done
     */
    Optional<String> transact(Transaction transaction) {
        JsonNode results = result(live().connection().call("transact", transaction.parameters(database)));
        for (JsonNode one : results) {
            if (one.hasNonNull("error")) {
                return Optional.of(raced(one));
            }
        }
        return Optional.empty();
    }

    private static String raced(JsonNode result) {
        String error = result.path("error").asText();
        String details = result.path("details").asText();
        boolean duplicate = error.equals("constraint violation") && details.contains("index on column");
        if (error.equals("timed out") || error.equals("referential integrity violation") || duplicate) {
            return error + ": " + details;
        }
        Code code =
                switch (error) {
                    case "constraint violation", "domain error", "range error", "syntax error" -> Code.INVALID;
                    case "permission error" -> Code.AUTHENTICATION_FAILED;
                    default -> Code.BACKEND_ERROR;
                };
        throw new DriverException(code, "OVN's database refused the change.", error + ": " + details, null);
    }

    private Live live() {
        try {
            return live.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new DriverException(
                    Code.UNREACHABLE,
                    "The network controller cannot be reached. The operator should check that its database " + database
                            + " is running.",
                    addresses + ": " + failure,
                    e);
        } catch (InterruptedException | ExecutionException e) {
            throw interrupted(e);
        }
    }

    private JsonNode result(CompletableFuture<JsonNode> answer) {
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new DriverException(
                    Code.TIMEOUT, "The network controller did not answer in time.", database + " " + addresses, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DriverException cause) {
                throw new DriverException(cause.code(), cause.getMessage(), cause.detail(), e);
            }
            throw new DriverException(Code.INTERNAL, "The network driver failed unexpectedly.", e.toString(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private DriverException interrupted(Exception cause) {
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return new DriverException(
                Code.INTERRUPTED, "The call to the network controller was interrupted.", database, cause);
    }

    // ---- the connection's life

    private void stayConnected() {
        long pause = 0;
        for (int turn = 0; !ended(pause); turn++) {
            OvsdbAddress address = addresses.get(turn % addresses.size());
            boolean worked = false;
            try {
                serve(address);
            } catch (IOException | RuntimeException e) {
                failure = address + ": " + e.getMessage();
            } finally {
                worked = live.isDone();
                if (worked) {
                    live = new CompletableFuture<>();
                }
                if (worked && end.getCount() > 0) {
                    LOG.log(Level.WARNING, "The connection to {0} at {1} ended", database, address);
                }
            }
            // at once to the next member of a cluster, slower each time nobody answers
            pause = worked
                    ? 50
                    : turn % addresses.size() + 1 < addresses.size()
                            ? 0
                            : Math.min(LONGEST_PAUSE_MILLIS, pause * 2 + 50);
        }
    }

    private void serve(OvsdbAddress address) throws IOException {
        try (SocketChannel channel = address.connect()) {
            CompletableFuture<Rows> copy = new CompletableFuture<>();
            try (OvsdbConnection connection = new OvsdbConnection(channel, executor, update -> {
                copy.join().apply(update);
                changed.run();
            })) {
                current = connection;
                if (end.getCount() == 0) {
                    return;
                }
                begin(connection, address, copy);
                connection.receive();
            }
        }
    }

    /** Each answer is handled on the reading thread, before whatever the server sends next. */
    private void begin(OvsdbConnection connection, OvsdbAddress address, CompletableFuture<Rows> copy) {
        leads(connection)
                .thenCompose(
                        leads -> connection.call("get_schema", JSON.arrayNode().add(database)))
                .thenCompose(schema -> {
                    Schema known = new Schema(schema, tables);
                    copy.complete(new Rows(known, key));
                    return connection.call("monitor_cond", monitoring(known));
                })
                .thenAccept(content -> {
                    copy.join().apply(content);
                    LOG.log(Level.INFO, "Connected to {0} at {1}", database, address);
                    live.complete(new Live(connection, copy.join()));
                    changed.run();
                })
                .exceptionally(e -> {
                    failure = address + ": " + e.getMessage();
                    connection.close();
                    return null;
                });
    }

    /** A member of a cluster that does not lead it may be behind. */
    private CompletableFuture<Boolean> leads(OvsdbConnection connection) {
        if (addresses.size() == 1) {
            return CompletableFuture.completedFuture(true);
        }
        ArrayNode parameters = JSON.arrayNode().add("_Server");
        ObjectNode select = parameters.addObject().put("op", "select").put("table", "Database");
        select.putArray("where").addArray().add("name").add("==").add(database);
        return connection.call("transact", parameters).thenApply(results -> {
            JsonNode row = results.path(0).path("rows").path(0);
            if (row.path("model").asText().equals("clustered")
                    && !row.path("leader").asBoolean()) {
                throw DriverException.of(Code.UNREACHABLE, "this member does not lead the cluster");
            }
            return true;
        });
    }

    private JsonNode monitoring(Schema schema) {
        ObjectNode requests = JSON.objectNode();
        for (String table : schema.tables()) {
            ArrayNode names = requests.putArray(table).addObject().putArray("columns");
            schema.columns(table).forEach(names::add);
        }
        return JSON.arrayNode().add(database).add(JSON.nullNode()).add(requests);
    }

    private boolean ended(long pauseMillis) {
        try {
            return end.await(pauseMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        end.countDown();
        OvsdbConnection connection = current;
        if (connection != null) {
            connection.close();
        }
    }
}
