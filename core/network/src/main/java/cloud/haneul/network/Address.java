package cloud.haneul.network;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;

/** That a port has an address of a subnet. Made by {@link Addresses} alone: its key is what keeps two ports from one address. */
@Entity
@Table(name = "network_address")
@IdClass(Address.Key.class)
public class Address {
    @Id
    @Column(name = "subnet_id")
    private UUID subnetId;

    @Id
    private String ip;

    @Column(name = "port_id")
    private UUID portId;

    private int position;

    protected Address() {}

    Address(UUID subnetId, String ip, UUID portId, int position) {
        this.subnetId = subnetId;
        this.ip = ip;
        this.portId = portId;
        this.position = position;
    }

    public UUID subnetId() {
        return subnetId;
    }

    public String ip() {
        return ip;
    }

    public UUID portId() {
        return portId;
    }

    int position() {
        return position;
    }

    /** Primary key. */
    static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        UUID subnetId;
        String ip;

        public Key() {}

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.subnetId.equals(subnetId) && key.ip.equals(ip);
        }

        @Override
        public int hashCode() {
            return Objects.hash(subnetId, ip);
        }
    }
}
