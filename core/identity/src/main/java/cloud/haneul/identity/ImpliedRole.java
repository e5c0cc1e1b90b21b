package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** Who has the prior role has the implied one too. */
@Entity
@Table(name = "identity_implied_role")
@IdClass(ImpliedRole.Key.class)
class ImpliedRole {
    @Id
    @Column(name = "prior_id")
    private String priorId;

    @Id
    @Column(name = "implied_id")
    private String impliedId;

    protected ImpliedRole() {}

    ImpliedRole(String priorId, String impliedId) {
        this.priorId = priorId;
        this.impliedId = impliedId;
    }

    String priorId() {
        return priorId;
    }

    String impliedId() {
        return impliedId;
    }

    /** Primary key. */
    static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        String priorId;
        String impliedId;

        Key() {}

        Key(String priorId, String impliedId) {
            this.priorId = priorId;
            this.impliedId = impliedId;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && priorId.equals(key.priorId) && impliedId.equals(key.impliedId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(priorId, impliedId);
        }
    }
}
