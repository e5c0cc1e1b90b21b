package cloud.haneul.kernel.data;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * Counts how often lists have changed. A list is named by a kind and what it is narrowed to, such as {@code server/} and a
 * project's id; the kind alone is the list of all of them. A list's count is the sum of a few rows, of which a transaction
 * raises one: those that change the same list seldom wait for each other. The rows are there from the beginning, a fixed
 * number of them, and lists whose names fall together share theirs; then one is taken for changed when the other is.
 */
final class ListChanges {
    private static final int KINDS = 4;
    private static final int LISTS = 256;
    private static final int PARTS = 8;

    private ListChanges() {}

    /** The rows of a list. */
    private record Rows(int first, int number) {
        static Rows of(String list) {
            int slash = list.indexOf('/');
            int kind = spread(slash < 0 ? list : list.substring(0, slash)) % KINDS * LISTS * PARTS;
            return slash < 0 ? new Rows(kind, LISTS * PARTS) : new Rows(kind + spread(list) % LISTS * PARTS, PARTS);
        }

        /** Names differ in a project's id, whose hash need not be even in its low bits. */
        private static int spread(String name) {
            return name.hashCode() * 0x9E3779B9 >>> 20;
        }
    }

    /** Goes up with each transaction that changes the list, when it is committed, and never down. */
    static long count(DataSource database, String list) {
        Rows rows = Rows.of(list);
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select sum(changes) from kernel_list_change where part between ? and ?")) {
            query.setInt(1, rows.first);
            query.setInt(2, rows.first + rows.number - 1);
            try (ResultSet sum = query.executeQuery()) {
                sum.next();
                return sum.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The changes of list " + list + " could not be read", e);
        }
    }

    /** The last that a transaction does, in the order of the rows: no two can wait for each other in a circle. */
    static void raise(EntityManager em, Collection<String> lists) {
        TreeSet<Integer> parts = new TreeSet<>();
        lists.stream()
                .map(Rows::of)
                .forEach(rows ->
                        parts.add(rows.first + ThreadLocalRandom.current().nextInt(rows.number)));
        parts.forEach(
                part -> em.createNativeQuery("update kernel_list_change set changes = changes + 1 where part = ?1")
                        .setParameter(1, part)
                        .executeUpdate());
    }
}
