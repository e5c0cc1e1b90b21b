package cloud.haneul.identity;

import cloud.haneul.identity.SamlClients.Ready;
import cloud.haneul.identity.SingleSignOn.Begun;
import cloud.haneul.identity.SingleSignOn.Done;
import cloud.haneul.identity.Tokens.Issued;
import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.Vault;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Json;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * Lets people in whom a SAML provider vouches for: by their browser, or by a client that speaks with the provider itself. What
 * must be remembered meanwhile stays with the browser or client, sealed, for ten minutes.
 */
@Component
public class SamlSignOn {
    /** Largest message taken, in bytes as it comes. */
    public static final int MOST_BYTES = 1 << 19;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Database database;
    private final SamlClients clients;
    private final SamlProviders providers;
    private final SamlReplays replays;
    private final FederatedLogins logins;
    private final Vault vault;
    private final Clock clock;

    @Inject
    SamlSignOn(
            Database database,
            SamlClients clients,
            SamlProviders providers,
            SamlReplays replays,
            FederatedLogins logins,
            Vault vault,
            Clock clock) {
        this.database = database;
        this.clients = clients;
        this.providers = providers;
        this.replays = replays;
        this.logins = logins;
        this.vault = vault;
        this.clock = clock;
    }

    /** Whether the protocol is there and one of SAML. */
    public boolean speaks(String providerId, String protocolId) {
        return clients.isSaml(providerId, protocolId);
    }

    /**
     * What the provider's administrator wants to know of us.
     *
     * @throws Fault NOT_FOUND when the protocol is not one of SAML
     */
    public String metadata(String providerId, String protocolId, URI consumer, URI enhanced) {
        return SamlDescription.of(
                clients.ready(providerId, protocolId).client(), consumer.toString(), enhanced.toString());
    }

    /**
     * Where to send a browser so that its user logs in at his provider.
     *
     * @param base by which the client came
     * @param consumer where the provider sends him back to
     * @param origin the page that wants the token
     * @throws Fault UNAUTHORIZED when that page is none of ours
     */
    public Begun begin(String providerId, String protocolId, String base, URI consumer, String origin) {
        SingleSignOn.requireTrusted(base, origin);
        Ready ready = enabled(providerId, protocolId);
        SamlMetadata provider = providers.metadata(ready.client());
        String id = SamlRequests.newId();
        String relay = Ids.newSecret(24);
        Element request = SamlRequests.request(
                ready.client(),
                id,
                clock.instant(),
                Optional.of(provider.signOn()),
                consumer.toString(),
                SamlRequests.POST);
        URI address = SamlRequests.redirection(
                provider.signOn(), request, relay, ready.keys().key());
        return new Begun(address, sealed(providerId, protocolId, id, Map.of("origin", origin, "relay", relay)));
    }

    /**
     * When the browser is back.
     *
     * @param response as the provider posted it
     * @param browser what {@link #begin} gave it
     * @throws Fault UNAUTHORIZED when it is another browser, too late, or not what the provider and the mapping let in
     */
    public Done finish(
            String providerId,
            String protocolId,
            String response,
            String relayState,
            String browser,
            URI consumer,
            RequestInfo request) {
        Map<String, String> kept = opened(providerId, protocolId, browser);
        if (!Optional.of(relayState).equals(Optional.ofNullable(kept.get("relay")))) {
            throw Fault.unauthorized().detail("A SAML response came back in another browser than it began in");
        }
        Document message = parsed(decoded(response));
        return new Done(login(providerId, protocolId, message, kept.get("id"), consumer, request), kept.get("origin"));
    }

    /**
     * What an enhanced client takes to its provider.
     *
     * @param consumer where it brings the answer
     */
    public String beginEnhanced(String providerId, String protocolId, URI consumer) {
        Ready ready = enabled(providerId, protocolId);
        String id = SamlRequests.newId();
        Element request = SamlRequests.request(
                ready.client(), id, clock.instant(), Optional.empty(), consumer.toString(), SamlRequests.PAOS);
        return SamlRequests.envelope(
                ready.client(),
                request,
                consumer.toString(),
                sealed(providerId, protocolId, id, Map.of()),
                ready.keys().key());
    }

    /**
     * When the enhanced client is back.
     *
     * @throws Fault UNAUTHORIZED when it is too late, or not what the provider and the mapping let in
     */
    public Issued finishEnhanced(
            String providerId, String protocolId, byte[] envelope, URI consumer, RequestInfo request) {
        Element root = parsed(envelope).getDocumentElement();
        List<Element> responses = SamlXml.child(root, SamlXml.SOAP, "Body")
                .map(body -> SamlXml.children(body, SamlXml.PROTOCOL, "Response"))
                .orElse(List.of());
        Optional<String> state = SamlXml.child(root, SamlXml.SOAP, "Header")
                .flatMap(header -> SamlXml.child(header, SamlRequests.ECP, "RelayState"))
                .map(Element::getTextContent);
        if (!SamlXml.is(root, SamlXml.SOAP, "Envelope") || responses.size() != 1 || state.isEmpty()) {
            throw Fault.unauthorized().detail("An enhanced client brought no response, or without its RelayState");
        }
        Map<String, String> kept = opened(providerId, protocolId, state.get().strip());
        Document message = SamlXml.alone(responses.get(0)).getOwnerDocument();
        return login(providerId, protocolId, message, kept.get("id"), consumer, request);
    }

    private Issued login(
            String providerId, String protocolId, Document message, String id, URI consumer, RequestInfo request) {
        Ready ready = enabled(providerId, protocolId);
        SamlMetadata provider = providers.metadata(ready.client());
        Element assertion = new SamlResponses(provider, ready.keys().key(), consumer.toString()).assertion(message, id);
        SamlAssertions.Good good = new SamlAssertions(
                        ready.client(), provider.entityId(), consumer.toString(), clock.instant())
                .good(assertion, id);
        replays.require(provider.entityId(), good.id(), good.until());
        Protocol protocol = database.read(em -> Protocols.existing(em, providerId, protocolId));
        return logins.login(protocol, good.assertion(), request);
    }

    private Ready enabled(String providerId, String protocolId) {
        FederatedLogins.requireEnabled(database.read(em -> IdentityProviders.existing(em, providerId)));
        return clients.ready(providerId, protocolId);
    }

    private String sealed(String providerId, String protocolId, String id, Map<String, String> more) {
        Map<String, String> kept = new HashMap<>(more);
        kept.put("place", Protocol.place(providerId, protocolId));
        kept.put("id", id);
        kept.put("until", clock.instant().plus(PATIENCE).toString());
        return vault.seal(Json.write(kept));
    }

    private Map<String, String> opened(String providerId, String protocolId, String sealed) {
        Map<String, String> kept;
        try {
            kept = Json.read(vault.open(sealed), new TypeReference<>() {});
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw Fault.unauthorized()
                    .detail("A SAML response came back with a state that is not ours")
                    .cause(e);
        }
        if (!Protocol.place(providerId, protocolId).equals(kept.get("place")) || kept.get("id") == null) {
            throw Fault.unauthorized().detail("A SAML response came back by another protocol than it began");
        }
        if (!clock.instant().isBefore(Instant.parse(kept.get("until")))) {
            throw Fault.unauthorized().detail("A SAML response came back too late");
        }
        return kept;
    }

    private static byte[] decoded(String response) {
        try {
            return Base64.getMimeDecoder().decode(response);
        } catch (IllegalArgumentException e) {
            throw Fault.unauthorized()
                    .detail("A SAML response that is not in base64")
                    .cause(e);
        }
    }

    private static Document parsed(byte[] xml) {
        try {
            return SamlXml.parsed(xml);
        } catch (SAXException e) {
            throw Fault.unauthorized()
                    .detail("A SAML response that is not well-formed, or with a document type: " + e.getMessage())
                    .cause(e);
        }
    }
}
