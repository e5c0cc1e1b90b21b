package cloud.haneul.placement;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;

/** So much of one resource class, taken by a consumer from a provider. */
@Entity
@Table(name = "placement_allocation")
@IdClass(Allocation.Key.class)
public class Allocation {
    @Id
    @Column(name = "consumer_id")
    private UUID consumerId;

    @Id
    @Column(name = "provider_id")
    private UUID providerId;

    @Id
    @Column(name = "resource_class")
    private String resourceClass;

    private long used;

    protected Allocation() {}

    Allocation(UUID consumerId, UUID providerId, String resourceClass, long used) {
        this.consumerId = consumerId;
        this.providerId = providerId;
        this.resourceClass = resourceClass;
        this.used = used;
    }

    public UUID consumerId() {
        return consumerId;
    }

    public UUID providerId() {
        return providerId;
    }

    public String resourceClass() {
        return resourceClass;
    }

    public long used() {
        return used;
    }

    /** Primary key. */
    static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        UUID consumerId;
        UUID providerId;
        String resourceClass;

        public Key() {}

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && key.consumerId.equals(consumerId)
                    && key.providerId.equals(providerId)
                    && key.resourceClass.equals(resourceClass);
        }

        @Override
        public int hashCode() {
            return Objects.hash(consumerId, providerId, resourceClass);
        }
    }
}
