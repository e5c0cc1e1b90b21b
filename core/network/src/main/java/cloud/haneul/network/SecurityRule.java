package cloud.haneul.network;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** One thing a security group allows. Never changed: made and deleted. */
@Entity
@Table(name = "network_security_rule")
public class SecurityRule extends Resource {
    @Column(name = "group_id", updatable = false)
    private UUID groupId;

    private String direction;

    @Column(name = "ether_type")
    private String etherType;

    private String protocol;

    @Column(name = "port_min")
    private Integer portMin;

    @Column(name = "port_max")
    private Integer portMax;

    @Column(name = "remote_prefix")
    private String remotePrefix;

    @Column(name = "remote_group")
    private UUID remoteGroup;

    private String sameness;

    protected SecurityRule() {}

    SecurityRule(UUID id, String projectId, NewSecurityRule asked, Instant now) {
        super(id, projectId, asked.description(), now);
        this.groupId = asked.groupId();
        this.direction = asked.direction();
        this.etherType = asked.etherType();
        this.protocol = asked.protocol().orElse(null);
        this.portMin = asked.portMin().orElse(null);
        this.portMax = asked.portMax().orElse(null);
        this.remotePrefix = asked.remotePrefix().orElse(null);
        this.remoteGroup = asked.remoteGroup().orElse(null);
        this.sameness = asked.sameness();
    }

    public UUID groupId() {
        return groupId;
    }

    /** {@code ingress} or {@code egress}. */
    public String direction() {
        return direction;
    }

    /** {@code IPv4} or {@code IPv6}. */
    public String etherType() {
        return etherType;
    }

    /** A name such as {@code tcp}, or a number; empty for any. */
    public Optional<String> protocol() {
        return Optional.ofNullable(protocol);
    }

    public Optional<Integer> portMin() {
        return Optional.ofNullable(portMin);
    }

    public Optional<Integer> portMax() {
        return Optional.ofNullable(portMax);
    }

    public Optional<String> remotePrefix() {
        return Optional.ofNullable(remotePrefix);
    }

    public Optional<UUID> remoteGroup() {
        return Optional.ofNullable(remoteGroup);
    }
}
