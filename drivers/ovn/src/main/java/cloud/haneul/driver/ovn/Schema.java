package cloud.haneul.driver.ovn;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What we must know of a database's schema: which of the columns we ask for this version has, and in which of them the server
 * reports differences instead of values (all that hold more than one).
 */
final class Schema {
    private final Map<String, Map<String, Boolean>> collections = new HashMap<>();

    Schema(JsonNode schema) {
        schema.path("tables").fields().forEachRemaining(table -> {
            Map<String, Boolean> columns = new HashMap<>();
            table.getValue().path("columns").fields().forEachRemaining(column -> {
                JsonNode max = column.getValue().path("type").path("max");
                columns.put(column.getKey(), max.isTextual() || max.asLong(1) > 1);
            });
            collections.put(table.getKey(), columns);
        });
    }

    /** The wished columns that exist; empty when the table does not. */
    Optional<Set<String>> existing(String table, List<String> wished) {
        return Optional.ofNullable(collections.get(table)).map(columns -> {
            Set<String> result = new HashSet<>(wished);
            result.retainAll(columns.keySet());
            return result;
        });
    }

    boolean isCollection(String table, String column) {
        return collections.getOrDefault(table, Map.of()).getOrDefault(column, false);
    }
}
