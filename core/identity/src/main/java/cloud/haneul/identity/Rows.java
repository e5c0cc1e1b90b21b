package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.data.PagedQuery;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A list of entities by conditions, a page at a time in the order of name and id:
 * {@code Rows.of(User.class, "IdentityUser").where("domainId", domain).page(em, page, User::name)}.
 */
final class Rows<T> {
    private final Class<T> type;
    private final String entity;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();
    private String key = "name";

    private Rows(Class<T> type, String entity) {
        this.type = type;
        this.entity = entity;
    }

    static <T> Rows<T> of(Class<T> type, String entity) {
        return new Rows<>(type, entity);
    }

    /** Sorts by another field than the name. */
    Rows<T> by(String field) {
        key = field;
        return this;
    }

    /** Only rows whose {@code field} has this value, if one is given. */
    Rows<T> where(String field, Optional<?> value) {
        value.ifPresent(v -> and("r." + field + " = :" + field, field, v));
        return this;
    }

    /** Only rows of the domain that the caller's token is for, if it is for one. */
    Rows<T> within(Caller caller) {
        caller.domainId().ifPresent(own -> and("r.domainId = :own", "own", own));
        return this;
    }

    /** Only rows whose name contains this, in whatever case. */
    Rows<T> nameContains(Optional<String> part) {
        part.filter(p -> !p.isEmpty())
                .ifPresent(p -> and("lower(r.name) like :part", "part", PagedQuery.containing(p)));
        return this;
    }

    /** The same or with this id, as people paste it. */
    Rows<T> nameContainsOrId(Optional<String> part) {
        part.filter(p -> !p.isEmpty()).ifPresent(p -> {
            and("(lower(r.name) like :part or r.id = :whole)", "part", PagedQuery.containing(p));
            parameters.put("whole", p);
        });
        return this;
    }

    Rows<T> and(String condition) {
        conditions.add(condition);
        return this;
    }

    Rows<T> and(String condition, String parameter, Object value) {
        conditions.add(condition);
        parameters.put(parameter, value);
        return this;
    }

    long count(EntityManager em) {
        TypedQuery<Long> query = em.createQuery("select count(r) from " + entity + " r" + where(), Long.class);
        parameters.forEach(query::setParameter);
        return query.getSingleResult();
    }

    /** @param name what gives the field by which rows are sorted, to find one's way on from the marker */
    List<T> page(EntityManager em, Page page, java.util.function.Function<T, String> name) {
        boolean up = ascending(page);
        page.marker().ifPresent(id -> {
            T marker = em.find(type, id);
            if (marker == null) {
                throw Fault.badRequest("marker", "Marker " + id + " could not be found.");
            }
            String after = up ? ">" : "<";
            // the first half says nothing new, but an index understands it
            and(
                    "r." + key + " " + after + "= :markerName and (r." + key + " " + after + " :markerName or r.id "
                            + after + " :marker)",
                    "marker",
                    id);
            parameters.put("markerName", name.apply(marker));
        });
        String direction = up ? "" : " desc";
        TypedQuery<T> query = em.createQuery(
                "select r from " + entity + " r" + where() + " order by r." + key + direction + ", r.id" + direction,
                type);
        parameters.forEach(query::setParameter);
        return query.setMaxResults(page.limit()).getResultList();
    }

    private static boolean ascending(Page page) {
        for (Page.Sort sort : page.sort()) {
            if (!sort.field().equals("name")) {
                throw Fault.badRequest("sort_key", "This list can be sorted by name only.");
            }
            return sort.ascending();
        }
        return true;
    }

    private String where() {
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }
}
