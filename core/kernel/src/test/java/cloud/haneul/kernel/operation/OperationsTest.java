package cloud.haneul.kernel.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import cloud.haneul.spi.DriverException.Code;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestCloud.class)
@With("haneul.operations.lease=PT2S")
class OperationsTest {
    private static final Caller CALLER = Caller.inner("drill");

    private final TestCloud cloud;
    private final Database database;
    private final Operations operations;
    private final String name = Ids.newHexId();
    private final Drill.World world = Drill.world(name);

    OperationsTest(TestCloud cloud, Database database, Operations operations) {
        this.cloud = cloud;
        this.database = database;
        this.operations = operations;
    }

    @Test
    void stepsRunInOrderAndTheEndCommitsWithTheResource() {
        UUID id = submit(false);
        awaitState(id, OperationState.DONE);
        assertThat(world.calls).containsExactly("a", "a+", "b", "b+", "c", "c+");
        assertThat(world.completed).isTrue();
        assertThat(types(id))
                .containsExactly(
                        OperationEvent.Type.ACCEPTED,
                        OperationEvent.Type.STEP_DONE,
                        OperationEvent.Type.STEP_DONE,
                        OperationEvent.Type.STEP_DONE,
                        OperationEvent.Type.DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a+", "b", "b+", "c", "c+"})
    void aFailureAtAnyPointUndoesEverythingLastFirst(String point) {
        world.at(point, Drill.fails(99, Code.INVALID));
        UUID id = submit(false);
        awaitState(id, OperationState.FAILED);
        assertThat(world.built).isEmpty();
        assertThat(world.completed).isFalse();
        assertThat(world.failed.text()).contains("fails at " + point);
        assertThat(world.calls.get(world.calls.size() - 1)).isEqualTo("undo a+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a+", "b", "b+", "c", "c+"})
    void aControllerThatDiesAtAnyPointLosesNothing(String point) {
        world.at(point, Drill.diesOnce());
        UUID id = submit(false);
        awaitState(id, OperationState.DONE);
        assertThat(world.built).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(world.completed).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"undo c", "undo c+", "undo b", "undo b+", "undo a", "undo a+"})
    void aControllerThatDiesWhileUndoingLeavesNothing(String point) {
        world.at("c+", Drill.fails(99, Code.INVALID));
        world.at(point, Drill.diesOnce());
        UUID id = submit(false);
        awaitState(id, OperationState.FAILED);
        assertThat(world.built).isEmpty();
        assertThat(world.failed).isNotNull();
    }

    @Test
    void aFailureThatMayPassIsTriedAgain() {
        world.at("b", Drill.fails(2, Code.BUSY));
        UUID id = submit(false);
        awaitState(id, OperationState.DONE);
        assertThat(types(id)).contains(OperationEvent.Type.STEP_RETRIED);
    }

    @Test
    void workAtTheEndOfAStepIsDoneOnlyWhenTheStepSucceeds() {
        world.at("b+", Drill.fails(2, Code.BUSY));
        awaitState(submit(false), OperationState.DONE);
        assertThat(world.calls).filteredOn("b"::equals).hasSize(3);
        assertThat(database.<List<?>>read(
                        em -> em.createNativeQuery("select node from kernel_lease where node like ?1 order by node")
                                .setParameter(1, name + "%")
                                .getResultList()))
                .isEqualTo(List.of(name + "a", name + "b", name + "c"));
    }

    @Test
    void anotherPlaceIsTriedWhenOneFails() {
        world.at("b", Drill.fails(1, Code.NO_CAPACITY));
        UUID id = submit(false);
        awaitState(id, OperationState.DONE);
        assertThat(world.calls).containsSubsequence("b", "undo b", "undo a", "a", "b", "c");
        assertThat(types(id)).contains(OperationEvent.Type.ELSEWHERE);
    }

    @Test
    void whenEveryPlaceFailsTheRunFailsWithTheCause() {
        world.at("b", Drill.fails(99, Code.NO_CAPACITY));
        UUID id = submit(false);
        awaitState(id, OperationState.FAILED);
        assertThat(world.built).isEmpty();
        assertThat(show(id).errorCode()).contains("NO_CAPACITY");
    }

    @Test
    void anUndoThatKeepsFailingIsStuckUntilAnOperatorRetriesIt() {
        world.at("c", Drill.fails(99, Code.INVALID));
        world.at("undo b", Drill.fails(6, Code.BACKEND_ERROR));
        UUID id = submit(false);
        awaitState(id, OperationState.STUCK);
        assertThat(operations.active("drill", name)).isPresent();
        operations.retry(CALLER, id);
        awaitState(id, OperationState.FAILED);
        assertThat(world.built).isEmpty();
        assertThat(operations.active("drill", name)).isEmpty();
    }

    @Test
    void aStuckOperationCanBeAbandoned() {
        world.at("c", Drill.fails(99, Code.INVALID));
        world.at("undo c", Drill.fails(99, Code.BACKEND_ERROR));
        UUID id = submit(false);
        awaitState(id, OperationState.STUCK);
        operations.abandon(CALLER, id);
        assertThat(show(id).state()).isEqualTo(OperationState.FAILED);
        assertThat(operations.active("drill", name)).isEmpty();
    }

    @Test
    void aSecondOperationOnABusyResourceIsRefused() {
        CountDownLatch gate = new CountDownLatch(1);
        world.at("b", call -> awaitGate(gate));
        UUID first = submit(false);
        assertThatThrownBy(() -> submit(false)).isInstanceOf(Fault.class).hasMessageContaining("busy");
        gate.countDown();
        awaitState(first, OperationState.DONE);
    }

    @Test
    void anOperationThatCancelsStopsTheActiveOneAndRunsAfterIt() {
        CountDownLatch gate = new CountDownLatch(1);
        world.at("b", call -> awaitGate(gate));
        UUID first = submit(false);
        await().dontCatchUncaughtExceptions().until(() -> world.calls.contains("b"));
        UUID second = submit(true);
        assertThat(show(second).state()).isEqualTo(OperationState.PENDING);
        gate.countDown();
        awaitState(first, OperationState.FAILED);
        awaitState(second, OperationState.DONE);
        assertThat(show(first).errorCode()).contains("CANCELLED");
        assertThat(world.calls.lastIndexOf("undo a+")).isLessThan(world.calls.lastIndexOf("a"));
    }

    @Test
    void aTransactionThatRollsBackSubmitsNothing() {
        assertThatThrownBy(() -> database.run(em -> {
                    operations.submit(CALLER, asked(false));
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(operations.ofResource("drill", name, 10)).isEmpty();
    }

    @Test
    void anotherControllerTakesOverWhatASilentOneHeld() {
        TestCloud.Another other = cloud.another();
        world.at("b", Drill.diesOnce());
        UUID id = submit(false);
        awaitState(id, OperationState.DONE);
        assertThat(world.built).hasSize(3);
        assertThat(other.get(Operations.class).show(CALLER, id).state()).isEqualTo(OperationState.DONE);
    }

    @Test
    void theListIsNewestFirstAndPaged() {
        UUID first = submit(false);
        awaitState(first, OperationState.DONE);
        UUID second = submit(false);
        awaitState(second, OperationState.DONE);
        List<UUID> ids = operations.list(CALLER, Optional.empty(), Page.first(1)).stream()
                .map(Operation::id)
                .toList();
        assertThat(ids).containsExactly(second);
        List<UUID> next =
                operations
                        .list(CALLER, Optional.empty(), new Page(1, Optional.of(second.toString()), List.of()))
                        .stream()
                        .map(Operation::id)
                        .toList();
        assertThat(next).containsExactly(first);
    }

    private UUID submit(boolean cancels) {
        return database.write(em -> operations.submit(CALLER, asked(cancels)));
    }

    private NewOperation asked(boolean cancels) {
        NewOperation asked = NewOperation.of("drill", "drill", name, name, Optional.empty(), new Drill.Params(name));
        return cancels ? asked.cancellingActive() : asked;
    }

    private Operation show(UUID id) {
        return operations.show(CALLER, id);
    }

    private List<OperationEvent.Type> types(UUID id) {
        return operations.events(List.of(id)).stream().map(OperationEvent::type).toList();
    }

    private void awaitState(UUID id, OperationState state) {
        // a power cut ends its thread with an error, as it should
        await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(60)).until(() -> show(id).state() == state);
    }

    private static void awaitGate(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
