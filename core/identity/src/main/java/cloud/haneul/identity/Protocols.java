package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Vault;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Database.DuplicateKey;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The use cases around identity providers' protocols, and how we are known to the provider by OpenID Connect. */
@Component
public class Protocols {
    private final Database database;
    private final Access access;
    private final Vault vault;
    private final Audit audit;

    @Inject
    Protocols(Database database, Access access, Vault vault, Audit audit) {
        this.database = database;
        this.access = access;
        this.vault = vault;
        this.audit = audit;
    }

    /** @throws Fault CONFLICT when the provider has one of that id; BAD_REQUEST when there is no such mapping */
    public Protocol create(
            Caller caller, String providerId, String id, String mappingId, Optional<String> remoteIdAttribute) {
        access.require(caller, "identity:create_protocol", Map.of());
        Text.name("id", id, 64);
        try {
            return database.write(em -> {
                IdentityProviders.existing(em, providerId);
                if (em.find(Protocol.class, Protocol.place(providerId, id)) != null) {
                    throw IdentityProviders.duplicate("federation_protocol", id);
                }
                Protocol protocol = new Protocol(providerId, id, mapping(em, mappingId));
                remoteIdAttribute.ifPresent(protocol::remoteIdAttribute);
                em.persist(protocol);
                audit.success(caller, "identity:create_protocol", "protocol", providerId, id);
                return protocol;
            });
        } catch (DuplicateKey e) {
            throw IdentityProviders.duplicate("federation_protocol", id);
        }
    }

    public Protocol get(Caller caller, String providerId, String id) {
        access.require(caller, "identity:get_protocol", Map.of());
        return database.read(em -> existing(em, providerId, id));
    }

    public List<Protocol> list(Caller caller, String providerId) {
        access.require(caller, "identity:list_protocols", Map.of());
        return database.read(em -> {
            IdentityProviders.existing(em, providerId);
            return em.createQuery("select p from Protocol p where p.providerId = :id order by p.id", Protocol.class)
                    .setParameter("id", providerId)
                    .setMaxResults(1000)
                    .getResultList();
        });
    }

    /** @param remoteIdAttribute empty text for none */
    public Protocol update(
            Caller caller,
            String providerId,
            String id,
            Optional<String> mappingId,
            Optional<String> remoteIdAttribute) {
        access.require(caller, "identity:update_protocol", Map.of());
        return database.write(em -> {
            Protocol protocol = existing(em, providerId, id);
            mappingId.ifPresent(mapping -> protocol.mapping(mapping(em, mapping)));
            remoteIdAttribute.ifPresent(protocol::remoteIdAttribute);
            audit.success(caller, "identity:update_protocol", "protocol", providerId, id);
            return protocol;
        });
    }

    public void delete(Caller caller, String providerId, String id) {
        access.require(caller, "identity:delete_protocol", Map.of());
        database.run(em -> {
            em.remove(existing(em, providerId, id));
            audit.success(caller, "identity:delete_protocol", "protocol", providerId, id);
        });
    }

    /** Says how we are known to the provider; empty takes that away. */
    public void client(Caller caller, String providerId, String id, Optional<OidcClient> client) {
        access.require(caller, "identity:update_protocol", Map.of());
        client.ifPresent(OidcClient::check);
        database.run(em -> {
            if (client.isPresent()) {
                SamlClients.forget(em, providerId, id);
            }
            existing(em, providerId, id)
                    .client(
                            client.map(OidcClient::attributes).orElse(Map.of()),
                            client.flatMap(OidcClient::secret).map(vault::seal).orElse(""));
            audit.success(caller, "identity:update_protocol", "protocol", providerId, id);
        });
    }

    /** The same with the secret that we were known by before, if any; one provider's secret is not told to another. */
    public void clientWithSecretOfBefore(Caller caller, String providerId, String id, OidcClient client) {
        access.require(caller, "identity:update_protocol", Map.of());
        Optional<String> secret = database.read(em -> client(existing(em, providerId, id)))
                .filter(before -> before.issuer().equals(client.issuer()))
                .flatMap(OidcClient::secret);
        client(caller, providerId, id, Optional.of(client.withSecret(secret)));
    }

    /** How we are known to the provider; the secret is never shown. */
    public OidcClient client(Caller caller, String providerId, String id) {
        access.require(caller, "identity:get_protocol", Map.of());
        return database.read(em -> client(existing(em, providerId, id)))
                .orElseThrow(() -> Faults.notFound("OpenID Connect client of protocol", id))
                .withoutSecret();
    }

    /** With the secret, for talking to the provider. */
    Optional<OidcClient> client(Protocol protocol) {
        return protocol.client().isEmpty()
                ? Optional.empty()
                : Optional.of(OidcClient.of(
                        protocol.client(),
                        protocol.secret().isEmpty() ? Optional.empty() : Optional.of(vault.open(protocol.secret()))));
    }

    static Protocol existing(EntityManager em, String providerId, String id) {
        return Optional.ofNullable(em.find(Protocol.class, Protocol.place(providerId, id)))
                .orElseThrow(() -> Fault.of(
                        Fault.Kind.NOT_FOUND,
                        "Could not find federated protocol " + id + " for Identity Provider: " + providerId + "."));
    }

    private static String mapping(EntityManager em, String id) {
        if (em.find(Mapping.class, id) == null) {
            throw Fault.badRequest("mapping_id", "Could not find mapping: " + id + ".");
        }
        return id;
    }
}
