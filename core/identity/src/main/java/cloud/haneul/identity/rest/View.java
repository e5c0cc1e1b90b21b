package cloud.haneul.identity.rest;

import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.rest.Call;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

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

    /**
     * A whole list of any length, read and written some at a time; the answer can be written once.
     *
     * @param views of some of the rows
     */
    static <T> Map<String, Object> stream(
            Call call, String name, Iterator<List<T>> rows, Function<List<T>, Stream<View>> views) {
        // whoever asks for the head alone is not to make us read it all
        Iterator<List<T>> some = call.method().equals("HEAD") ? Collections.emptyIterator() : rows;
        Stream<List<T>> parts = StreamSupport.stream(Spliterators.spliteratorUnknownSize(some, 0), false);
        Iterator<Map<String, Object>> each =
                parts.flatMap(part -> views.apply(part).map(View::map)).iterator();
        return list(call, name, each, Optional.empty()).map();
    }

    private static <T> Map<String, Object> list(
            Call call, String name, List<T> rows, Function<T, View> view, Optional<String> next) {
        List<Map<String, Object>> views = new ArrayList<>(rows.size());
        rows.forEach(row -> views.add(view.apply(row).map()));
        View list = list(call, name, views, next);
        // as keystone says it to those who asked for no page
        return next.isPresent() && !call.hasQuery("limit")
                ? list.with("truncated", true).map()
                : list.map();
    }

    private static View list(Call call, String name, Object views, Optional<String> next) {
        return of().with(name, views)
                .with(
                        "links",
                        of().with("next", next)
                                .with("self", call.baseUrl() + call.path())
                                .with("previous", null)
                                .map());
    }
}
