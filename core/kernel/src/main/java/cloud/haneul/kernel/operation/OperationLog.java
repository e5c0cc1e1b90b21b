package cloud.haneul.kernel.operation;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Node;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.event.Events;
import cloud.haneul.kernel.event.ResourceEvent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;

/** Writes what happens to operations and hands the resource on when one ends. All in the transaction of the change itself. */
@Component
class OperationLog {
    private final Database database;
    private final OperationTypes types;
    private final Events events;
    private final Pokes pokes;
    private final Node node;
    private final Clock clock;
    private final CrashDrill drill;

    @Inject
    OperationLog(
            Database database,
            OperationTypes types,
            Events events,
            Pokes pokes,
            Node node,
            Clock clock,
            CrashDrill drill) {
        this.database = database;
        this.types = types;
        this.events = events;
        this.pokes = pokes;
        this.node = node;
        this.clock = clock;
        this.drill = drill;
    }

    void add(
            EntityManager em,
            Operation operation,
            OperationEvent.Type type,
            String step,
            String text,
            String detail,
            long millis) {
        em.persist(new OperationEvent(operation.id(), clock.instant(), type, step, node.name(), text, detail, millis));
        events.publish(new ResourceEvent(
                operation.resourceType(),
                operation.resourceId(),
                operation.projectId(),
                operation.kind() + "." + type));
        drill.eventOf(operation);
    }

    void complete(EntityManager em, Operation operation, Context<Object> context) {
        OperationType<Object> type = types.of(operation.kind(), operation.kindVersion());
        type.completed(em, context);
        operation.end(OperationState.DONE, clock.instant());
        add(em, operation, OperationEvent.Type.DONE, "", "", "", sinceCreated(operation));
        release(em, operation);
    }

    void fail(EntityManager em, Operation operation) {
        Problem problem = new Problem(
                operation.errorCode().orElse("INTERNAL"),
                operation.errorText().orElse(""),
                operation.errorDetail().orElse(""),
                cloud.haneul.spi.DriverException.Recovery.FIX_INPUT);
        OperationType<Object> type = types.of(operation.kind(), operation.kindVersion());
        type.failed(em, new Run.RunContext<>(operation, type, database, this), problem);
        operation.end(OperationState.FAILED, clock.instant());
        add(em, operation, OperationEvent.Type.FAILED, "", problem.text(), problem.detail(), sinceCreated(operation));
        release(em, operation);
    }

    private long sinceCreated(Operation operation) {
        return operation.sinceCreated(clock.instant()).toMillis();
    }

    /** The resource goes to the operation that queued behind this one, or is free. */
    private void release(EntityManager em, Operation operation) {
        OperationLock lock =
                em.find(OperationLock.class, new OperationLock.Key(operation.resourceType(), operation.resourceId()));
        List<Operation> next = em.createQuery(
                        "select o from Operation o where o.afterId = :id order by o.createdAt", Operation.class)
                .setParameter("id", operation.id())
                .getResultList();
        if (next.isEmpty()) {
            if (lock != null && lock.operationId.equals(operation.id())) {
                em.remove(lock);
            }
        } else {
            Operation successor = next.get(0);
            successor.lockPassedOn();
            lock.operationId = successor.id();
            database.afterCommit(() -> pokes.poke(successor.id()));
        }
    }
}
