package cloud.haneul.identity;

import jakarta.persistence.EntityManager;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who goes in a cascade, one or all of a kind that a domain has, so that what hangs on them goes by as many statements for a
 * hundred thousand as for one.
 *
 * @param condition of JPQL, which a field with the id of one that goes meets
 */
record Gone(String condition, String id) {
    static Gone one(String id) {
        return new Gone("= :id", id);
    }

    /** @param entity that has a {@code domainId} */
    static Gone allOf(String entity, String domainId) {
        return new Gone("in (select g.id from " + entity + " g where g.domainId = :id)", domainId);
    }

    /** Deletes the rows of which one of these fields names somebody who goes. */
    void delete(EntityManager em, String entity, String... fields) {
        String any =
                Stream.of(fields).map(field -> "r." + field + " " + condition).collect(Collectors.joining(" or "));
        run(em, "delete from " + entity + " r where " + any);
    }

    /** Sets this field to null where it names somebody who goes. */
    void clear(EntityManager em, String entity, String field) {
        run(em, "update " + entity + " r set r." + field + " = null where r." + field + " " + condition);
    }

    private void run(EntityManager em, String statement) {
        em.createQuery(statement).setParameter("id", id).executeUpdate();
    }
}
