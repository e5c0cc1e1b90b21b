package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** A user in a group. */
@Entity
@Table(name = "identity_membership")
@IdClass(Membership.Key.class)
class Membership {
    @Id
    @Column(name = "user_id")
    private String userId;

    @Id
    @Column(name = "group_id")
    private String groupId;

    @Column(name = "expires_at")
    private Instant expiresAt;

    protected Membership() {}

    Membership(String userId, String groupId) {
        this.userId = userId;
        this.groupId = groupId;
    }

    /** Set when an identity provider vouches for it: until then it holds, unless he does so again. */
    void expire(Instant at) {
        expiresAt = at;
    }

    Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    String userId() {
        return userId;
    }

    String groupId() {
        return groupId;
    }

    /** Primary key. */
    static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        String userId;
        String groupId;

        Key() {}

        Key(String userId, String groupId) {
            this.userId = userId;
            this.groupId = groupId;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && userId.equals(key.userId) && groupId.equals(key.groupId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(userId, groupId);
        }
    }
}
