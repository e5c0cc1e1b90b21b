package cloud.haneul.kernel.operation;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Page;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Where services hand in work that takes time, and where people look how it goes. */
@Component
public class Operations {
    private final Database database;
    private final OperationTypes types;
    private final OperationLog log;
    private final Pokes pokes;
    private final Access access;
    private final Clock clock;

    @Inject
    Operations(Database database, OperationTypes types, OperationLog log, Pokes pokes, Access access, Clock clock) {
        this.database = database;
        this.types = types;
        this.log = log;
        this.pokes = pokes;
        this.access = access;
        this.clock = clock;
    }

    /**
     * Accepts work in the transaction that changes the resource's rows; it begins after the commit.
     *
     * @return the operation's id
     * @throws Fault CONFLICT when another operation is at work on the resource and {@code asked} does not cancel it
     */
    public UUID submit(Caller caller, NewOperation asked) {
        if (!database.inTransaction()) {
            throw new IllegalStateException("An operation is submitted in the transaction that changes its resource");
        }
        return database.write(em -> {
            UUID id = Ids.newId();
            Operation operation =
                    new Operation(id, types.newest(asked.kind()).version(), caller, asked, clock.instant());
            OperationLock lock =
                    em.find(OperationLock.class, new OperationLock.Key(asked.resourceType(), asked.resourceId()));
            if (lock == null) {
                em.persist(new OperationLock(asked.resourceType(), asked.resourceId(), id));
            } else {
                Operation active = em.find(Operation.class, lock.operationId);
                if (!asked.cancelsActive() || hasSuccessor(em, active.id())) {
                    throw Fault.conflict("The " + asked.resourceType() + " " + asked.resourceName() + " is busy: "
                            + active.kind() + " is in progress.");
                }
                active.cancel(clock.instant());
                operation.queueAfter(active.id());
                database.afterCommit(() -> pokes.poke(active.id()));
            }
            em.persist(operation);
            log.add(em, operation, OperationEvent.Type.ACCEPTED, "", "", "", 0);
            em.flush();
            database.afterCommit(() -> pokes.poke(id));
            return id;
        });
    }

    /** The operation at work on a resource, if any. */
    public Optional<Operation> active(String resourceType, Object resourceId) {
        return database.read(em -> Optional.ofNullable(
                        em.find(OperationLock.class, new OperationLock.Key(resourceType, resourceId.toString())))
                .map(lock -> em.find(Operation.class, lock.operationId)));
    }

    /** Operations of a resource, newest first. The caller's right to see the resource is the asking service's to check. */
    public List<Operation> ofResource(String resourceType, Object resourceId, int limit) {
        return database.read(em -> em.createQuery(
                        "select o from Operation o where o.resourceType = :t and o.resourceId = :r order by o.createdAt desc, o.id",
                        Operation.class)
                .setParameter("t", resourceType)
                .setParameter("r", resourceId.toString())
                .setMaxResults(Math.min(limit, Page.MAX))
                .getResultList());
    }

    /** Events of some operations, oldest first. */
    public List<OperationEvent> events(List<UUID> operations) {
        if (operations.isEmpty()) {
            return List.of();
        }
        return database.read(em -> em.createQuery(
                        "select e from OperationEvent e where e.operationId in :ids order by e.id",
                        OperationEvent.class)
                .setParameter("ids", operations)
                .setMaxResults(10 * Page.MAX)
                .getResultList());
    }

    /**
     * Operations of the whole cloud, newest first; an administrator's view.
     *
     * @param state only those in this state
     */
    public List<Operation> list(Caller caller, Optional<OperationState> state, Page page) {
        access.require(caller, "haneul:operations:list:all_projects", Map.of());
        return database.read(em -> {
            TypedQuery<Operation> query = em.createQuery(
                    "select o from Operation o where (:any = true or o.state = :state)"
                            + " and (:first = true or o.createdAt <= (select m.createdAt from Operation m where m.id = :marker))"
                            + " and (:first = true or o.id <> :marker)"
                            + " order by o.createdAt desc, o.id",
                    Operation.class);
            Optional<UUID> marker = page.marker().flatMap(Ids::parse);
            return query.setParameter("any", state.isEmpty())
                    .setParameter("state", state.orElse(OperationState.PENDING))
                    .setParameter("first", marker.isEmpty())
                    .setParameter("marker", marker.orElse(new UUID(0, 0)))
                    .setMaxResults(page.limit())
                    .getResultList();
        });
    }

    /** One operation; an administrator's view. */
    public Operation show(Caller caller, UUID id) {
        access.require(caller, "haneul:operations:list:all_projects", Map.of());
        return database.read(em -> Optional.ofNullable(em.find(Operation.class, id)))
                .orElseThrow(() -> Fault.notFound("Operation", id));
    }

    /** Undoes a STUCK operation once more, from the step whose undo failed. */
    public void retry(Caller caller, UUID id) {
        access.require(caller, "haneul:operations:retry", Map.of());
        database.run(em -> {
            Operation operation = stuck(em, id);
            operation.resume(clock.instant());
            log.add(em, operation, OperationEvent.Type.RESUMED, "", caller.userName(), "", 0);
        });
        pokes.poke(id);
    }

    /** Ends a STUCK operation as failed without undoing the rest: the operator has cleaned up by hand. */
    public void abandon(Caller caller, UUID id) {
        access.require(caller, "haneul:operations:abandon", Map.of());
        database.run(em -> {
            Operation operation = stuck(em, id);
            log.add(em, operation, OperationEvent.Type.ABANDONED, "", caller.userName(), "", 0);
            log.fail(em, operation);
        });
    }

    private Operation stuck(EntityManager em, UUID id) {
        Operation operation = em.find(Operation.class, id);
        if (operation == null) {
            throw Fault.notFound("Operation", id);
        }
        if (operation.state() != OperationState.STUCK) {
            throw Fault.conflict(
                    "Operation " + id + " is " + operation.state() + "; only a STUCK one can be retried or abandoned.");
        }
        return operation;
    }

    private static boolean hasSuccessor(EntityManager em, UUID id) {
        return em.createQuery("select count(o) from Operation o where o.afterId = :id", Long.class)
                        .setParameter("id", id)
                        .getSingleResult()
                > 0;
    }
}
