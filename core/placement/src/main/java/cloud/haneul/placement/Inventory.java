package cloud.haneul.placement;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;

/** How much of one resource class a provider has and how much of it is taken. */
@Entity
@Table(name = "placement_inventory")
@IdClass(Inventory.Key.class)
public class Inventory {
    @Id
    @Column(name = "provider_id")
    private UUID providerId;

    @Id
    @Column(name = "resource_class")
    private String resourceClass;

    private long total;
    private long reserved;

    @Column(name = "min_unit")
    private long minUnit;

    @Column(name = "max_unit")
    private long maxUnit;

    @Column(name = "step_size")
    private long stepSize;

    @Column(name = "allocation_ratio")
    private double allocationRatio;

    private long capacity;

    // raised and lowered by compare-and-set alone (Placement), never through the entity
    @Column(updatable = false)
    private long used;

    protected Inventory() {}

    Inventory(UUID providerId, String resourceClass) {
        this.providerId = providerId;
        this.resourceClass = resourceClass;
    }

    void set(Stock stock) {
        total = stock.total();
        reserved = stock.reserved();
        minUnit = stock.minUnit();
        maxUnit = stock.maxUnit();
        stepSize = stock.stepSize();
        allocationRatio = stock.allocationRatio();
        capacity = stock.capacity();
    }

    public UUID providerId() {
        return providerId;
    }

    public String resourceClass() {
        return resourceClass;
    }

    public Stock stock() {
        return new Stock(total, reserved, minUnit, maxUnit, stepSize, allocationRatio);
    }

    /** What may be allocated altogether. */
    public long capacity() {
        return capacity;
    }

    public long used() {
        return used;
    }

    /** Primary key. */
    static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        UUID providerId;
        String resourceClass;

        public Key() {}

        Key(UUID providerId, String resourceClass) {
            this.providerId = providerId;
            this.resourceClass = resourceClass;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && key.providerId.equals(providerId)
                    && key.resourceClass.equals(resourceClass);
        }

        @Override
        public int hashCode() {
            return Objects.hash(providerId, resourceClass);
        }
    }
}
