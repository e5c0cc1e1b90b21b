package cloud.haneul.driver.ovn;

import cloud.haneul.driver.ovn.Values.Named;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Changes that are committed together or not at all, and what must still be as it was when they were thought out. OVSDB would
 * not complain about a row that is gone - it changes none, and drops a new port that no switch refers to - so every change that
 * builds on another thing's row demands that it is there.
 */
final class Transaction {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String comment;
    private final ArrayNode demands = JSON.arrayNode();
    private final ArrayNode changes = JSON.arrayNode();
    private int inserted;

    /** @param comment goes to the database's journal, for who reads it with {@code ovsdb-tool show-log} */
    Transaction(String comment) {
        this.comment = comment;
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    Named name() {
        return new Named("row" + inserted++);
    }

    void insert(String table, Named name, Map<String, Object> columns) {
        ObjectNode change = change("insert", table).put("uuid-name", name.name());
        change.set("row", row(columns));
    }

    void update(Row row, Map<String, Object> columns) {
        demand(row);
        where(change("update", row.table()), row.uuid()).set("row", row(columns));
    }

    void delete(Row row) {
        where(change("delete", row.table()), row.uuid());
    }

    /** @param row UUID, or the name of a row of this transaction */
    void add(String table, Object row, String column, Object value) {
        mutate(table, row, column, "insert", value);
    }

    void remove(String table, Object row, String column, Object value) {
        mutate(table, row, column, "delete", value);
    }

    private void mutate(String table, Object row, String column, String mutator, Object value) {
        where(change("mutate", table), row)
                .putArray("mutations")
                .addArray()
                .add(column)
                .add(mutator)
                .add(Values.encode(value));
    }

    /** The row must still be there. */
    void demand(Row row) {
        ObjectNode wait = where(demand(row.table()), row.uuid());
        wait.putArray("columns").add("_uuid");
        wait.putArray("rows").addObject().set("_uuid", Values.encode(row.uuid()));
    }

    /** The row must still have the same value in the column. */
    void demand(Row row, String column) {
        ObjectNode wait = where(demand(row.table()), row.uuid());
        wait.putArray("columns").add(column);
        wait.putArray("rows")
                .addObject()
                .set(column, Values.encode(row.columns().get(column)));
    }

    /** Nobody may have made the same row meanwhile. */
    void demandNone(String table, Map<String, String> marks) {
        ObjectNode wait = demand(table);
        wait.putArray("where").addArray().add(Marks.COLUMN).add("includes").add(Values.encode(marks));
        wait.putArray("columns").add("_uuid");
        wait.putArray("rows");
    }

    JsonNode parameters(String database) {
        ArrayNode parameters = JSON.arrayNode().add(database);
        parameters.addAll(demands).addAll(changes);
        parameters.addObject().put("op", "comment").put("comment", comment);
        return parameters;
    }

    private ObjectNode change(String operation, String table) {
        return changes.addObject().put("op", operation).put("table", table);
    }

    private ObjectNode demand(String table) {
        return demands.addObject()
                .put("op", "wait")
                .put("timeout", 0)
                .put("table", table)
                .put("until", "==");
    }

    private static ObjectNode where(ObjectNode operation, Object row) {
        operation.putArray("where").addArray().add("_uuid").add("==").add(Values.encode(row));
        return operation;
    }

    private static ObjectNode row(Map<String, Object> columns) {
        ObjectNode row = JSON.objectNode();
        columns.forEach((column, value) -> row.set(column, Values.encode(value)));
        return row;
    }
}
