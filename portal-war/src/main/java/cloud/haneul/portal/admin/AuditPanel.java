package cloud.haneul.portal.admin;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.event.Audit;
import cloud.haneul.kernel.event.AuditFilter;
import cloud.haneul.kernel.event.AuditRecord;
import cloud.haneul.portal.Requested;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import cloud.haneul.portal.Sift;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;

/** Admin &gt; Audit: who did what, from where, with what result; all for administrators, their project's for managers. */
@Named("audit")
@ViewScoped
public class AuditPanel extends ResourcePanel<AuditRecord> {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Audit audit;

    private final String user = Requested.text("user");
    private final String target = Requested.text("target");
    private String outcome = Requested.text("outcome");

    public AuditPanel() {
        super("audit", "", AuditRecord::id, AuditRecord::action);
    }

    @Override
    protected List<AuditRecord> load(Caller caller, Query query) {
        Optional<String> none = Optional.empty();
        AuditFilter filter = new AuditFilter(
                none, said(user), none, said(outcome), none, said(target), none, Optional.empty(), Optional.empty());
        return Sift.search(
                query,
                page -> audit.list(caller, filter, new Page(page.limit(), page.marker(), List.of())),
                this::id,
                row -> String.join(" ", row.userName(), row.action(), row.targetName(), row.targetId(), row.address()));
    }

    private static Optional<String> said(String text) {
        return Optional.ofNullable(text).filter(value -> !value.isEmpty());
    }

    @Override
    protected List<RowAction<AuditRecord>> offers() {
        return List.of(
                RowAction.<AuditRecord>link("byUser", "pi-user", row -> "audit.xhtml?user=" + row.userId()),
                RowAction.<AuditRecord>link("ofTarget", "pi-box", row -> "audit.xhtml?target=" + row.targetId())
                        .when(row -> row.targetId().matches("[0-9A-Za-z-]+")));
    }

    /** Whether only some events are shown, by the page's address. */
    public boolean isNarrowed() {
        return !user.isEmpty() || !target.isEmpty();
    }

    public String getOutcome() {
        return outcome;
    }

    public void setOutcome(String text) {
        outcome = text;
    }
}
