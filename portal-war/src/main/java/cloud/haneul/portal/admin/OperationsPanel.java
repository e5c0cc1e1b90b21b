package cloud.haneul.portal.admin;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.operation.Operation;
import cloud.haneul.kernel.operation.OperationState;
import cloud.haneul.kernel.operation.Operations;
import cloud.haneul.portal.Activity;
import cloud.haneul.portal.Requested;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import cloud.haneul.portal.Sift;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Admin &gt; Operations: what the cloud is doing and has done, and what is to be done about what is STUCK. */
@Named("operations")
@ViewScoped
public class OperationsPanel extends ResourcePanel<Operation> {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Operations operations;

    @Inject
    private transient Clock clock;

    private String state = Requested.text("state");

    public OperationsPanel() {
        super("operations", "server operation", Operation::id, Operation::resourceName);
    }

    @Override
    protected List<Operation> load(Caller caller, Query query) {
        Optional<OperationState> wanted =
                Optional.ofNullable(state).filter(s -> !s.isEmpty()).map(OperationState::valueOf);
        return Sift.search(
                query,
                page -> operations.list(caller, wanted, new Page(page.limit(), page.marker(), List.of())),
                this::id,
                row -> row.resourceName() + " " + row.kind() + " " + row.userName());
    }

    @Override
    public String name(Operation row) {
        return ui.wordOr("operation." + row.kind(), row.kind()) + " · " + row.resourceName();
    }

    @Override
    protected List<RowAction<Operation>> offers() {
        return List.of(
                RowAction.<Operation>link("open", "pi-list", row -> "operation.xhtml?id=" + id(row)),
                RowAction.<Operation>of("retry", "pi-replay", (c, row) -> operations.retry(c, row.id()))
                        .when(row -> row.state() == OperationState.STUCK)
                        .bulk()
                        .confirmed(),
                RowAction.<Operation>of("abandon", "pi-ban", (c, row) -> operations.abandon(c, row.id()))
                        .when(row -> row.state() == OperationState.STUCK)
                        .bulk()
                        .dangerous());
    }

    public String tone(Operation row) {
        return tone(row.state());
    }

    static String tone(OperationState state) {
        return switch (state) {
            case DONE -> "ok";
            case FAILED, STUCK -> "bad";
            case UNWINDING -> "warn";
            default -> "busy";
        };
    }

    public String took(Operation row) {
        return ui.duration(Activity.millis(row, clock.instant()));
    }

    public OperationState[] getStates() {
        return OperationState.values();
    }

    public String getState() {
        return state;
    }

    public void setState(String text) {
        state = text;
    }
}
