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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bodies of requests by endpoint, from {@code endpoint-examples.txt}, which says how they are written. */
final class Examples {
    /** Paths may hold blanks. */
    private static final Pattern BEFORE = Pattern.compile("before ([A-Z]+ /.*) ([A-Z]+) (/.*)");

    private final Map<String, List<Example>> bodies = new TreeMap<>();
    private final Map<String, List<String[]>> before = new TreeMap<>();

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
        Matcher first = BEFORE.matcher(line);
        if (first.matches()) {
            before.computeIfAbsent(first.group(1), key -> new ArrayList<>())
                    .add(new String[] {first.group(2), first.group(3)});
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

    /** What is to be done first each time, in order: methods and paths. */
    List<String[]> before(String method, String path) {
        return before.getOrDefault(method + " " + path, List.of());
    }

    /** The endpoints that are written of. */
    List<String> endpoints() {
        List<String> all = new ArrayList<>(bodies.keySet());
        all.addAll(before.keySet());
        return all;
    }
}
