package cloud.haneul.kernel.operation;

import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Json;
import cloud.haneul.spi.DriverException.Recovery;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Carries one claimed operation on until it ends, waits, or another controller takes it over. After each step, one transaction
 * stores how far it is; between those, a crash means the step is done again.
 */
final class Run {
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);
    /** A failed call is tried this often before the run unwinds, or before an undo is STUCK. */
    private static final int ATTEMPTS = 6;

    private final UUID id;
    private final long generation;
    private final Database database;
    private final OperationTypes types;
    private final OperationLog log;
    private final Clock clock;

    Run(UUID id, long generation, Database database, OperationTypes types, OperationLog log, Clock clock) {
        this.id = id;
        this.generation = generation;
        this.database = database;
        this.types = types;
        this.log = log;
        this.clock = clock;
    }

    /** @return when the operation wants to be called again; empty when it ended or was lost */
    Optional<Instant> carryOn() {
        Operation operation = database.read(em -> em.find(Operation.class, id));
        MDC.put("request", operation.requestId());
        MDC.put("operation", id.toString());
        try {
            while (operation.generation() == generation) {
                Operation next =
                        operation.state() == OperationState.UNWINDING ? undoStep(operation) : doStep(operation);
                if (next.state() == OperationState.WAITING || next.dueAt().isAfter(clock.instant())) {
                    return Optional.of(next.dueAt());
                }
                if (next.state().isEnded() || next.state() == OperationState.STUCK) {
                    return Optional.empty();
                }
                operation = next;
            }
        } catch (Lost e) {
            LOG.info("Operation {} was taken over by another controller", id);
        } finally {
            MDC.remove("request");
            MDC.remove("operation");
        }
        return Optional.empty();
    }

    private Operation doStep(Operation operation) {
        List<Step<Object>> steps = types.steps(operation.kind(), operation.kindVersion());
        OperationType<Object> type = types.of(operation.kind(), operation.kindVersion());
        RunContext<Object> context = new RunContext<>(operation, type, database, log);
        if (operation.step() >= steps.size()) {
            return store(context, (em, o) -> log.complete(em, o, context));
        }
        Step<Object> step = steps.get(operation.step());
        // read with the end of the step before, a moment ago
        if (operation.isCancelled()) {
            Problem problem = new Problem("CANCELLED", "The work was cancelled.", "", Recovery.FIX_INPUT);
            return store(context, (em, o) -> {
                log.add(em, o, OperationEvent.Type.CANCELLED, step.name(), problem.text(), "", 0);
                o.unwind(Operation.TO_THE_START, problem);
            });
        }
        long begun = System.nanoTime();
        Outcome outcome;
        try {
            outcome = step.action().apply(context);
        } catch (Lost e) {
            throw e;
        } catch (RuntimeException e) {
            context.atEnd.clear();
            return stepFailed(operation, step, context, e, millisSince(begun));
        }
        if (!outcome.done()) {
            context.atEnd.clear();
            return store(context, (em, o) -> o.waitUntil(clock.instant().plus(outcome.callAgain()), outcome.percent()));
        }
        return store(context, (em, o) -> {
            o.stepDone();
            log.add(em, o, OperationEvent.Type.STEP_DONE, step.name(), "", context.place(), millisSince(begun));
            if (o.step() == steps.size()) {
                log.complete(em, o, context);
            }
        });
    }

    private Operation stepFailed(
            Operation operation, Step<Object> step, RunContext<Object> context, RuntimeException thrown, long millis) {
        Problem problem = Problem.of(thrown);
        if (problem.recovery() == Recovery.CALL_OPERATOR) {
            LOG.error(
                    "Step {} of {} on {} {} failed",
                    step.name(),
                    operation.kind(),
                    operation.resourceType(),
                    operation.resourceId(),
                    thrown);
        } else {
            LOG.info(
                    "Step {} of {} on {} {} failed: {} {}",
                    step.name(),
                    operation.kind(),
                    operation.resourceType(),
                    operation.resourceId(),
                    problem.text(),
                    problem.detail());
        }
        boolean repeatable = problem.recovery() == Recovery.RETRY || problem.recovery() == Recovery.OBSERVE;
        if (repeatable && operation.attempts() + 1 < ATTEMPTS) {
            return store(context, (em, o) -> {
                o.attemptFailed();
                o.waitUntil(clock.instant().plus(pause(o.attempts())), o.percent());
                log.add(em, o, OperationEvent.Type.STEP_RETRIED, step.name(), problem.text(), problem.detail(), millis);
            });
        }
        OperationType<Object> type = context.type;
        boolean elsewhere = (problem.recovery() == Recovery.TRY_ELSEWHERE || repeatable)
                && type.elsewhereStep().isPresent()
                && operation.step() > type.elsewhereStep().getAsInt()
                && operation.elsewhere() + 1 < type.elsewhereAttempts();
        return store(context, (em, o) -> {
            log.add(em, o, OperationEvent.Type.STEP_FAILED, step.name(), problem.text(), problem.detail(), millis);
            o.unwind(elsewhere ? type.elsewhereStep().getAsInt() : Operation.TO_THE_START, problem);
        });
    }

    /** Undoes the current step, for it may have begun, and then those before it. */
    private Operation undoStep(Operation operation) {
        List<Step<Object>> steps = types.steps(operation.kind(), operation.kindVersion());
        RunContext<Object> context =
                new RunContext<>(operation, types.of(operation.kind(), operation.kindVersion()), database, log);
        if (operation.step() < Math.max(0, operation.unwindTo())) {
            return store(context, (em, o) -> {
                if (o.unwindTo() >= 0 && !o.isCancelled()) {
                    o.runElsewhere();
                    log.add(
                            em,
                            o,
                            OperationEvent.Type.ELSEWHERE,
                            "",
                            o.errorText().orElse(""),
                            "",
                            0);
                } else if (o.unwindTo() > 0) {
                    o.unwind(
                            Operation.TO_THE_START,
                            new Problem("CANCELLED", "The work was cancelled.", "", Recovery.FIX_INPUT));
                } else {
                    log.fail(em, o);
                }
            });
        }
        Step<Object> step = steps.get(Math.min(operation.step(), steps.size() - 1));
        long begun = System.nanoTime();
        try {
            step.undo().accept(context);
        } catch (Lost e) {
            throw e;
        } catch (RuntimeException e) {
            return undoFailed(operation, step, context, e, millisSince(begun));
        }
        return store(context, (em, o) -> {
            o.undone();
            log.add(em, o, OperationEvent.Type.UNDONE, step.name(), "", context.place(), millisSince(begun));
        });
    }

    private Operation undoFailed(
            Operation operation, Step<Object> step, RunContext<Object> context, RuntimeException thrown, long millis) {
        Problem problem = Problem.of(thrown);
        LOG.warn(
                "Undo of step {} of {} on {} {} failed",
                step.name(),
                operation.kind(),
                operation.resourceType(),
                operation.resourceId(),
                thrown);
        return store(context, (em, o) -> {
            o.attemptFailed();
            log.add(em, o, OperationEvent.Type.UNDO_FAILED, step.name(), problem.text(), problem.detail(), millis);
            if (o.attempts() < ATTEMPTS) {
                o.waitUntil(clock.instant().plus(pause(o.attempts())), 0);
            } else {
                o.end(OperationState.STUCK, clock.instant());
                log.add(em, o, OperationEvent.Type.STUCK, step.name(), problem.text(), problem.detail(), 0);
            }
        });
    }

    private Operation store(RunContext<Object> context, Change change) {
        // a cancel request may have touched the row meanwhile: read it anew, fenced by the generation
        return database.writeRetrying(em -> {
            Operation operation = em.find(Operation.class, id);
            if (operation.generation() != generation) {
                throw new Lost();
            }
            operation.memory(context.memoryJson());
            context.atEnd.forEach(work -> work.accept(em));
            change.apply(em, operation);
            em.flush();
            return operation;
        });
    }

    private static Duration pause(int attempt) {
        return Duration.ofMillis(250L << Math.min(attempt, 6));
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    private interface Change {
        void apply(EntityManager em, Operation operation);
    }

    /** Another controller has claimed the operation: this one must not write a word more. */
    static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Lost() {
            super("The operation was taken over", null, false, false);
        }
    }

    /** What steps see of the run. */
    static final class RunContext<P> implements Context<P> {
        private static final String PLACE = "at";

        private final Operation operation;
        private final OperationType<P> type;
        private final P params;
        private final Map<String, String> memory;
        private final List<Consumer<EntityManager>> atEnd = new ArrayList<>();
        private final Database database;
        private final OperationLog log;

        RunContext(Operation operation, OperationType<P> type, Database database, OperationLog log) {
            this.operation = operation;
            this.type = type;
            this.params = Json.read(operation.params(), type.params());
            this.memory = Json.read(operation.memory(), new TypeReference<TreeMap<String, String>>() {});
            this.database = database;
            this.log = log;
        }

        String memoryJson() {
            return Json.write(memory);
        }

        @Override
        public UUID operation() {
            return operation.id();
        }

        @Override
        public P params() {
            return params;
        }

        @Override
        public String requestId() {
            return operation.requestId();
        }

        @Override
        public String userId() {
            return operation.userId();
        }

        @Override
        public Optional<String> projectId() {
            return operation.projectId();
        }

        @Override
        public int attempt() {
            return operation.attempts();
        }

        @Override
        public int elsewhere() {
            return operation.elsewhere();
        }

        @Override
        public boolean isCancelled() {
            return database.read(
                    em -> em.createQuery("select o.cancelled from Operation o where o.id = :id", Boolean.class)
                            .setParameter("id", operation.id())
                            .getSingleResult());
        }

        @Override
        public Optional<String> recall(String key) {
            return Optional.ofNullable(memory.get(key));
        }

        @Override
        public void remember(String key, String value) {
            memory.put(key, value);
        }

        @Override
        public void forget(String key) {
            memory.remove(key);
        }

        @Override
        public void at(String place) {
            remember(PLACE, place);
        }

        String place() {
            return recall(PLACE).orElse("");
        }

        @Override
        public void note(String text, String detail) {
            run(em -> log.add(em, operation, OperationEvent.Type.NOTE, "", text, detail, 0));
        }

        @Override
        public <T> T write(Function<EntityManager, T> work) {
            return database.write(em -> {
                // an update that changes only the memory takes the row's lock, so a take-over waits for it or is seen
                // by it
                int rows = em.createQuery(
                                "update Operation o set o.memory = :memory where o.id = :id and o.generation = :generation")
                        .setParameter("memory", memoryJson())
                        .setParameter("id", operation.id())
                        .setParameter("generation", operation.generation())
                        .executeUpdate();
                if (rows == 0) {
                    throw new Lost();
                }
                return work.apply(em);
            });
        }

        @Override
        public void atEnd(Consumer<EntityManager> work) {
            atEnd.add(work);
        }

        @Override
        public void run(Consumer<EntityManager> work) {
            write(em -> {
                work.accept(em);
                return null;
            });
        }
    }
}
