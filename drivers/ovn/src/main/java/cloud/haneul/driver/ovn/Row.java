package cloud.haneul.driver.ovn;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A row of an OVSDB table as it was at one moment; column values are in the form of {@link Values}. */
record Row(String table, UUID uuid, Map<String, Object> columns) {

    /** The only or first element of a column of strings. */
    Optional<String> text(String column) {
        return atoms(column).stream().findFirst().map(Object::toString);
    }

    boolean flag(String column) {
        return atoms(column).contains(true);
    }

    Set<?> atoms(String column) {
        return columns.get(column) instanceof Set<?> set ? set : Set.of();
    }

    boolean refers(String column, UUID row) {
        return atoms(column).contains(row);
    }

    Set<UUID> references(String column) {
        Set<UUID> result = new LinkedHashSet<>();
        for (Object atom : atoms(column)) {
            if (atom instanceof UUID reference) {
                result.add(reference);
            }
        }
        return result;
    }

    @SuppressWarnings("unchecked") // maps are decoded with strings on both sides
    Map<String, String> map(String column) {
        return columns.get(column) instanceof Map<?, ?> map ? (Map<String, String>) map : Map.of();
    }

    /** An entry of the external ids: what Haneul notes on its rows. */
    Optional<String> mark(String name) {
        return Optional.ofNullable(map(Marks.COLUMN).get(name));
    }
}
