package cloud.haneul.network;

import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Page;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lists of one resource in one query: filters by attribute, order and page become its where and order by. The list of what may
 * be asked is the whole of what reaches the query's text.
 *
 * <pre>{@code
 * private static final Listing<Network> LISTING = Listing.of(Network.class)
 *         .text("name", "name")
 *         .flag("shared", "shared")
 *         .special("tags", values -> ...);
 * LISTING.page(em, "r.deleting = false", Map.of(), query);
 * }</pre>
 */
final class Listing<E> {
    // said with a column: for a comparison of two constants the persistence library gives up parameters and writes all
    // values
    // into the statement's text
    static final String NOTHING = "r.id is null";
    static final String EVERYTHING = "r.id is not null";

    /** Part of a where clause over {@code r}, with its parameters. */
    record Clause(String text, Map<String, Object> parameters) {}

    private record Column(String path, Function<String, Optional<?>> reader, Function<Object, Object> getter) {}

    private final Class<E> type;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final Map<String, Function<List<String>, Clause>> specials = new HashMap<>();

    private Listing(Class<E> type) {
        this.type = type;
    }

    static <E extends Resource> Listing<E> of(Class<E> type) {
        return new Listing<>(type)
                .add("id", "id", Ids::parse, r -> ((Resource) r).id())
                .add("created_at", "createdAt", Listing::never, r -> ((Resource) r).createdAt())
                .add("updated_at", "updatedAt", Listing::never, r -> ((Resource) r).updatedAt())
                .add("revision_number", "revision", Listing::number, r -> ((Resource) r).revision())
                .add("project_id", "projectId", Optional::of, r -> ((Resource) r).projectId())
                .add("tenant_id", "projectId", Optional::of, r -> ((Resource) r).projectId())
                .add("description", "description", Optional::of, r -> ((Resource) r).description())
                .special("tags", values -> tags(values, true, false))
                .special("tags-any", values -> tags(values, false, false))
                .special("not-tags", values -> tags(values, true, true))
                .special("not-tags-any", values -> tags(values, false, true));
    }

    Listing<E> text(String name, String path, Function<E, String> getter) {
        return add(name, path, Optional::of, row -> getter.apply(type.cast(row)));
    }

    Listing<E> flag(String name, String path) {
        return add(name, path, Listing::truth, null);
    }

    Listing<E> integer(String name, String path) {
        return add(name, path, text -> number(text).map(Long::intValue), null);
    }

    Listing<E> id(String name, String path) {
        return add(name, path, Ids::parse, null);
    }

    Listing<E> special(String name, Function<List<String>, Clause> clause) {
        specials.put(name, clause);
        return this;
    }

    private Listing<E> add(
            String name, String path, Function<String, Optional<?>> reader, Function<Object, Object> getter) {
        columns.put(name, new Column(path, reader, getter));
        return this;
    }

    /**
     * One page.
     *
     * @param scope condition over {@code r} that always holds
     */
    List<E> page(EntityManager em, String scope, Map<String, Object> parameters, ListQuery query) {
        StringBuilder where = new StringBuilder(scope);
        Map<String, Object> all = new HashMap<>(parameters);
        for (Map.Entry<String, List<String>> filter : query.filters().entrySet()) {
            Clause clause = clause(filter.getKey(), filter.getValue());
            where.append(" and (").append(clause.text()).append(')');
            all.putAll(clause.parameters());
        }
        List<Page.Sort> sort = new ArrayList<>(query.page().sort());
        if (sort.isEmpty()) {
            sort.add(new Page.Sort("created_at", true));
        }
        sort.add(new Page.Sort("id", true));
        sort.forEach(this::requireSortable);
        query.page().marker().ifPresent(marker -> where.append(" and (")
                .append(after(em, marker, sort, query.backward(), all))
                .append(')'));
        StringBuilder order = new StringBuilder();
        for (Page.Sort key : sort) {
            order.append(order.length() == 0 ? " order by r." : ", r.")
                    .append(columns.get(key.field()).path())
                    .append(key.ascending() != query.backward() ? " asc" : " desc");
        }
        TypedQuery<E> typed =
                em.createQuery("select r from " + type.getSimpleName() + " r where " + where + order, type);
        all.forEach(typed::setParameter);
        List<E> rows = new ArrayList<>(typed.setMaxResults(query.page().limit()).getResultList());
        if (query.backward()) {
            Collections.reverse(rows);
        }
        return rows;
    }

    private Clause clause(String name, List<String> values) {
        if (specials.containsKey(name)) {
            return specials.get(name).apply(values);
        }
        Column column = columns.get(name);
        if (column == null) {
            throw Fault.badRequest(name, "Filters are invalid: '" + name + "' is invalid attribute for filtering");
        }
        List<Object> read = new ArrayList<>();
        values.forEach(value -> column.reader().apply(value).ifPresent(read::add));
        if (read.isEmpty()) {
            // nothing has a value of the wrong kind
            return new Clause(NOTHING, Map.of());
        }
        String parameter = "f" + column.path();
        return new Clause("r." + column.path() + " in :" + parameter, Map.of(parameter, read));
    }

    /** Rows after the marker in the order: a &gt; x, or a = x and b &gt; y, ... */
    private String after(
            EntityManager em, String marker, List<Page.Sort> sort, boolean backward, Map<String, Object> parameters) {
        E row = Ids.parse(marker).map(id -> em.find(type, id)).orElseThrow(() -> Fault.badRequest(
                        "marker", "Invalid input for operation: marker '" + marker + "' could not be found.")
                .type("InvalidInput"));
        StringBuilder text = new StringBuilder();
        StringBuilder equal = new StringBuilder();
        for (int i = 0; i < sort.size(); i++) {
            Column column = columns.get(sort.get(i).field());
            String sign = sort.get(i).ascending() != backward ? " > " : " < ";
            parameters.put("m" + i, Objects.requireNonNull(column.getter().apply(row)));
            text.append(i == 0 ? "(" : " or (")
                    .append(equal)
                    .append("r.")
                    .append(column.path())
                    .append(sign)
                    .append(":m")
                    .append(i)
                    .append(')');
            equal.append("r.").append(column.path()).append(" = :m").append(i).append(" and ");
        }
        return text.toString();
    }

    private void requireSortable(Page.Sort key) {
        Column column = columns.get(key.field());
        if (column == null || column.getter() == null) {
            throw Fault.badRequest("sort_key", "[" + key.field() + "] is invalid attribute for sort_keys");
        }
    }

    private static Clause tags(List<String> values, boolean every, boolean not) {
        // the column is a JSON list of words in a form that has no quotes, backslashes and wildcards
        StringBuilder text = new StringBuilder();
        Map<String, Object> parameters = new HashMap<>();
        String prefix = "t" + (every ? "a" : "o") + (not ? "n" : "");
        for (String value : values) {
            for (String tag : value.split(",")) {
                String parameter = prefix + parameters.size();
                text.append(text.length() == 0 ? "" : every ? " and " : " or ")
                        .append("r.tags like :")
                        .append(parameter);
                parameters.put(parameter, "%\"" + Resource.encoded(tag) + "\"%");
            }
        }
        return new Clause(not ? "not (" + text + ")" : text.toString(), parameters);
    }

    private static Optional<Boolean> truth(String text) {
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "true", "1", "t", "yes", "on" -> Optional.of(true);
            case "false", "0", "f", "no", "off" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Long> number(String text) {
        return text.matches("-?\\d{1,9}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    private static Optional<Object> never(String text) {
        return Optional.empty();
    }
}
