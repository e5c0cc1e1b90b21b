package cloud.haneul.portal.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Bodies of requests by endpoint, from {@code endpoint-examples.txt}, which says how they are written. */
final class Examples {
    private final Map<String, List<Example>> bodies = new TreeMap<>();
    private final Map<String, String> before = new TreeMap<>();

    /**
     * A request's body.
     *
     * @param variant what it does, where one endpoint does many things; else empty
     * @param consuming whether what it was about is of no use afterwards
     */
    record Example(String variant, boolean consuming, String body) {}

    Examples() {
        try (InputStream in = Examples.class.getResourceAsStream("/endpoint-examples.txt")) {
            new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(this::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String line) {
        String[] words = line.split(" ", 5);
        if (words[0].equals("before")) {
            before.put(words[1] + " " + words[2], words[3] + " " + words[4]);
            return;
        }
        String[] parts = line.split(" ", 3);
        String body = parts[2];
        String variant = "";
        if (body.startsWith("#")) {
            variant = body.substring(1, body.indexOf(' '));
            body = body.substring(body.indexOf(' ') + 1);
        }
        bodies.computeIfAbsent(parts[0] + " " + parts[1], key -> new ArrayList<>())
                .add(new Example(variant.replace("!", ""), variant.endsWith("!"), body));
    }

    /** At least one; without a body when nothing is known of the endpoint. */
    List<Example> of(Endpoint endpoint) {
        return bodies.getOrDefault(endpoint.toString(), List.of(new Example("", false, endpoint.reads() ? "" : "{}")));
    }

    Optional<String> bodyOf(String method, String path) {
        return Optional.ofNullable(bodies.get(method + " " + path))
                .map(all -> all.get(0).body());
    }

    /** What is to be done first each time: a method and a path. */
    Optional<String[]> before(Endpoint endpoint) {
        return Optional.ofNullable(before.get(endpoint.toString())).map(text -> text.split(" ", 2));
    }

    /** The endpoints that are written of. */
    List<String> endpoints() {
        List<String> all = new ArrayList<>(bodies.keySet());
        all.addAll(before.keySet());
        return all;
    }
}
