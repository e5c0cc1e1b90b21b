package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** A {@link Grant} as a row; it only comes and goes. */
@Entity
@Table(name = "identity_assignment")
@IdClass(Assignment.Key.class)
class Assignment {
    @Id
    @Column(name = "actor_type")
    private String actorType;

    @Id
    @Column(name = "actor_id")
    private String actorId;

    @Id
    @Column(name = "target_type")
    private String targetType;

    @Id
    @Column(name = "target_id")
    private String targetId;

    @Id
    @Column(name = "role_id")
    private String roleId;

    @Id
    private boolean inherited;

    protected Assignment() {}

    Assignment(Grant grant) {
        Key key = new Key(grant);
        this.actorType = key.actorType;
        this.actorId = key.actorId;
        this.targetType = key.targetType;
        this.targetId = key.targetId;
        this.roleId = key.roleId;
        this.inherited = key.inherited;
    }

    Grant grant() {
        return new Grant(
                new Grant.Actor(Grant.ActorType.of(actorType), actorId),
                new Grant.Target(Grant.TargetType.of(targetType), targetId),
                roleId,
                inherited);
    }

    /** Primary key. */
    static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        String actorType;
        String actorId;
        String targetType;
        String targetId;
        String roleId;
        boolean inherited;

        Key() {}

        Key(Grant grant) {
            actorType = grant.actor().type().word();
            actorId = grant.actor().id();
            targetType = grant.target().type().word();
            targetId = grant.target().id();
            roleId = grant.roleId();
            inherited = grant.inherited();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && actorType.equals(key.actorType)
                    && actorId.equals(key.actorId)
                    && targetType.equals(key.targetType)
                    && targetId.equals(key.targetId)
                    && roleId.equals(key.roleId)
                    && inherited == key.inherited;
        }

        @Override
        public int hashCode() {
            return Objects.hash(actorId, targetId, roleId);
        }
    }
}
