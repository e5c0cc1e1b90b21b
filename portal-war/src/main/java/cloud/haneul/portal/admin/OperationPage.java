package cloud.haneul.portal.admin;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.operation.Operation;
import cloud.haneul.kernel.operation.OperationState;
import cloud.haneul.kernel.operation.Operations;
import cloud.haneul.portal.Activity;
import cloud.haneul.portal.ResourcePage;
import cloud.haneul.portal.RowAction;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.UUID;

/** One operation: its steps, what went wrong in the operator's words, and the ways out when it is STUCK. */
@Named("operation")
@ViewScoped
public class OperationPage extends ResourcePage<Operation> {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Operations operations;

    @Inject
    private transient Activity activity;

    public OperationPage() {
        super("operations", "server operation", "operations.xhtml", List.of("overview"));
    }

    @Override
    protected Operation load(Caller caller, UUID id) {
        return operations.show(caller, id);
    }

    @Override
    protected String name(Operation row) {
        return ui.wordOr("operation." + row.kind(), row.kind()) + " · " + row.resourceName();
    }

    @Override
    protected List<RowAction<Operation>> offers() {
        return List.of(
                RowAction.<Operation>of("retry", "pi-replay", (c, row) -> operations.retry(c, row.id()))
                        .when(row -> row.state() == OperationState.STUCK)
                        .confirmed(),
                RowAction.<Operation>of("abandon", "pi-ban", (c, row) -> operations.abandon(c, row.id()))
                        .when(row -> row.state() == OperationState.STUCK)
                        .dangerous());
    }

    public List<Activity.Act> getActs() {
        return activity.tell(List.of(getResource()));
    }

    public String getTone() {
        return OperationsPanel.tone(getResource().state());
    }
}
