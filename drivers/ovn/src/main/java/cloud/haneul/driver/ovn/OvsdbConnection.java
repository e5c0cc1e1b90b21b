package cloud.haneul.driver.ovn;

import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One live connection to an OVSDB server: JSON-RPC 1.0, requests of many threads in flight at once, each answered by its id.
 * It lives as long as its socket; {@link OvsdbClient} makes the next one.
 *
 * <p>Callers never touch the socket: an interrupted thread closes the channel it writes to, and it is everybody's. A writer
 * thread sends what is queued and asks for a sign of life when nothing is; the thread inside {@link #receive} reads. Answers and
 * updates are handled on that one thread in the order they come, so when a transaction's answer is seen its update was applied.
 */
final class OvsdbConnection implements AutoCloseable {
    /** Half of all field names are UUIDs: remembering them costs more than reading them again. */
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build());

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long PROBE_SECONDS = 5;
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(3 * PROBE_SECONDS);
    private static final ByteBuffer END = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final Consumer<JsonNode> updates;
    private final BlockingQueue<ByteBuffer> outgoing = new LinkedBlockingQueue<>();
    private final Map<Long, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private volatile long heardFrom = System.nanoTime();
    private volatile boolean closed;

    /** @param updates given the tables of each change that the server reports */
    OvsdbConnection(SocketChannel channel, ExecutorService executor, Consumer<JsonNode> updates) {
        this.channel = channel;
        this.updates = updates;
        executor.execute(this::send);
    }

    /** Sends a request; the future ends with its result, or with a {@link DriverException}. */
    CompletableFuture<JsonNode> call(String method, JsonNode parameters) {
        long id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        ObjectNode request = JSON.objectNode().put("id", id).put("method", method);
        request.set("params", parameters);
        queue(request);
        if (closed) {
            abandon();
        }
        return answer;
    }

    /** Reads until the connection ends. */
    void receive() throws IOException {
        // not inside the loop's condition: making the iterator reads from the socket already
        try (MappingIterator<JsonNode> messages =
                MAPPER.readerFor(JsonNode.class).readValues(Channels.newInputStream(channel))) {
            while (messages.hasNextValue()) {
                JsonNode message = messages.nextValue();
                heardFrom = System.nanoTime();
                dispatch(message);
            }
        } finally {
            close();
        }
    }

    private void dispatch(JsonNode message) {
        switch (message.path("method").asText()) {
            case "echo" -> {
                ObjectNode reply = JSON.objectNode();
                reply.set("id", message.get("id"));
                reply.set("result", message.get("params"));
                reply.set("error", JSON.nullNode());
                queue(reply);
            }
            case "update2" -> updates.accept(message.path("params").path(1));
            case "", "null" -> answered(message);
            default -> {
                // a notification we did not ask for
            }
        }
    }

    private void answered(JsonNode message) {
        CompletableFuture<JsonNode> answer = waiting.remove(message.path("id").asLong());
        if (answer == null) {
            return;
        }
        if (message.hasNonNull("error")) {
            answer.completeExceptionally(new DriverException(
                    Code.BACKEND_ERROR,
                    "OVN's database refused a request.",
                    message.get("error").toString(),
                    null));
        } else {
            answer.complete(message.path("result"));
        }
    }

    private void queue(JsonNode message) {
        try {
            outgoing.add(ByteBuffer.wrap(MAPPER.writeValueAsBytes(message)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of nodes can always be written", e);
        }
    }

    private void send() {
        try {
            while (!closed) {
                ByteBuffer next = outgoing.poll(PROBE_SECONDS, TimeUnit.SECONDS);
                if (next == null) {
                    if (System.nanoTime() - heardFrom > SILENCE_NANOS) {
                        return;
                    }
                    // whatever it answers, we hear from it
                    var unused = call("echo", JSON.arrayNode());
                    continue;
                }
                while (next.hasRemaining()) {
                    channel.write(next);
                }
            }
        } catch (IOException e) {
            // the reader sees the end of the connection, too, and tells everybody
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        closed = true;
        outgoing.add(END);
        try {
            channel.close();
        } catch (IOException e) {
            // nothing is left to let go of
        }
        abandon();
    }

    private void abandon() {
        waiting.forEach((id, answer) -> {
            answer.completeExceptionally(new DriverException(
                    Code.INTERRUPTED,
                    "The connection to OVN broke while a request was on its way.",
                    channel.toString(),
                    null));
            waiting.remove(id);
        });
    }
}
