package cloud.haneul.portal;

import cloud.haneul.kernel.operation.Operation;
import cloud.haneul.kernel.operation.OperationEvent;
import cloud.haneul.kernel.operation.OperationState;
import cloud.haneul.kernel.operation.OperationType;
import cloud.haneul.kernel.operation.Operations;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was done to a resource, told in words: each operation with its steps, how long they took, what failed and what was undone.
 * The texts are {@code operation.<kind>} and {@code operation.<kind>.<step>}.
 */
@RequestScoped
public class Activity {
    /** One operation. */
    public record Act(
            Operation operation,
            String title,
            String tone,
            String icon,
            List<Line> lines,
            String why,
            boolean isRunning) {}

    /** One line of its history, or a step that is still to come. */
    public record Line(String icon, String text, String note, String took, boolean isTodo) {}

    @Inject
    private Operations operations;

    @Inject
    @Any
    private Instance<OperationType<?>> types;

    @Inject
    private Ui ui;

    @Inject
    private Me me;

    public List<Act> of(String resourceType, Object resourceId, int limit) {
        return tell(operations.ofResource(resourceType, resourceId, limit));
    }

    public List<Act> tell(List<Operation> some) {
        Map<java.util.UUID, List<OperationEvent>> events =
                operations.events(some.stream().map(Operation::id).toList()).stream()
                        .collect(Collectors.groupingBy(OperationEvent::operationId));
        return some.stream()
                .map(operation -> act(operation, events.getOrDefault(operation.id(), List.of())))
                .toList();
    }

    private Act act(Operation operation, List<OperationEvent> events) {
        List<Line> lines = new ArrayList<>();
        Set<String> done = new HashSet<>();
        String place = "";
        for (OperationEvent event : events) {
            line(operation, event, place).ifPresent(lines::add);
            place = isDone(event) ? event.detail() : place;
            if (event.type() == OperationEvent.Type.STEP_DONE) {
                done.add(event.step());
            } else if (event.type() == OperationEvent.Type.UNDONE) {
                done.remove(event.step());
            }
        }
        boolean forward = !operation.state().isEnded()
                && operation.state() != OperationState.UNWINDING
                && operation.state() != OperationState.STUCK;
        if (forward) {
            boolean first = true;
            for (String step : steps(operation)) {
                if (!done.contains(step)) {
                    lines.add(new Line(
                            first ? "pi-spin pi-spinner" : "pi-circle", step(operation, step), "", "", !first));
                    first = false;
                }
            }
        }
        String tone =
                switch (operation.state()) {
                    case DONE -> "ok";
                    case FAILED, STUCK -> operation.isCancelled() ? "warn" : "bad";
                    case UNWINDING -> "warn";
                    default -> "busy";
                };
        String icon =
                switch (tone) {
                    case "ok" -> "pi-check";
                    case "bad" -> "pi-times";
                    case "warn" -> "pi-undo";
                    default -> "pi-spin pi-spinner";
                };
        return new Act(
                operation,
                ui.wordOr("operation." + operation.kind(), operation.kind()),
                tone,
                icon,
                lines,
                operation
                        .errorText()
                        .map(text -> Problems.of(
                                Words.of(ui.getLocale()), operation.errorCode().orElse(""), text))
                        .orElse(""),
                !operation.state().isEnded());
    }

    private Optional<Line> line(Operation operation, OperationEvent event, String before) {
        String step = step(operation, event.step());
        String took = event.millis() > 0 ? ui.duration(event.millis()) : "";
        return switch (event.type()) {
            case STEP_DONE -> Optional.of(new Line("pi-check", step, place(event, before), took, false));
            case STEP_RETRIED ->
                Optional.of(new Line("pi-replay", ui.word("activity.retried", step), event.text(), took, false));
            case STEP_FAILED ->
                Optional.of(new Line("pi-times", ui.word("activity.failed", step), event.text(), took, false));
            case ELSEWHERE ->
                Optional.of(new Line("pi-replay", ui.word("activity.elsewhere"), event.text(), took, false));
            case CANCELLED -> Optional.of(new Line("pi-ban", ui.word("activity.cancelled"), event.text(), "", false));
            case UNDONE ->
                Optional.of(new Line("pi-undo", ui.word("activity.undone", step), place(event, before), took, false));
            case UNDO_FAILED ->
                Optional.of(new Line(
                        "pi-exclamation-triangle", ui.word("activity.undoFailed", step), event.text(), took, false));
            case NOTE -> Optional.of(new Line("pi-info-circle", event.text(), "", "", false));
            case STUCK -> Optional.of(new Line("pi-exclamation-triangle", ui.word("activity.stuck"), "", "", false));
            case RESUMED ->
                Optional.of(new Line("pi-replay", ui.word("activity.resumed", event.text()), "", "", false));
            case ABANDONED ->
                Optional.of(new Line("pi-ban", ui.word("activity.abandoned", event.text()), "", "", false));
            case ACCEPTED, DONE, FAILED -> Optional.empty();
        };
    }

    private static boolean isDone(OperationEvent event) {
        return event.type() == OperationEvent.Type.STEP_DONE || event.type() == OperationEvent.Type.UNDONE;
    }

    /** Which host it was done on is the operator's business; said where it is another than {@code before}. */
    private String place(OperationEvent event, String before) {
        return event.detail().isEmpty() || event.detail().equals(before) || !me.may("haneul:operations:show:detail")
                ? event.text()
                : ui.word("activity.at", event.detail());
    }

    private String step(Operation operation, String step) {
        return ui.wordOr("operation." + operation.kind() + "." + step, step);
    }

    private List<String> steps(Operation operation) {
        return types.stream()
                .filter(type -> type.kind().equals(operation.kind()))
                .findFirst()
                .map(type -> type.steps().stream().map(s -> s.name()).toList())
                .orElse(List.of());
    }

    /** How long an operation took, or has been at work. */
    public static long millis(Operation operation, java.time.Instant now) {
        return Duration.between(operation.createdAt(), operation.finishedAt().orElse(now))
                .toMillis();
    }
}
