package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Page;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * All that a resource method wants to know of its request; take it as {@code @BeanParam Call call}. Whatever the client got
 * wrong becomes a {@link Fault} that names the parameter or field.
 */
public final class Call {
    private final ContainerRequestContext request;
    private final Exchange exchange;

    public Call(@Context ContainerRequestContext request) {
        this.request = request;
        this.exchange = Exchange.of(request)
                .orElseThrow(() -> new IllegalStateException("The request filter did not see this request"));
    }

    /** Whose token this is; on {@link Anonymous} methods there is none. */
    public Caller caller() {
        return exchange.caller().orElseThrow(Fault::unauthorized);
    }

    /** The microversion in force; only in families that have them. */
    public Microversion version() {
        return exchange.version()
                .orElseThrow(() -> new IllegalStateException(
                        "API family " + exchange.family().name() + " has no microversions"));
    }

    Optional<Microversion> optVersion() {
        return exchange.version();
    }

    public boolean isAtLeast(String version) {
        return version().isAtLeast(version);
    }

    // ---- body

    /** The request body; reads it, hence once. */
    public JsonIn json() {
        requireJson();
        return exchange.json().read(request.getEntityStream());
    }

    /** The request body if there is one. */
    public Optional<JsonIn> optJson() {
        return request.hasEntity() ? Optional.of(json()) : Optional.empty();
    }

    private void requireJson() {
        String type = request.getHeaderString("Content-Type");
        if (type != null && !JsonTypes.isJson(type)) {
            throw Fault.of(
                    Fault.Kind.UNSUPPORTED_MEDIA_TYPE,
                    "The media type " + Quote.of(type) + " is not supported, use application/json.");
        }
    }

    // ---- query

    /** The first value of a query parameter; empty text when it has no value ({@code ?name}). */
    public Optional<String> query(String name) {
        return Optional.ofNullable(queries().getFirst(name));
    }

    public List<String> queryAll(String name) {
        return List.copyOf(queries().getOrDefault(name, List.of()));
    }

    public Set<String> queryNames() {
        return Set.copyOf(queries().keySet());
    }

    public boolean hasQuery(String name) {
        return queries().containsKey(name);
    }

    /** Refuses query parameters other than these, as compute does from 2.75 on. */
    public void onlyQueries(String... names) {
        Set<String> known = Set.of(names);
        queries().keySet().stream().filter(n -> !known.contains(n)).findFirst().ifPresent(n -> {
            throw Fault.badRequest(n, "Additional properties are not allowed ('" + Quote.of(n) + "' was unexpected)");
        });
    }

    public Optional<Boolean> queryBool(String name) {
        return query(name).map(text -> Words.truth(text).orElseThrow(() -> ill(name, text, "boolean")));
    }

    public Optional<Integer> queryInt(String name, int min, int max) {
        return query(name).map(text -> {
            if (!text.matches("-?[0-9]{1,18}")) {
                throw ill(name, text, "integer");
            }
            long number = Long.parseLong(text);
            if (number < min || number > max) {
                throw Fault.badRequest(
                        name,
                        "Invalid input for query parameters " + name + ". Value: " + text + ". " + text
                                + " is not between " + min + " and " + max);
            }
            return (int) number;
        });
    }

    public Optional<UUID> queryUuid(String name) {
        return query(name).map(text -> Ids.parse(text).orElseThrow(() -> ill(name, text, "uuid")));
    }

    public Optional<Instant> queryInstant(String name) {
        return query(name).map(text -> instant(name, text));
    }

    /** The time in a part of query parameter {@code name}. */
    public Instant instant(String name, String text) {
        return Words.instant(text).orElseThrow(() -> ill(name, text, "date-time"));
    }

    /** The page asked for by {@code limit}, {@code marker}, {@code sort_key}/{@code sort_dir} or {@code sort}; ascending unless said. */
    public Page page() {
        return page(Page.MAX, true);
    }

    /**
     * @param defaultLimit rows of a page when the client does not say, or says 0
     * @param ascending the direction of sort keys that come without one
     */
    public Page page(int defaultLimit, boolean ascending) {
        int limit = queryInt("limit", 0, Integer.MAX_VALUE).filter(l -> l > 0).orElse(defaultLimit);
        return new Page(limit, query("marker").filter(m -> !m.isEmpty()), sort(ascending));
    }

    private List<Page.Sort> sort(boolean ascending) {
        List<Page.Sort> sort = new ArrayList<>();
        List<String> keys = queryAll("sort_key");
        List<String> directions = queryAll("sort_dir");
        for (int i = 0; i < keys.size(); i++) {
            sort.add(new Page.Sort(
                    keys.get(i), i < directions.size() ? direction("sort_dir", directions.get(i)) : ascending));
        }
        for (String value : queryAll("sort")) {
            for (String part : value.split(",")) {
                String[] words = part.strip().split(":", 2);
                sort.add(new Page.Sort(words[0], words.length == 2 ? direction("sort", words[1]) : ascending));
            }
        }
        if (sort.size() > 16) {
            throw Fault.badRequest("sort_key", "Too many sort keys.");
        }
        return sort;
    }

    private static boolean direction(String parameter, String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "asc" -> true;
            case "desc" -> false;
            default -> throw ill(parameter, word, "sort direction, asc or desc");
        };
    }

    private static Fault ill(String name, String value, String type) {
        String quoted = Words.isSecret(name) ? "***" : Quote.of(value);
        return Fault.badRequest(
                name,
                "Invalid input for query parameters " + name + ". Value: " + quoted + ". '" + quoted
                        + "' is not a valid " + type);
    }

    MultivaluedMap<String, String> queries() {
        return request.getUriInfo().getQueryParameters();
    }

    // ---- the rest of it

    /** Scheme and authority by which the client reached us, without a trailing slash: {@code https://cloud.example.org}. */
    public String baseUrl() {
        return exchange.baseUrl();
    }

    /** Path and query as they were sent. */
    String target() {
        URI uri = request.getUriInfo().getRequestUri();
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    /** The path of the request with its leading slash, still percent-encoded. */
    public String path() {
        return request.getUriInfo().getRequestUri().getRawPath();
    }

    public String method() {
        return request.getMethod();
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaderString(name));
    }

    public String requestId() {
        return exchange.requestId();
    }

    /** The client's network address; empty text when the server does not know it. */
    public String address() {
        return exchange.address();
    }

    public Links links() {
        return new Links(this);
    }

    Exchange exchange() {
        return exchange;
    }
}
