package cloud.haneul.portal.identity;

import cloud.haneul.identity.IdentityProvider;
import cloud.haneul.identity.IdentityProviders;
import cloud.haneul.identity.IdentityProviders.Change;
import cloud.haneul.kernel.Caller;
import cloud.haneul.portal.Form;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import cloud.haneul.portal.Sift;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Identity &gt; Identity providers: who else knows people and vouches for them here. */
@Named("identityProviders")
@ViewScoped
public class IdentityProvidersPanel extends ResourcePanel<IdentityProvider> {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient IdentityProviders providers;

    @Inject
    private transient DomainChoice choice;

    public IdentityProvidersPanel() {
        super("idps", "", IdentityProvider::id, IdentityProvider::id);
    }

    @Override
    protected List<IdentityProvider> load(Caller caller, Query query) {
        return Sift.search(
                query,
                page -> providers.list(caller, Optional.empty(), Optional.empty(), page),
                this::id,
                row -> row.id() + " " + row.description().orElse(""));
    }

    /** The page about one. */
    public String address(IdentityProvider row) {
        return "identity-provider.xhtml?provider=" + URLEncoder.encode(row.id(), StandardCharsets.UTF_8);
    }

    @Override
    protected List<RowAction<IdentityProvider>> offers() {
        return List.of(
                RowAction.<IdentityProvider>link("protocols", "pi-link", this::address),
                RowAction.opens("edit", "pi-pencil", "editProvider", this::prepare),
                RowAction.<IdentityProvider>of("enable", "pi-check", (c, row) -> enable(c, row, true))
                        .when(row -> !row.isEnabled())
                        .bulk(),
                RowAction.<IdentityProvider>of("disable", "pi-ban", (c, row) -> enable(c, row, false))
                        .when(IdentityProvider::isEnabled)
                        .bulk()
                        .confirmed(),
                RowAction.deletes((c, row) -> providers.delete(c, row.id())));
    }

    private void enable(Caller caller, IdentityProvider row, boolean on) {
        providers.update(
                caller, row.id(), new Change(Optional.of(on), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private void prepare(Caller caller, IdentityProvider row) {
        form.begin(row.id(), row.id());
        form.put("description", row.description().orElse(""));
        form.put(
                "remoteIds",
                String.join("\n", providers.remoteIds(List.of(row.id())).getOrDefault(row.id(), Set.of())));
        row.authorizationTtl().ifPresent(minutes -> form.put("authorizationTtl", minutes));
    }

    public void create() {
        String id = form.text("id");
        submit(
                () -> providers.create(me.caller(), id, choice.of(form), change(form, Optional.of(true))),
                "idps.create.done",
                id);
    }

    public void save() {
        submit(
                () -> providers.update(me.caller(), form.id(), change(form, Optional.empty())),
                "idps.edit.done",
                form.about());
    }

    private static Change change(Form form, Optional<Boolean> enabled) {
        Set<String> remoteIds = Arrays.stream(form.text("remoteIds").split("\\R"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        return new Change(
                enabled,
                Optional.of(form.text("description")),
                Optional.of(form.optionalNumber("authorizationTtl")),
                Optional.of(remoteIds));
    }
}
