package cloud.haneul.kernel.operation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;

/** Says that an operation is at work on a resource; the primary key lets only one be. */
@Entity
@Table(name = "kernel_operation_lock")
@IdClass(OperationLock.Key.class)
class OperationLock {
    @Id
    @Column(name = "resource_type")
    String resourceType;

    @Id
    @Column(name = "resource_id")
    String resourceId;

    @Column(name = "operation_id")
    UUID operationId;

    protected OperationLock() {}

    OperationLock(String resourceType, String resourceId, UUID operationId) {
        this.resourceType = resourceType;
        this.resourceId = resourceId;
        this.operationId = operationId;
    }

    static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        String resourceType;
        String resourceId;

        public Key() {}

        Key(String resourceType, String resourceId) {
            this.resourceType = resourceType;
            this.resourceId = resourceId;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && key.resourceType.equals(resourceType)
                    && key.resourceId.equals(resourceId);
        }

        @Override
        public int hashCode() {
            return resourceType.hashCode() * 31 + resourceId.hashCode();
        }
    }
}
