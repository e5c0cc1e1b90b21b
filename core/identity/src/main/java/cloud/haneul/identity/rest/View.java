package cloud.haneul.identity.rest;

import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.rest.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** JSON objects as the identity API writes them: ordered, with the client's own attributes among ours. */
final class View {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    private View() {}

    static View of() {
        return new View();
    }

    /** Optional values are written as null when empty. */
    View with(String name, Object value) {
        fields.put(name, value instanceof Optional<?> optional ? optional.orElse(null) : value);
        return this;
    }

    View ifPresent(String name, Optional<?> value) {
        value.ifPresent(v -> fields.put(name, v));
        return this;
    }

    /** Attributes of the client's own; they never stand in for one of ours. */
    View extra(Map<String, Object> extra) {
        extra.forEach(fields::putIfAbsent);
        return this;
    }

    View self(Call call, String path) {
        return with("links", Map.of("self", call.baseUrl() + IdentityApi.V3 + path));
    }

    Map<String, Object> map() {
        return fields;
    }

    Map<String, Object> as(String name) {
        return Map.of(name, fields);
    }

    static Map<String, Object> idAndName(String id, String name) {
        return of().with("id", id).with("name", name).map();
    }

    static Map<String, Object> options(boolean immutable) {
        return immutable ? Map.of("immutable", true) : Map.of();
    }

    /** A whole list. */
    static <T> Map<String, Object> list(Call call, String name, List<T> rows, Function<T, View> view) {
        return list(call, name, rows, view, Optional.empty());
    }

    /** A page of a list, with a link to the next one when there may be more. */
    static <T> Map<String, Object> page(
            Call call, String name, Page page, List<T> rows, Function<T, ?> id, Function<T, View> view) {
        return list(
                call,
                name,
                rows,
                view,
                call.links().next(page, rows, id).stream().findFirst().map(link -> link.href()));
    }

    private static <T> Map<String, Object> list(
            Call call, String name, List<T> rows, Function<T, View> view, Optional<String> next) {
        List<Map<String, Object>> views = new ArrayList<>(rows.size());
        rows.forEach(row -> views.add(view.apply(row).map()));
        return of().with(name, views)
                .with(
                        "links",
                        of().with("next", next)
                                .with("self", call.baseUrl() + call.path())
                                .with("previous", null)
                                .map())
                .map();
    }
}
