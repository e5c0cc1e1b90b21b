package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Vault;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The use cases around how this cloud and SAML providers know each other. A protocol has this or an {@link OidcClient}. */
@Component
public class SamlClients {
    private final Database database;
    private final Access access;
    private final Vault vault;
    private final Audit audit;
    private final Clock clock;

    @Inject
    SamlClients(Database database, Access access, Vault vault, Audit audit, Clock clock) {
        this.database = database;
        this.access = access;
        this.vault = vault;
        this.audit = audit;
        this.clock = clock;
    }

    /** Settings with the key to go with them. */
    record Ready(SamlClient client, SamlKeys keys) {
        @Override
        public String toString() {
            return client.toString();
        }
    }

    /**
     * Sets a protocol up for SAML. The key is made with the first settings and stays while they change.
     *
     * @return the settings as they are now
     * @throws Fault BAD_REQUEST naming what makes no sense
     */
    public SamlClient put(Caller caller, String providerId, String protocolId, SamlClient wanted) {
        access.require(caller, "identity:update_protocol", Map.of());
        wanted.check();
        Optional<SamlKeys> before = database.read(em -> {
            Protocols.existing(em, providerId, protocolId);
            return setting(em, providerId, protocolId).map(this::keys);
        });
        SamlKeys keys = before.orElseGet(() -> SamlKeys.made("haneul " + protocolId, clock.instant()));
        SamlClient client = wanted.with(keys.certificate());
        database.run(em -> {
            Protocols.existing(em, providerId, protocolId).client(Map.of(), "");
            SamlSetting setting =
                    setting(em, providerId, protocolId).orElseGet(() -> new SamlSetting(providerId, protocolId));
            setting.set(client, vault.seal(keys.privateKey()));
            em.persist(setting);
            audit.success(caller, "identity:update_protocol", "protocol", providerId, protocolId);
        });
        return client;
    }

    /** The settings; the key is never shown. */
    public SamlClient get(Caller caller, String providerId, String protocolId) {
        access.require(caller, "identity:get_protocol", Map.of());
        return database.read(em -> {
                    Protocols.existing(em, providerId, protocolId);
                    return setting(em, providerId, protocolId);
                })
                .map(SamlSetting::client)
                .orElseThrow(() -> Faults.notFound("SAML settings of protocol", protocolId));
    }

    /** The settings of a provider's protocols that have any, by protocol. */
    public Map<String, SamlClient> of(Caller caller, String providerId) {
        access.require(caller, "identity:list_protocols", Map.of());
        return database
                .read(em -> em.createQuery(
                                "select q, s from Protocol q join SamlSetting s on s.place = q.place"
                                        + " where q.providerId = :provider",
                                Object[].class)
                        .setParameter("provider", providerId)
                        .setMaxResults(1000)
                        .getResultList())
                .stream()
                .collect(Collectors.toMap(row -> ((Protocol) row[0]).id(), row -> ((SamlSetting) row[1]).client()));
    }

    public void delete(Caller caller, String providerId, String protocolId) {
        access.require(caller, "identity:update_protocol", Map.of());
        database.run(em -> {
            Protocols.existing(em, providerId, protocolId);
            forget(em, providerId, protocolId);
            audit.success(caller, "identity:update_protocol", "protocol", providerId, protocolId);
        });
    }

    /** Whether the protocol is one of SAML. */
    boolean isSaml(String providerId, String protocolId) {
        return database.read(em -> setting(em, providerId, protocolId)).isPresent();
    }

    /** @throws Fault NOT_FOUND when the protocol is not there, or is not one of SAML */
    Ready ready(String providerId, String protocolId) {
        return database.read(em -> {
                    Protocols.existing(em, providerId, protocolId);
                    return setting(em, providerId, protocolId);
                })
                .map(setting -> new Ready(setting.client(), keys(setting)))
                .orElseThrow(() -> Fault.of(
                        Fault.Kind.NOT_FOUND,
                        "Could not find SAML settings for protocol " + protocolId + " of Identity Provider: "
                                + providerId + "."));
    }

    static void forget(EntityManager em, String providerId, String protocolId) {
        setting(em, providerId, protocolId).ifPresent(em::remove);
    }

    private static Optional<SamlSetting> setting(EntityManager em, String providerId, String protocolId) {
        return Optional.ofNullable(em.find(SamlSetting.class, Protocol.place(providerId, protocolId)));
    }

    private SamlKeys keys(SamlSetting setting) {
        return new SamlKeys(setting.client().certificate(), vault.open(setting.sealedKey()));
    }
}
