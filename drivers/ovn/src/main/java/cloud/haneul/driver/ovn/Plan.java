package cloud.haneul.driver.ovn;

import cloud.haneul.driver.ovn.Values.Named;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * All rows that one network, port, router or security group should have, and the transaction that leads there from what it has:
 * nothing when it has them already, so asking again writes nothing, and what somebody changed by hand is put right.
 *
 * <pre>{@code
 * Plan plan = new Plan("ensure security group", installation, group.id());
 * Part acl = plan.want(ACL, "rule:1", Map.of("match", set("ip4"), ...));
 * plan.want(PORT_GROUP, "", Map.of("name", set("pg_1"), "acls", set(acl)));
 * Transaction transaction = plan.toward(rows);
 * }</pre>
 *
 * Parts refer to each other by {@link Part}. A part that is no longer wanted goes: deleted, or dropped by the database when the
 * column that referred to it is written.
 */
final class Plan {
    /** A row by what it is to its owner; stands for the row's UUID in columns of other parts. */
    record Part(String table, String name) {}

    private record Wanted(Map<String, Object> columns, Map<String, String> marks) {}

    private final String installation;
    private final UUID owner;
    private final Transaction transaction;
    private final Map<Part, Wanted> wanted = new LinkedHashMap<>();
    private final Map<Part, Object> switches = new HashMap<>();
    private final Map<Part, Object> references = new HashMap<>();
    private String specification = "";

    Plan(String comment, String installation, UUID owner) {
        this.installation = installation;
        this.owner = owner;
        this.transaction = new Transaction("haneul: " + comment + " " + owner);
    }

    Part want(String table, String name, Map<String, Object> columns) {
        return want(table, name, columns, Map.of());
    }

    Part want(String table, String name, Map<String, Object> columns, Map<String, String> marks) {
        Part part = new Part(table, name);
        if (wanted.put(part, new Wanted(columns, marks)) != null) {
            throw DriverException.of(Code.INVALID, "The specification names " + name + " twice.");
        }
        return part;
    }

    /** The part is a port of a switch: a row, or another part. */
    void plug(Part port, Object logicalSwitch) {
        switches.put(port, logicalSwitch);
    }

    /** What other rows refer to the part by; after {@link #toward}. */
    Object reference(Part part) {
        return references.get(part);
    }

    Transaction transaction() {
        return transaction;
    }

    Transaction toward(Rows rows) {
        specification = hash();
        Map<Part, Row> existing = existing(rows);
        for (Part part : wanted.keySet()) {
            Row row = existing.get(part);
            references.put(part, row == null ? transaction.name() : row.uuid());
        }
        wanted.forEach((part, want) -> {
            Map<String, Object> columns = resolved(part, want);
            Row row = existing.get(part);
            if (row == null) {
                insert(part, columns);
            } else {
                update(part, row, columns);
            }
        });
        switches.forEach((port, logicalSwitch) -> plugIn(rows, port, logicalSwitch));
        existing.forEach((part, row) -> {
            if (!wanted.containsKey(part)) {
                remove(rows, row, transaction);
            }
        });
        return transaction;
    }

    /** Removes a row of ours that others than its owner may refer to. */
    static void remove(Rows rows, Row row, Transaction transaction) {
        if (Tables.ROOTS.contains(row.table())) {
            transaction.delete(row);
        } else if (row.table().equals(Tables.SWITCH_PORT)) {
            row.mark(Marks.NETWORK)
                    .flatMap(network -> rows.first(Tables.SWITCH, network))
                    .ifPresent(network -> transaction.remove(network.table(), network.uuid(), "ports", row.uuid()));
        }
    }

    private Map<Part, Row> existing(Rows rows) {
        Map<Part, Row> result = new LinkedHashMap<>();
        List<Row> twice = new ArrayList<>();
        for (Row row : rows.of(owner.toString())) {
            if (result.putIfAbsent(new Part(row.table(), Marks.part(row)), row) != null) {
                twice.add(row);
            }
        }
        // should not be, and must not stay
        twice.forEach(row -> remove(rows, row, transaction));
        return result;
    }

    private void insert(Part part, Map<String, Object> columns) {
        if (Tables.WITHOUT_UNIQUE_NAME.contains(part.table()) && part.name().isEmpty()) {
            transaction.demandNone(part.table(), Marks.of(installation, owner, ""));
        }
        transaction.insert(part.table(), (Named) references.get(part), columns);
    }

    private void update(Part part, Row row, Map<String, Object> columns) {
        Map<String, Object> different = new TreeMap<>();
        columns.forEach((column, value) -> {
            if (!value.equals(row.columns().get(column))) {
                different.put(column, value);
            }
        });
        if (different.isEmpty()) {
            return;
        }
        if (part.name().isEmpty()) {
            // the hash in the main row's marks changes with every part: of two controllers one must think again
            transaction.demand(row, Marks.COLUMN);
        }
        transaction.update(row, different);
    }

    private void plugIn(Rows rows, Part port, Object logicalSwitch) {
        Object reference = references.get(port);
        if (logicalSwitch instanceof Part part) {
            Object target = references.get(part);
            boolean plugged = target instanceof UUID uuid
                    && rows.row(Tables.SWITCH, uuid)
                            .filter(row -> reference instanceof UUID known && row.refers("ports", known))
                            .isPresent();
            if (!plugged) {
                transaction.add(Tables.SWITCH, target, "ports", reference);
            }
            return;
        }
        Row row = (Row) logicalSwitch;
        if (!(reference instanceof UUID known && row.refers("ports", known))) {
            transaction.demand(row);
            transaction.add(Tables.SWITCH, row.uuid(), "ports", reference);
        }
    }

    private Map<String, Object> resolved(Part part, Wanted want) {
        Map<String, Object> columns = new TreeMap<>();
        want.columns().forEach((column, value) -> columns.put(column, resolved(value)));
        Map<String, String> marks = Marks.of(installation, owner, part.name());
        marks.putAll(want.marks());
        if (part.name().isEmpty()) {
            marks.put(Marks.SPEC, specification);
        }
        columns.put(Marks.COLUMN, marks);
        return columns;
    }

    private Object resolved(Object value) {
        if (!(value instanceof Set<?> set)) {
            return value;
        }
        Set<Object> result = new LinkedHashSet<>();
        set.forEach(atom -> result.add(atom instanceof Part part ? references.get(part) : atom));
        return result;
    }

    private String hash() {
        Set<String> lines = new TreeSet<>();
        wanted.forEach((part, want) -> {
            StringBuilder line = new StringBuilder(part.toString());
            new TreeMap<>(want.columns())
                    .forEach((column, value) ->
                            line.append(' ').append(column).append('=').append(canonical(value)));
            lines.add(line.append(' ').append(new TreeMap<>(want.marks())).toString());
        });
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(lines.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String canonical(Object value) {
        if (value instanceof Set<?> set) {
            Set<String> atoms = new TreeSet<>();
            set.forEach(atom -> atoms.add(atom.toString()));
            return atoms.toString();
        }
        return new TreeMap<>((Map<?, ?>) value).toString();
    }
}
