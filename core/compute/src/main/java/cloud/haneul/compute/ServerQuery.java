package cloud.haneul.compute;

import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Page;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Builds the one query of a list of servers from words that are all known beforehand. */
final class ServerQuery {
    /** The API's sort keys and the fields they mean. */
    private static final Map<String, String> FIELDS = Map.of(
            "created_at", "createdAt",
            "updated_at", "updatedAt",
            "display_name", "name",
            "name", "name",
            "uuid", "id",
            "vm_state", "vmState",
            "launched_at", "launchedAt",
            "host", "hostId");

    private ServerQuery() {}

    static List<Server> run(EntityManager em, Optional<String> project, ServerFilter filter, Page page) {
        List<String> where = new ArrayList<>();
        Map<String, Object> values = new HashMap<>();
        project.or(filter::project).ifPresent(p -> add(where, values, "s.projectId = :project", "project", p));
        filter.name().ifPresent(n -> add(where, values, "lower(s.name) like :name", "name", "%" + escaped(n) + "%"));
        filter.image().ifPresent(i -> add(where, values, "s.imageId = :image", "image", i));
        filter.flavor().ifPresent(f -> add(where, values, "s.flavorId = :flavor", "flavor", f));
        filter.host().ifPresent(h -> add(where, values, "s.hostId = :host", "host", h));
        filter.user().ifPresent(u -> add(where, values, "s.userId = :user", "user", u));
        filter.id().ifPresent(i -> add(where, values, "s.id = :id", "id", i));
        filter.changedSince().ifPresent(t -> add(where, values, "s.updatedAt >= :since", "since", t));
        filter.status().ifPresent(status -> status(where, values, status));
        Page.Sort sort = page.sort().isEmpty()
                ? new Page.Sort("created_at", false)
                : page.sort().get(0);
        String field = FIELDS.get(sort.field());
        if (field == null) {
            throw Fault.badRequest("sort_key", "Sort key supplied was not valid: " + sort.field());
        }
        page.marker().ifPresent(marker -> after(em, where, values, marker, field, sort.ascending()));
        TypedQuery<Server> query = em.createQuery(
                "select s from Server s" + (where.isEmpty() ? "" : " where " + String.join(" and ", where))
                        + " order by s." + field + (sort.ascending() ? " asc" : " desc") + ", s.id",
                Server.class);
        values.forEach(query::setParameter);
        return query.setMaxResults(page.limit()).getResultList();
    }

    private static void after(
            EntityManager em,
            List<String> where,
            Map<String, Object> values,
            String marker,
            String field,
            boolean ascending) {
        UUID id = Ids.parse(marker)
                .filter(i -> em.find(Server.class, i) != null)
                .orElseThrow(() -> Fault.badRequest("marker", "marker [" + marker + "] not found"));
        String of = "(select m." + field + " from Server m where m.id = :marker)";
        where.add("(s." + field + (ascending ? " > " : " < ") + of + " or (s." + field + " = " + of
                + " and s.id > :marker))");
        values.put("marker", id);
    }

    private static void status(List<String> where, Map<String, Object> values, String status) {
        Set<VmState> states = EnumSet.noneOf(VmState.class);
        Set<Task> tasks = EnumSet.noneOf(Task.class);
        for (VmState state : VmState.values()) {
            if (state.status().equalsIgnoreCase(status)) {
                states.add(state);
            }
        }
        for (Task task : Task.values()) {
            if (task.status().map(s -> s.equalsIgnoreCase(status)).orElse(false)) {
                tasks.add(task);
            }
        }
        if (!tasks.isEmpty()) {
            add(where, values, "s.task in :tasks", "tasks", tasks);
        } else if (!states.isEmpty()) {
            add(where, values, "s.vmState in :states", "states", states);
        } else {
            // a status no server can have matches none
            where.add("s.id is null");
        }
    }

    private static void add(
            List<String> where, Map<String, Object> values, String condition, String name, Object value) {
        where.add(condition);
        values.put(name, value);
    }

    private static String escaped(String part) {
        return part.toLowerCase(Locale.ROOT)
                .replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_");
    }
}
