package cloud.haneul.kernel.data;

import cloud.haneul.kernel.Fault;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The one query of a list: what service and caller narrow it to, the order asked for, and the rows after the marker. Texts of
 * conditions are written in the code, where {@code r} is the row; what came from outside is only ever a parameter.
 *
 * <pre>{@code
 * private static final PagedQuery.Order ORDER = PagedQuery.Order.of(
 *         Map.of("created_at", "createdAt", "name", "name", "launched_at", "launchedAt?"), "created_at", false);
 *
 * PagedQuery<Server> query = new PagedQuery<>(Server.class, "server", Ids::parse);
 * filter.host().ifPresent(host -> query.and("r.hostId = :host", "host", host));
 * return query.page(em, ORDER, page);
 * }</pre>
 *
 * Rows that are equal in all keys follow by id, in the direction of the last key, so no row is seen twice or skipped while a list is paged through. A field
 * without a value is the smallest. The marker is looked for in this very list: a row the caller may not see is none.
 */
public final class PagedQuery<T> {
    private final Class<T> type;
    private final String what;
    private final Function<String, Optional<?>> id;
    private final List<String> where = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();
    private final List<String> single = new ArrayList<>();

    /**
     * @param what a row in the user's words, for the error about a marker
     * @param id reads the id of a row; empty when it can be none
     */
    public PagedQuery(Class<T> type, String what, Function<String, ? extends Optional<?>> id) {
        this.type = type;
        this.what = what;
        this.id = id::apply;
    }

    public void and(String condition) {
        where.add("(" + condition + ")");
    }

    /** @param name of the parameter in the condition; another one for each */
    public void and(String condition, String name, Object value) {
        and(condition);
        value(name, value);
    }

    /**
     * Only rows with this value, for a field that indexes begin with: they can then be read in the order of the index, where
     * the database would otherwise sort all of them for each page.
     */
    public void only(String field, Object value) {
        and("r." + field + " = :only" + single.size(), "only" + single.size(), value);
        single.add("r." + field);
    }

    /** One more parameter of a condition. */
    public void value(String name, Object value) {
        if (values.put(name, value) != null) {
            throw new IllegalArgumentException("There are two parameters " + name);
        }
    }

    /** For {@code lower(r.name) like :name}: whatever has the text in it. */
    public static String containing(String part) {
        return "%" + literally(part.toLowerCase(Locale.ROOT)) + "%";
    }

    /** A text that {@code like} is to take as it is. */
    public static String literally(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    /**
     * The page's rows; one query, and a small one for the marker.
     *
     * @throws Fault BAD_REQUEST for a sort key or a marker there is not
     */
    public List<T> page(EntityManager em, Order order, Page page) {
        return page(em, order, page, "r", "", type);
    }

    /**
     * As {@link #page(EntityManager, Order, Page)} with some of the rows' fields, for long lists that need no more.
     *
     * @param columns at least two, such as {@code r.id, h.name}
     * @param joins such as {@code left join Host h on h.id = r.hostId}; each joins at most one row
     */
    public List<Object[]> page(EntityManager em, Order order, Page page, String columns, String joins) {
        return page(em, order, page, columns, " " + joins, Object[].class);
    }

    private <R> List<R> page(EntityManager em, Order order, Page page, String columns, String joins, Class<R> result) {
        List<Key> keys = order.keys(page);
        page.marker().ifPresent(marker -> after(em, keys, marker));
        String direction = keys.get(0).ascending ? " asc" : " desc";
        List<String> by = new ArrayList<>();
        single.forEach(field -> by.add(field + direction));
        keys.forEach(key -> by.add(key.text()));
        TypedQuery<R> query = em.createQuery(
                "select " + columns + " from " + type.getSimpleName() + " r" + joins + conditions() + " order by "
                        + String.join(", ", by),
                result);
        values.forEach(query::setParameter);
        return query.setMaxResults(page.limit()).getResultList();
    }

    private String conditions() {
        return where.isEmpty() ? "" : " where " + String.join(" and ", where);
    }

    private void after(EntityManager em, List<Key> keys, String marker) {
        Object found = id.apply(marker).orElseThrow(() -> unknown(marker));
        List<Object> last = last(em, keys, found).orElseThrow(() -> unknown(marker));
        List<String> either = new ArrayList<>();
        String equal = "";
        for (int i = 0; i < keys.size(); i++) {
            Key key = keys.get(i);
            String name = "marker" + i;
            if (last.get(i) != null) {
                value(name, last.get(i));
                either.add(equal
                        + (key.ascending
                                ? "r." + key.field + " > :" + name
                                : key.nullable
                                        ? "(r." + key.field + " < :" + name + " or r." + key.field + " is null)"
                                        : "r." + key.field + " < :" + name));
                equal += "r." + key.field + " = :" + name + " and ";
            } else {
                if (key.ascending) {
                    either.add(equal + "r." + key.field + " is not null");
                }
                equal += "r." + key.field + " is null and ";
            }
        }
        and(String.join(" or ", either));
    }

    /** The keys' values in the marker's row, when it is in the list. */
    private Optional<List<Object>> last(EntityManager em, List<Key> keys, Object marker) {
        List<String> fields = keys.stream().map(key -> "r." + key.field).toList();
        // the id besides, because of one field alone there would be no array
        TypedQuery<Object[]> query = em.createQuery(
                "select r.id, " + String.join(", ", fields) + " from " + type.getSimpleName() + " r"
                        + (where.isEmpty() ? " where " : conditions() + " and ") + "r.id = :marker",
                Object[].class);
        values.forEach(query::setParameter);
        return query.setParameter("marker", marker)
                .getResultStream()
                .findFirst()
                .map(row -> {
                    List<Object> found = new ArrayList<>(Arrays.asList(row));
                    return found.subList(1, found.size());
                });
    }

    private Fault unknown(String marker) {
        return Fault.badRequest("marker", "Invalid marker: " + what + " " + marker + " could not be found.");
    }

    private record Key(String field, boolean ascending, boolean nullable) {
        String text() {
            // said only where it matters: an index is in the database's own order
            return "r." + field + (ascending ? " asc" : " desc")
                    + (nullable ? ascending ? " nulls first" : " nulls last" : "");
        }
    }

    /**
     * What a list may be sorted by.
     *
     * @param fields the API's sort keys and the fields they mean; a question mark behind a field that may have no value
     * @param fallback what the list is sorted by when nothing is asked for
     */
    public record Order(Map<String, String> fields, Page.Sort fallback) {
        public Order {
            fields = Map.copyOf(fields);
        }

        public static Order of(Map<String, String> fields, String fallback, boolean ascending) {
            return new Order(fields, new Page.Sort(fallback, ascending));
        }

        private List<Key> keys(Page page) {
            List<Key> keys = new ArrayList<>();
            for (Page.Sort sort : page.sort().isEmpty() ? List.of(fallback) : page.sort()) {
                String field = fields.get(sort.field());
                if (field == null) {
                    throw Fault.badRequest(
                            "sort_key",
                            "Invalid sort key: " + sort.field() + ". It must be one of "
                                    + new TreeSet<>(fields.keySet()) + ".");
                }
                boolean nullable = field.endsWith("?");
                String name = nullable ? field.substring(0, field.length() - 1) : field;
                if (keys.stream().noneMatch(key -> key.field.equals(name))) {
                    keys.add(new Key(name, sort.ascending(), nullable));
                }
            }
            if (keys.stream().noneMatch(key -> key.field.equals("id"))) {
                // an index can be read from either end, but not in two directions at once
                keys.add(new Key("id", keys.get(keys.size() - 1).ascending, false));
            }
            return keys;
        }
    }
}
