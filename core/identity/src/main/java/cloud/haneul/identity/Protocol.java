package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Map;
import java.util.Optional;

/** A way in which an {@link IdentityProvider} speaks to us, with the {@link Mapping} for what it says. */
@Entity
@Table(name = "identity_protocol")
public class Protocol {
    @Id
    private String place;

    @Column(name = "provider_id")
    private String providerId;

    @Column(name = "protocol_id")
    private String id;

    @Column(name = "mapping_id")
    private String mappingId;

    @Column(name = "remote_id_attribute")
    private String remoteIdAttribute;

    @Convert(converter = ExtraConverter.class)
    private Map<String, Object> client;

    private String secret;

    @Version
    private long version;

    protected Protocol() {}

    Protocol(String providerId, String id, String mappingId) {
        this.place = place(providerId, id);
        this.providerId = providerId;
        this.id = id;
        this.mappingId = mappingId;
        this.client = Map.of();
        this.secret = "";
    }

    static String place(String providerId, String id) {
        return providerId + "/" + id;
    }

    void mapping(String mapping) {
        mappingId = mapping;
    }

    /** Empty text means none. */
    void remoteIdAttribute(String attribute) {
        remoteIdAttribute = attribute.isEmpty() ? null : attribute;
    }

    /** @param sealedSecret empty text for none */
    void client(Map<String, Object> attributes, String sealedSecret) {
        client = attributes;
        secret = sealedSecret;
    }

    public String id() {
        return id;
    }

    public String providerId() {
        return providerId;
    }

    public String mappingId() {
        return mappingId;
    }

    public Optional<String> remoteIdAttribute() {
        return Optional.ofNullable(remoteIdAttribute);
    }

    /** Of the OpenID provider to whom this cloud is known; empty as long as it is to none. */
    public Optional<String> issuer() {
        return Optional.ofNullable((String) client.get("issuer"));
    }

    Map<String, Object> client() {
        return client;
    }

    String secret() {
        return secret;
    }
}
