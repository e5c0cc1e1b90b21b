package cloud.haneul.driver.ovn;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * A copy of the monitored tables, kept up to date by the server: filled when a connection begins, changed by each update,
 * thrown away with the connection. Readers see whole transactions: all questions are asked inside {@link #read}.
 */
final class Rows {
    private final Schema schema;
    private final Function<Row, String> key;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<String, Map<UUID, Row>> tables = new HashMap<>();
    private final Map<String, Map<UUID, Row>> byKey = new HashMap<>();

    /** @param key what rows are looked up by, over all tables; empty for rows that nobody looks up */
    Rows(Schema schema, Function<Row, String> key) {
        this.schema = schema;
        this.key = key;
    }

    <T> T read(Function<Rows, T> question) {
        lock.readLock().lock();
        try {
            return question.apply(this);
        } finally {
            lock.readLock().unlock();
        }
    }

    Collection<Row> table(String table) {
        return tables.getOrDefault(table, Map.of()).values();
    }

    Optional<Row> row(String table, UUID uuid) {
        return Optional.ofNullable(tables.getOrDefault(table, Map.of()).get(uuid));
    }

    /** Rows of all tables with the key, in a stable order. */
    List<Row> of(String wanted) {
        List<Row> result = new ArrayList<>(byKey.getOrDefault(wanted, Map.of()).values());
        result.sort(Comparator.comparing(Row::uuid));
        return result;
    }

    Optional<Row> first(String table, String wanted) {
        return of(wanted).stream().filter(row -> row.table().equals(table)).findFirst();
    }

    /** Applies what {@code monitor_cond} answers or an {@code update2} brings. */
    void apply(JsonNode changes) {
        lock.writeLock().lock();
        try {
            changes.fields().forEachRemaining(table -> table.getValue()
                    .fields()
                    .forEachRemaining(row -> apply(table.getKey(), UUID.fromString(row.getKey()), row.getValue())));
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void apply(String table, UUID uuid, JsonNode change) {
        Optional<Row> before = row(table, uuid);
        before.ifPresent(this::forget);
        if (change.has("delete")) {
            return;
        }
        Map<String, Object> columns = before.map(row -> (Map<String, Object>) new HashMap<>(row.columns()))
                .orElseGet(() -> schema.empty(table));
        if (change.has("modify")) {
            change.get("modify")
                    .fields()
                    .forEachRemaining(column -> columns.merge(
                            column.getKey(),
                            Values.decode(column.getValue()),
                            (old, difference) -> schema.isCollection(table, column.getKey())
                                    ? changed(old, difference)
                                    : difference));
        } else {
            JsonNode content = change.has("initial") ? change.get("initial") : change.get("insert");
            content.fields().forEachRemaining(column -> columns.put(column.getKey(), Values.decode(column.getValue())));
        }
        remember(new Row(table, uuid, columns));
    }

    /** Elements in the difference change sides; entries of a map also change their value. */
    private static Object changed(Object old, Object difference) {
        if (difference instanceof Map<?, ?> entries) {
            Map<Object, Object> result = new TreeMap<>();
            if (old instanceof Map<?, ?> oldEntries) {
                result.putAll(oldEntries);
            }
            entries.forEach((name, value) -> {
                if (!result.remove(name, value)) {
                    result.put(name, value);
                }
            });
            return result;
        }
        Set<Object> result = new LinkedHashSet<>((Set<?>) old);
        for (Object atom : (Set<?>) difference) {
            if (!result.remove(atom)) {
                result.add(atom);
            }
        }
        return result;
    }

    private void forget(Row row) {
        tables.get(row.table()).remove(row.uuid());
        byKey.computeIfPresent(key.apply(row), (name, rows) -> {
            rows.remove(row.uuid());
            return rows.isEmpty() ? null : rows;
        });
    }

    private void remember(Row row) {
        tables.computeIfAbsent(row.table(), name -> new HashMap<>()).put(row.uuid(), row);
        String name = key.apply(row);
        if (!name.isEmpty()) {
            byKey.computeIfAbsent(name, ignored -> new HashMap<>()).put(row.uuid(), row);
        }
    }
}
