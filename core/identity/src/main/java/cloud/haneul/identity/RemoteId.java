package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A name by which an {@link IdentityProvider} calls itself, such as an issuer's address. */
@Entity
@Table(name = "identity_provider_remote")
class RemoteId {
    @Id
    @Column(name = "remote_id")
    private String remoteId;

    @Column(name = "provider_id")
    private String providerId;

    protected RemoteId() {}

    RemoteId(String remoteId, String providerId) {
        this.remoteId = remoteId;
        this.providerId = providerId;
    }

    String remoteId() {
        return remoteId;
    }

    String providerId() {
        return providerId;
    }
}
