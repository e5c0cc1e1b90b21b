package cloud.haneul.network;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What may reach a port and what it may reach; all else is dropped. Each project has one called default. */
@Entity
@Table(name = "network_security_group")
public class SecurityGroup extends Wired {
    @Column(name = "default_of")
    private String defaultOf;

    @Transient
    private transient List<SecurityRule> rules = List.of();

    protected SecurityGroup() {}

    SecurityGroup(UUID id, String projectId, String name, Optional<String> description, Instant now) {
        super(id, projectId, Optional.of(name), description, now);
    }

    void change(Optional<String> name, Optional<String> description, Instant now) {
        name.ifPresent(this::rename);
        description.ifPresent(this::describe);
        touch(now);
    }

    @Override
    void beginDeleting(Instant now) {
        super.beginDeleting(now);
        defaultOf = null;
    }

    SecurityGroup with(List<SecurityRule> itsRules) {
        rules = List.copyOf(itsRules);
        return this;
    }

    Map<String, Object> target() {
        return Map.of("project_id", projectId());
    }

    public boolean isDefault() {
        return defaultOf != null;
    }

    public List<SecurityRule> rules() {
        return rules;
    }
}
