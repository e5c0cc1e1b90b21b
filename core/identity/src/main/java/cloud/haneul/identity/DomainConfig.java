package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Map;

/** A domain's own configuration: group by group, option by option; those never to be shown apart and sealed. */
@Entity
@Table(name = "identity_domain_config")
class DomainConfig {
    @Id
    @Column(name = "domain_id")
    private String domainId;

    @Convert(converter = ExtraConverter.class)
    private Map<String, Object> options;

    private String secrets;

    @Version
    private long version;

    protected DomainConfig() {}

    DomainConfig(String domainId) {
        this.domainId = domainId;
        this.options = Map.of();
        this.secrets = "";
    }

    void options(Map<String, Object> groups) {
        options = groups;
    }

    /** @param sealed empty text for none */
    void secrets(String sealed) {
        secrets = sealed;
    }

    String domainId() {
        return domainId;
    }

    Map<String, Object> options() {
        return options;
    }

    String secrets() {
        return secrets;
    }
}
