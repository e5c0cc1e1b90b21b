package cloud.haneul.portal.account;

import cloud.haneul.identity.ApplicationCredentials;
import cloud.haneul.identity.ApplicationCredentials.Shown;
import cloud.haneul.identity.NewApplicationCredential;
import cloud.haneul.kernel.Caller;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import cloud.haneul.portal.Sift;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.primefaces.PrimeFaces;

/** Application credentials: what a person's programs sign in with instead of his password, as a ready clouds.yaml. */
@Named("credentials")
@ViewScoped
public class CredentialsPanel extends ResourcePanel<Shown> {
    private static final long serialVersionUID = 1L;
    /** Of the request, so that the secret is shown once and kept nowhere. */
    private static final String MADE = "madeCredential";

    @Inject
    private transient ApplicationCredentials credentials;

    @Inject
    private transient Clock clock;

    public CredentialsPanel() {
        super("credentials", "application_credential", Shown::id, Shown::name);
        form.with("days", 90);
    }

    @Override
    protected List<Shown> load(Caller caller, Query query) {
        return Sift.whole(
                query,
                page -> credentials.list(caller, caller.userId(), Optional.empty()),
                this::id,
                this::name,
                row -> true);
    }

    @Override
    protected List<RowAction<Shown>> offers() {
        return List.of(RowAction.deletes((c, row) -> credentials.delete(c, row.userId(), row.id())));
    }

    public void create() {
        String name = form.text("name");
        submit(
                () -> {
                    Optional<Instant> end = form.optionalNumber("days")
                            .filter(days -> days > 0)
                            .map(days -> clock.instant().plus(Duration.ofDays(days)));
                    NewApplicationCredential wanted = new NewApplicationCredential(
                            name,
                            form.text("description"),
                            Optional.empty(),
                            end,
                            List.of(),
                            form.is("unrestricted"),
                            List.of());
                    ApplicationCredentials.Made made = credentials.create(me.caller(), me.getUserId(), wanted);
                    ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
                    external.getRequestMap().put(MADE, clouds(external, made));
                    PrimeFaces.current().ajax().update("credentialMadeText");
                    PrimeFaces.current().executeScript("PF('credentialMade').show()");
                },
                "credentials.create.done",
                name);
    }

    private static String clouds(ExternalContext external, ApplicationCredentials.Made made) {
        String url = external.getRequestScheme() + "://"
                + external.getRequestHeaderMap().get("Host");
        return """
                clouds:
                  haneul:
                    auth_type: v3applicationcredential
                    auth:
                      auth_url: %s/identity/v3
                      application_credential_id: %s
                      application_credential_secret: %s
                    identity_api_version: 3
                """.formatted(url, made.credential().id(), made.secret());
    }

    public String getMade() {
        return (String) FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestMap()
                .getOrDefault(MADE, "");
    }
}
