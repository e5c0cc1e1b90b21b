package cloud.haneul.driver.ovn;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What we must know of the tables we copy: which of the columns we ask for the server's version has, in which of them it reports
 * differences instead of values (all that hold more than one), and what they hold when it says nothing about them.
 */
final class Schema {
    private record Column(boolean collection, Optional<Object> empty) {}

    private final Map<String, Map<String, Column>> tables = new HashMap<>();

    /** @param wished columns by table; what the server does not have is left out */
    Schema(JsonNode schema, Map<String, List<String>> wished) {
        wished.forEach((table, names) -> {
            JsonNode known = schema.path("tables").path(table).path("columns");
            Map<String, Column> columns = new HashMap<>();
            names.stream()
                    .filter(known::has)
                    .forEach(name -> columns.put(name, column(known.get(name).path("type"))));
            if (!columns.isEmpty()) {
                tables.put(table, columns);
            }
        });
    }

    private static Column column(JsonNode type) {
        boolean collection = type.path("max").isTextual() || type.path("max").asLong(1) > 1;
        Object empty = type.has("value") ? Map.of() : Values.set();
        return new Column(collection, type.path("min").asLong(1) == 0 ? Optional.of(empty) : Optional.empty());
    }

    Set<String> tables() {
        return tables.keySet();
    }

    Set<String> columns(String table) {
        return tables.get(table).keySet();
    }

    boolean isCollection(String table, String column) {
        return tables.get(table).get(column).collection();
    }

    /** Values of the columns that can be empty, as they are when they are. */
    Map<String, Object> empty(String table) {
        Map<String, Object> result = new HashMap<>();
        tables.get(table).forEach((name, column) -> column.empty().ifPresent(value -> result.put(name, value)));
        return result;
    }
}
