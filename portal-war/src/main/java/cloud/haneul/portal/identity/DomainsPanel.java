package cloud.haneul.portal.identity;

import cloud.haneul.identity.Domain;
import cloud.haneul.identity.Domains;
import cloud.haneul.identity.NewProject;
import cloud.haneul.identity.ProjectChange;
import cloud.haneul.kernel.Caller;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import cloud.haneul.portal.Sift;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;

/** Identity &gt; Domains. */
@Named("domains")
@ViewScoped
public class DomainsPanel extends ResourcePanel<Domain> {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Domains domains;

    public DomainsPanel() {
        super("domains", "domain", Domain::id, Domain::name);
    }

    @Override
    protected List<Domain> load(Caller caller, Query query) {
        return Sift.search(
                query, page -> domains.list(caller, Optional.empty(), Optional.empty(), page), this::id, this::name);
    }

    @Override
    protected List<RowAction<Domain>> offers() {
        return List.of(
                RowAction.<Domain>link("members", "pi-users", this::address).needs("identity:list_role_assignments"),
                RowAction.<Domain>opens("edit", "pi-pencil", "editDomain", (c, row) -> {
                            form.begin(row.id(), row.name());
                            form.put("name", row.name());
                            form.put("description", row.description());
                        })
                        .needs("identity:update_domain")
                        .when(row -> !row.isImmutable()),
                RowAction.<Domain>of("enable", "pi-check", (c, row) -> enable(c, row, true))
                        .needs("identity:update_domain")
                        .when(row -> !row.isEnabled())
                        .bulk(),
                RowAction.<Domain>of("disable", "pi-ban", (c, row) -> enable(c, row, false))
                        .needs("identity:update_domain")
                        // one's own would lock oneself out
                        .when(row ->
                                row.isEnabled() && !row.id().equals(me.caller().userDomainId()))
                        .bulk()
                        .confirmed(),
                // as in the API: what is enabled is in use
                RowAction.<Domain>deletes((c, row) -> domains.delete(c, row.id()))
                        .needs("identity:delete_domain")
                        .when(row -> !row.isEnabled()));
    }

    /** The page about one's members. */
    public String address(Domain row) {
        return "members.xhtml?domain=" + row.id();
    }

    private void enable(Caller caller, Domain row, boolean on) {
        domains.update(caller, row.id(), ProjectChange.NONE.enabled(on));
    }

    public void create() {
        NewProject wanted = NewProject.named(form.text("name")).described(form.text("description"));
        submit(() -> domains.create(me.caller(), wanted), "domains.create.done", form.text("name"));
    }

    public void save() {
        ProjectChange change = ProjectChange.NONE.name(form.text("name")).description(form.text("description"));
        submit(() -> domains.update(me.caller(), form.id(), change), "domains.edit.done", form.text("name"));
    }
}
