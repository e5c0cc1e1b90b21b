package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Optional;

/** Another cloud where people of this one may be let in; told to clients in the list of service providers. */
@Entity
@Table(name = "identity_service_provider")
public class ServiceProvider {
    @Id
    private String id;

    @Column(name = "auth_url")
    private String authUrl;

    @Column(name = "sp_url")
    private String spUrl;

    private String description;
    private boolean enabled;

    @Column(name = "relay_state_prefix")
    private String relayStatePrefix;

    @Version
    private long version;

    protected ServiceProvider() {}

    ServiceProvider(String id, String authUrl, String spUrl) {
        this.id = id;
        this.authUrl = authUrl;
        this.spUrl = spUrl;
        this.relayStatePrefix = "ss:mem:";
    }

    void urls(Optional<String> auth, Optional<String> sp) {
        authUrl = auth.orElse(authUrl);
        spUrl = sp.orElse(spUrl);
    }

    /** Empty text means none. */
    void describe(String text) {
        description = text.isEmpty() ? null : text;
    }

    void enable(boolean on) {
        enabled = on;
    }

    void relayStatePrefix(String prefix) {
        relayStatePrefix = prefix;
    }

    public String id() {
        return id;
    }

    public String authUrl() {
        return authUrl;
    }

    public String spUrl() {
        return spUrl;
    }

    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    public boolean isEnabled() {
        return enabled;
    }

    public String relayStatePrefix() {
        return relayStatePrefix;
    }
}
