package cloud.haneul.compute;

import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.data.PagedQuery;
import jakarta.persistence.EntityManager;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The one query of a list of servers. */
final class ServerQuery {
    private static final PagedQuery.Order ORDER = PagedQuery.Order.of(
            Map.of(
                    "created_at", "createdAt",
                    "updated_at", "updatedAt",
                    "display_name", "name",
                    "name", "name",
                    "uuid", "id",
                    "vm_state", "vmState",
                    "launched_at", "launchedAt?",
                    "host", "hostId?"),
            "created_at",
            false);

    private ServerQuery() {}

    static List<Server> run(EntityManager em, Optional<String> project, ServerFilter filter, Page page) {
        return query(project, filter).page(em, ORDER, page);
    }

    static List<ServerRow> rows(EntityManager em, Optional<String> project, ServerFilter filter, Page page) {
        return query(project, filter).page(em, ORDER, page, ServerRow.COLUMNS, ServerRow.JOINS).stream()
                .map(ServerRow::of)
                .toList();
    }

    private static PagedQuery<Server> query(Optional<String> project, ServerFilter filter) {
        PagedQuery<Server> query = new PagedQuery<>(Server.class, "server", Ids::parse);
        project.or(filter::project).ifPresent(p -> query.only("projectId", p));
        filter.name().ifPresent(n -> query.and("lower(r.name) like :name", "name", PagedQuery.containing(n)));
        filter.image().ifPresent(i -> query.and("r.imageId = :image", "image", i));
        filter.flavor().ifPresent(f -> query.and("r.flavor.id = :flavor", "flavor", f));
        filter.host().ifPresent(h -> query.and("r.hostId = :host", "host", h));
        filter.user().ifPresent(u -> query.and("r.userId = :user", "user", u));
        filter.id().ifPresent(i -> query.and("r.id = :id", "id", i));
        filter.changedSince().ifPresent(t -> query.and("r.updatedAt >= :since", "since", t));
        filter.status().ifPresent(status -> status(query, status));
        return query;
    }

    private static void status(PagedQuery<Server> query, String status) {
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
            query.and("r.task in :tasks", "tasks", tasks);
        } else if (!states.isEmpty()) {
            query.and("r.vmState in :states", "states", states);
        } else {
            // a status no server can have matches none
            query.and("r.id is null");
        }
    }
}
