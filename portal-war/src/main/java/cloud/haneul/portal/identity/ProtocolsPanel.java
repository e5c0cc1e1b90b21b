package cloud.haneul.portal.identity;

import cloud.haneul.identity.FederationPaths;
import cloud.haneul.identity.IdentityProvider;
import cloud.haneul.identity.IdentityProviders;
import cloud.haneul.identity.Mapping;
import cloud.haneul.identity.Mappings;
import cloud.haneul.identity.OidcClient;
import cloud.haneul.identity.Protocol;
import cloud.haneul.identity.Protocols;
import cloud.haneul.identity.SamlClient;
import cloud.haneul.identity.SamlClients;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.PublicAddress;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.portal.Requested;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import cloud.haneul.portal.Sift;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An identity provider's protocols: by which mapping each is understood, and how this cloud is known to the provider. Each kind of
 * such settings is an action of its own with a form.
 */
@Named("protocols")
@ViewScoped
public class ProtocolsPanel extends ResourcePanel<Protocol> {
    private static final long serialVersionUID = 1L;
    private static final String SCOPES = "openid email profile";

    @Inject
    private transient IdentityProviders providers;

    @Inject
    private transient Protocols protocols;

    @Inject
    private transient SamlClients samlClients;

    @Inject
    private transient Mappings mappings;

    private final String asked = Requested.text("provider");
    private transient IdentityProvider provider;
    private transient Map<String, SamlClient> saml;

    public ProtocolsPanel() {
        super("protocols", "", Protocol::id, Protocol::id);
    }

    /** @throws Fault NOT_FOUND, which becomes the page that says so */
    public IdentityProvider getProvider() {
        if (provider == null) {
            provider = providers.get(me.caller(), asked);
        }
        return provider;
    }

    @Override
    protected List<Protocol> load(Caller caller, Query query) {
        saml = null;
        return Sift.whole(query, page -> protocols.list(caller, asked), this::id, this::name, row -> true);
    }

    @Override
    protected List<RowAction<Protocol>> offers() {
        return List.of(
                RowAction.opens("oidc", "pi-cog", "oidcSettings", this::prepareOidc),
                RowAction.opens("saml", "pi-cog", "samlSettings", this::prepareSaml),
                RowAction.of("settingsOff", "pi-times", this::takeAway)
                        .when(row -> row.issuer().isPresent() || saml().containsKey(row.id()))
                        .confirmed(),
                RowAction.opens("edit", "pi-pencil", "editProtocol", this::prepare),
                RowAction.deletes((c, row) -> protocols.delete(c, asked, row.id())));
    }

    /** Of those that have any, by protocol; asked once for a page. */
    private Map<String, SamlClient> saml() {
        if (saml == null) {
            saml = samlClients.of(me.caller(), asked);
        }
        return saml;
    }

    /** In a few words, or empty. */
    public String settings(Protocol row) {
        return Optional.ofNullable(saml().get(row.id()))
                .map(client ->
                        "SAML 2.0: " + client.provider().or(client::metadataUrl).orElseGet(client::entityId))
                .or(() -> row.issuer().map(issuer -> "OpenID Connect: " + issuer))
                .orElse("");
    }

    private void takeAway(Caller caller, Protocol row) {
        if (saml().containsKey(row.id())) {
            samlClients.delete(caller, asked, row.id());
        } else {
            protocols.client(caller, asked, row.id(), Optional.empty());
        }
    }

    private void prepareSaml(Caller caller, Protocol row) {
        form.begin(row.id(), row.id());
        String ours = base() + FederationPaths.samlMetadata(asked, row.id());
        SamlForm.fill(form, Optional.ofNullable(saml().get(row.id())), ours);
    }

    public void saveSaml() {
        submit(
                () -> samlClients.put(me.caller(), asked, form.id(), SamlForm.read(form)),
                "protocols.saml.done",
                form.about());
    }

    private void prepare(Caller caller, Protocol row) {
        form.begin(row.id(), row.id());
        form.put("mapping", row.mappingId());
    }

    private void prepareOidc(Caller caller, Protocol row) {
        form.begin(row.id(), row.id());
        form.put("scopes", SCOPES);
        if (row.issuer().isPresent()) {
            OidcClient client = protocols.client(caller, asked, row.id());
            form.put("issuer", client.issuer());
            form.put("clientId", client.clientId());
            form.put("scopes", String.join(" ", client.scopes()));
            form.put("audiences", String.join(" ", client.audiences()));
            form.put("known", true);
        }
    }

    public void create() {
        String id = form.text("id");
        submit(
                () -> protocols.create(me.caller(), asked, id, form.text("mapping"), Optional.empty()),
                "protocols.create.done",
                id);
    }

    public void save() {
        submit(
                () -> protocols.update(me.caller(), asked, form.id(), form.optional("mapping"), Optional.empty()),
                "protocols.edit.done",
                form.about());
    }

    /** An empty secret leaves the one there is, unless he says that there is none. */
    public void saveOidc() {
        String secret = form.secret("clientSecret");
        submit(
                () -> {
                    OidcClient client = new OidcClient(
                            form.text("issuer"),
                            form.text("clientId"),
                            Optional.of(secret).filter(text -> !text.isEmpty()),
                            words(form.text("scopes")),
                            words(form.text("audiences")));
                    if (secret.isEmpty() && !form.is("noSecret")) {
                        protocols.clientWithSecretOfBefore(me.caller(), asked, form.id(), client);
                    } else {
                        protocols.client(me.caller(), asked, form.id(), Optional.of(client));
                    }
                },
                "protocols.oidc.done",
                form.about());
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("[\\s,]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Where an OpenID provider sends people back to; he wants to know that beforehand. */
    public String getCallback() {
        return base() + FederationPaths.callback();
    }

    private static String base() {
        ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
        return PublicAddress.configured()
                .orElseGet(() -> external.getRequestScheme() + "://"
                        + external.getRequestHeaderMap().get("Host"));
    }

    public List<Mapping> getMappings() {
        return mappings.list(me.caller(), Page.all());
    }
}
