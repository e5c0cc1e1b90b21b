package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Map;
import java.util.Optional;

/** How a {@link Protocol} of SAML is set up; apart from it, for metadata is long. */
@Entity
@Table(name = "identity_protocol_saml")
class SamlSetting {
    @Id
    private String place;

    @Convert(converter = ExtraConverter.class)
    private Map<String, Object> settings;

    private String metadata;

    @Column(name = "sealed_key")
    private String sealedKey;

    @Version
    private long version;

    protected SamlSetting() {}

    SamlSetting(String providerId, String protocolId) {
        place = Protocol.place(providerId, protocolId);
    }

    void set(SamlClient client, String sealed) {
        settings = client.settings();
        metadata = client.metadata().orElse(null);
        sealedKey = sealed;
    }

    SamlClient client() {
        return SamlClient.of(settings, Optional.ofNullable(metadata));
    }

    String sealedKey() {
        return sealedKey;
    }
}
