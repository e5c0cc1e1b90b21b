package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Listed;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The JSON of single resources, kept between requests for the lists they are in, and of whole lists ({@link #answer}).
 * Of a list that is asked for again and again few rows change between two answers, yet to read all that its rows show and to write it as JSON is nearly all of the work. A
 * service that uses this reads of each row its id and a stamp, and makes views of those only whose JSON is not here with that
 * very stamp:
 *
 * <pre>{@code
 * List<?> shown = kept.list(call, "server", operator, rows, Row::id, Row::stamp, missing -> views(call, missing));
 * return call.links().list("servers", page, rows, Row::id, shown);
 * }</pre>
 *
 * The stamp comes from the database, with the list, and whoever changes anything that the view shows changes it in the same
 * transaction. So nothing old is ever shown, whichever controller changed it. A view must depend on nothing but its row, what
 * is in the stamp, the microversion, the cloud's address and the variant. Not for lists with a {@code fields} parameter.
 */
@Component
public class KeptJson {
    /** What an entry takes beside its text, in bytes. */
    private static final int OVERHEAD = 250;

    private final ToLongFunction<String> changesOf;
    private final Cache<Key, Entry> entries;

    record Scope(String kind, Object variant, Optional<Microversion> version, String baseUrl) {}

    private record Key(Scope scope, Object id) {
        /** Of what the client may choose; a long question with a short answer must not cost nothing. */
        int length() {
            return scope.baseUrl.length() + (id instanceof String text ? text.length() : 0);
        }
    }

    private record Entry(Object stamp, RawJson json) {}

    @Inject
    KeptJson(RestSettings settings, Database database) {
        this(settings.keptJsonBytes(), database::listChanges);
    }

    KeptJson(long bytes, ToLongFunction<String> changesOf) {
        this.changesOf = changesOf;
        entries = Caffeine.newBuilder()
                .maximumWeight(bytes)
                // nothing waits for what goes: no threads for it
                .executor(Runnable::run)
                .weigher((Key key, Entry entry) -> OVERHEAD + key.length() + entry.json.length())
                .build();
    }

    /**
     * The whole answer to a list, made anew when the list has changed: what is asked for again and again costs one small query
     * then. Whoever the caller is, he must have been asked for his rights before.
     *
     * @param list whose changes are all that can change the answer, as in {@link Listed}; its part before the slash for rows of
     *     all projects
     * @param variant what the answer depends on beside the list, the microversion and the request's address
     */
    public Object answer(Call call, String list, Object variant, Supplier<?> make) {
        return answer(new Scope(list, variant, call.optVersion(), call.baseUrl()), call.target(), make);
    }

    RawJson answer(Scope scope, String target, Supplier<?> make) {
        // before the rows are read: what changes meanwhile is in an answer that is taken for older than it is
        long changes = changesOf.applyAsLong(scope.kind);
        Key key = new Key(scope, target);
        Entry entry = entries.getIfPresent(key);
        if (entry != null && entry.stamp.equals(changes)) {
            return entry.json;
        }
        RawJson json = new RawJson(JsonMapper.bytes(make.get(), scope.version));
        entries.put(key, new Entry(changes, json));
        return json;
    }

    /**
     * Rows as JSON, in their order.
     *
     * @param kind which view of which resource
     * @param variant what else the views depend on, such as whether the caller is an operator
     * @param id of a row, and of its view
     * @param stamp equal for equal views of one row
     * @param render views of rows by id; a row that has gone meanwhile has none, and is left out of the list
     */
    public <R, I> List<Object> list(
            Call call,
            String kind,
            Object variant,
            List<R> rows,
            Function<R, I> id,
            Function<R, ?> stamp,
            Function<List<R>, ? extends Map<I, ?>> render) {
        return list(new Scope(kind, variant, call.optVersion(), call.baseUrl()), rows, id, stamp, render);
    }

    <R, I> List<Object> list(
            Scope scope,
            List<R> rows,
            Function<R, I> id,
            Function<R, ?> stamp,
            Function<List<R>, ? extends Map<I, ?>> render) {
        Map<I, RawJson> found = new HashMap<>();
        List<R> missing = new ArrayList<>();
        for (R row : rows) {
            Entry entry = entries.getIfPresent(new Key(scope, id.apply(row)));
            if (entry != null && entry.stamp.equals(stamp.apply(row))) {
                found.put(id.apply(row), entry.json);
            } else {
                missing.add(row);
            }
        }
        if (!missing.isEmpty()) {
            Map<I, ?> views = render.apply(missing);
            for (R row : missing) {
                Object view = views.get(id.apply(row));
                if (view != null) {
                    RawJson json = new RawJson(JsonMapper.bytes(view, scope.version));
                    entries.put(new Key(scope, id.apply(row)), new Entry(stamp.apply(row), json));
                    found.put(id.apply(row), json);
                }
            }
        }
        return rows.stream()
                .map(row -> (Object) found.get(id.apply(row)))
                .filter(Objects::nonNull)
                .toList();
    }
}
