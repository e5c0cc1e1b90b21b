package cloud.haneul.network;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;

/** That a port is in a security group. */
@Entity
@Table(name = "network_port_group")
@IdClass(PortGroup.Key.class)
public class PortGroup {
    @Id
    @Column(name = "port_id")
    private UUID portId;

    @Id
    @Column(name = "group_id")
    private UUID groupId;

    protected PortGroup() {}

    PortGroup(UUID portId, UUID groupId) {
        this.portId = portId;
        this.groupId = groupId;
    }

    UUID portId() {
        return portId;
    }

    UUID groupId() {
        return groupId;
    }

    /** Primary key. */
    static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        UUID portId;
        UUID groupId;

        public Key() {}

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.portId.equals(portId) && key.groupId.equals(groupId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(portId, groupId);
        }
    }
}
