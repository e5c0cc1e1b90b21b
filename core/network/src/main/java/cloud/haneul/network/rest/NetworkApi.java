package cloud.haneul.network.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.rest.ApiFamily;
import cloud.haneul.kernel.rest.ApiFamilySource;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.ErrorShapes;
import cloud.haneul.kernel.rest.Fields;
import cloud.haneul.kernel.rest.JsonIn;
import cloud.haneul.kernel.rest.Links;
import cloud.haneul.network.ListQuery;
import cloud.haneul.network.Resource;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** The network API's habits: its errors, its lists, one or many in a request. */
@Component
class NetworkApi implements ApiFamilySource {
    static final String ROOT = "/network/v2.0/";

    private static final Set<String> NO_FILTERS =
            Set.of("limit", "marker", "page_reverse", "sort_key", "sort_dir", "fields");

    @Override
    public List<ApiFamily> families() {
        return List.of(
                ApiFamily.of("network", "/network", ErrorShapes.neutron()).status(Fault.Kind.OVER_QUOTA, 409));
    }

    /** @throws Fault NOT_FOUND for what is no id, so that clients go on to look for a name */
    static UUID id(String what, String text) {
        return Ids.parse(text).orElseThrow(() -> Fault.notFound(what, text));
    }

    static ListQuery query(Call call) {
        Map<String, List<String>> filters = new HashMap<>();
        call.queryNames().stream()
                .filter(name -> !NO_FILTERS.contains(name))
                .forEach(name -> filters.put(name, call.queryAll(name)));
        return new ListQuery(
                filters,
                call.page(Page.MAX, true),
                call.queryBool("page_reverse").orElse(false));
    }

    /** {@code {"networks": [...], "networks_links": [...]}}. */
    static <R extends Resource> Map<String, Object> list(
            Call call, ListQuery query, String plural, List<R> rows, Function<R, Map<String, Object>> view) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(plural, Fields.of(call).pickAll(rows.stream().map(view).toList()));
        List<Links.Link> links = call.links().nextAndPrevious(query.page(), rows, Resource::id);
        if (!links.isEmpty()) {
            answer.put(plural + "_links", links);
        }
        return answer;
    }

    static Map<String, Object> one(Call call, String singular, Map<String, Object> view) {
        return Map.of(singular, Fields.of(call).pick(view));
    }

    /**
     * Makes the one or the many of a request: {@code {"port": {...}}} or {@code {"ports": [...]}}.
     *
     * @param make all or none
     */
    static <Q, R> Response create(
            Call call,
            String singular,
            String plural,
            Function<JsonIn, Q> reader,
            Function<List<Q>, List<R>> make,
            Function<R, Map<String, Object>> view) {
        JsonIn body = call.json();
        boolean many = body.has(plural);
        List<Q> asked = many ? body.list(plural, 1000, reader) : List.of(reader.apply(body.object(singular)));
        body.done();
        List<Map<String, Object>> made = make.apply(asked).stream().map(view).toList();
        return Response.status(201)
                .entity(many ? Map.of(plural, made) : Map.of(singular, made.get(0)))
                .build();
    }
}
