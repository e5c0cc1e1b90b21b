package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody, or some program, that can log in. Belongs to one domain, within which the name is unique. Passwords are rows of
 * their own ({@link Password}). A disabled user keeps everything but gets in nowhere, and his tokens are dead at once.
 */
@Entity(name = "IdentityUser")
@Table(name = "identity_user")
public class User {
    @Id
    private String id;

    @Column(name = "domain_id")
    private String domainId;

    private String name;
    private boolean enabled;

    @Column(name = "default_project_id")
    private String defaultProjectId;

    private String description;
    private String email;

    @Convert(converter = ExtraConverter.class)
    private Map<String, Object> options;

    @Convert(converter = ExtraConverter.class)
    private Map<String, Object> extra;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version
    private long version;

    protected User() {}

    User(String id, String domainId, String name, Instant createdAt) {
        this.id = id;
        this.domainId = domainId;
        this.name = name;
        this.enabled = true;
        this.options = Map.of();
        this.extra = Map.of();
        this.createdAt = createdAt;
    }

    void rename(String newName) {
        name = newName;
    }

    void enable(boolean on) {
        enabled = on;
    }

    /** Empty text means none, here and below. */
    void defaultProject(String projectId) {
        defaultProjectId = projectId.isEmpty() ? null : projectId;
    }

    void describe(String text) {
        description = text.isEmpty() ? null : text;
    }

    void email(String address) {
        email = address.isEmpty() ? null : address;
    }

    void options(Map<String, Object> all) {
        options = all;
    }

    void extra(Map<String, Object> all) {
        extra = all;
    }

    public String id() {
        return id;
    }

    public String domainId() {
        return domainId;
    }

    public String name() {
        return name;
    }

    public boolean isEnabled() {
        return enabled;
    }

    /** Where a login without a scope leads to. */
    public Optional<String> defaultProjectId() {
        return Optional.ofNullable(defaultProjectId);
    }

    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    public Optional<String> email() {
        return Optional.ofNullable(email);
    }

    public Map<String, Object> options() {
        return options;
    }

    /** Attributes of the client's own. */
    public Map<String, Object> extra() {
        return extra;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
