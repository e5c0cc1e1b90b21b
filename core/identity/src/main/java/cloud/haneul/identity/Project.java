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
 * What resources belong to and what users work in. Projects form a tree below a domain; a domain is itself a project that
 * {@link #isDomain() acts as a domain} and has neither parent nor domain. A project is made, may be disabled (nobody gets in,
 * nothing is lost) and is deleted when it has no children left.
 */
@Entity
@Table(name = "identity_project")
public class Project {
    /** The domain that is always there, for everything that names none. */
    public static final String DEFAULT_DOMAIN = "default";

    @Id
    private String id;

    private String name;

    @Column(name = "name_space")
    private String nameSpace;

    @Column(name = "domain_id")
    private String domainId;

    @Column(name = "parent_id")
    private String parentId;

    @Column(name = "is_domain")
    private boolean domain;

    private String description;
    private boolean enabled;
    private boolean immutable;

    @Convert(converter = ExtraConverter.class)
    private Map<String, Object> extra;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version
    private long version;

    protected Project() {}

    private Project(String id, String name, String nameSpace, Instant createdAt) {
        this.id = id;
        this.name = name;
        this.nameSpace = nameSpace;
        this.description = "";
        this.enabled = true;
        this.extra = Map.of();
        this.createdAt = createdAt;
    }

    static Project domain(String id, String name, Instant createdAt) {
        Project domain = new Project(id, name, "", createdAt);
        domain.domain = true;
        return domain;
    }

    static Project below(Project parent, String id, String name, Instant createdAt) {
        Project project = new Project(id, name, parent.rootId(), createdAt);
        project.domainId = parent.rootId();
        project.parentId = parent.id;
        return project;
    }

    void rename(String newName) {
        name = newName;
    }

    void describe(String text) {
        description = text;
    }

    void enable(boolean on) {
        enabled = on;
    }

    void immutable(boolean on) {
        immutable = on;
    }

    void extra(Map<String, Object> all) {
        extra = all;
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    /** The domain it is in; empty for domains. */
    public Optional<String> domainId() {
        return Optional.ofNullable(domainId);
    }

    /** The domain it is in, or itself when it is one. */
    public String rootId() {
        return domain ? id : domainId;
    }

    /** The project or domain above; empty for domains. */
    public Optional<String> parentId() {
        return Optional.ofNullable(parentId);
    }

    public boolean isDomain() {
        return domain;
    }

    public String description() {
        return description;
    }

    public boolean isEnabled() {
        return enabled;
    }

    public boolean isImmutable() {
        return immutable;
    }

    /** Attributes of the client's own. */
    public Map<String, Object> extra() {
        return extra;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
