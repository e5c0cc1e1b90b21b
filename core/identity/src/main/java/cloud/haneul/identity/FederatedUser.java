package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** That a user came from an identity provider, and what he is called there. His id follows from that, wherever it is made. */
@Entity
@Table(name = "identity_federated_user")
class FederatedUser {
    @Id
    @Column(name = "user_id")
    private String userId;

    @Column(name = "provider_id")
    private String providerId;

    @Column(name = "protocol_id")
    private String protocolId;

    @Column(name = "unique_id")
    private String uniqueId;

    protected FederatedUser() {}

    FederatedUser(Protocol protocol, String uniqueId) {
        this.userId = userId(protocol, uniqueId);
        this.providerId = protocol.providerId();
        this.protocolId = protocol.id();
        this.uniqueId = uniqueId;
    }

    static String userId(Protocol protocol, String uniqueId) {
        return Shadow.publicId(protocol.providerId() + "/" + protocol.id(), "/user/", uniqueId);
    }

    String userId() {
        return userId;
    }

    String providerId() {
        return providerId;
    }

    String protocolId() {
        return protocolId;
    }

    String uniqueId() {
        return uniqueId;
    }
}
