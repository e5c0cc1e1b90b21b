package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.data.Page;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The links in answers. Of a resource: {@code call.links().resource("/compute/v2.1", "/compute", "servers/" + id)}. Of a page:
 * {@code call.links().next(page, rows, Server::id)} for {@code servers_links} and its like.
 */
public final class Links {

    public record Link(String rel, String href) {}

    private final Call call;

    Links(Call call) {
        this.call = call;
    }

    public Link self(String path) {
        return new Link("self", call.baseUrl() + path);
    }

    /** Compute's pair: {@code self} with the version in its path, {@code bookmark} without. */
    public List<Link> resource(String versioned, String unversioned, String resource) {
        return List.of(
                self(versioned + "/" + resource), new Link("bookmark", call.baseUrl() + unversioned + "/" + resource));
    }

    /** {@code {"servers": [...], "servers_links": [...]}}: a list as most APIs answer it, with the way on where there is more. */
    public <T> Map<String, Object> list(String name, Page page, List<T> rows, Function<T, ?> id, List<?> shown) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(name, shown);
        List<Link> next = next(page, rows, id);
        if (!next.isEmpty()) {
            answer.put(name + "_links", next);
        }
        return answer;
    }

    /**
     * A link to the page after this one, when this one is full and hence may not be the last; else none. For
     * {@code servers_links}, {@code networks_links} and the like.
     */
    public <T> List<Link> next(Page page, List<T> rows, Function<T, ?> id) {
        return nextMarker(page, rows, id)
                .map(marker -> List.of(new Link("next", call.baseUrl() + call.path() + with(marker, page.limit()))))
                .orElse(List.of());
    }

    /** Network's pair of links: {@code next}, and {@code previous} when the page has a marker. */
    public <T> List<Link> nextAndPrevious(Page page, List<T> rows, Function<T, ?> id) {
        List<Link> next = call.hasQuery("limit") ? next(page, rows, id) : List.of();
        if (page.marker().isEmpty() || rows.isEmpty()) {
            return next;
        }
        Link previous = new Link(
                "previous",
                call.baseUrl()
                        + call.path()
                        + query(Map.of("marker", id.apply(rows.get(0)).toString(), "page_reverse", "True")));
        return next.isEmpty() ? List.of(previous) : List.of(next.get(0), previous);
    }

    /** Image's {@code first}: the list from its start, relative to the service ({@code /v2/images?limit=5}). */
    public String relativeFirst(String path) {
        Map<String, String> without = new LinkedHashMap<>();
        without.put("marker", null);
        return path + query(without);
    }

    /** Image's {@code next}; absent on the last page. */
    public <T> Optional<String> relativeNext(String path, Page page, List<T> rows, Function<T, ?> id) {
        return nextMarker(page, rows, id).map(marker -> path + query(Map.of("marker", marker)));
    }

    private <T> Optional<String> nextMarker(Page page, List<T> rows, Function<T, ?> id) {
        return rows.isEmpty() || rows.size() < page.limit()
                ? Optional.empty()
                : Optional.of(id.apply(rows.get(rows.size() - 1)).toString());
    }

    private String with(String marker, int limit) {
        return call.hasQuery("limit")
                ? query(Map.of("marker", marker, "limit", Integer.toString(limit)))
                : query(Map.of("marker", marker));
    }

    /** The query of this request with some parameters replaced, or left out where the value is null. */
    private String query(Map<String, String> replaced) {
        StringBuilder out = new StringBuilder();
        call.queries().forEach((name, values) -> {
            if (!replaced.containsKey(name) && !name.equals("page_reverse")) {
                values.forEach(value -> append(out, name, value));
            }
        });
        replaced.entrySet().stream()
                .filter(e -> e.getValue() != null)
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> append(out, e.getKey(), e.getValue()));
        return out.toString();
    }

    private static void append(StringBuilder out, String name, String value) {
        out.append(out.length() == 0 ? '?' : '&')
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
}
