package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** That a project's catalogue has an endpoint, or those of an {@link EndpointGroup}, and not simply all. */
@Entity
@Table(name = "identity_catalog_filter")
@IdClass(CatalogFilter.Key.class)
class CatalogFilter {
    @Id
    @Column(name = "project_id")
    private String projectId;

    @Id
    @Column(name = "thing_id")
    private String thingId;

    @Column(name = "of_group")
    private boolean ofGroup;

    protected CatalogFilter() {}

    CatalogFilter(String projectId, String thingId, boolean ofGroup) {
        this.projectId = projectId;
        this.thingId = thingId;
        this.ofGroup = ofGroup;
    }

    String thingId() {
        return thingId;
    }

    boolean isOfGroup() {
        return ofGroup;
    }

    /** Primary key. */
    static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        String projectId;
        String thingId;

        Key() {}

        Key(String projectId, String thingId) {
            this.projectId = projectId;
            this.thingId = thingId;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && projectId.equals(key.projectId) && thingId.equals(key.thingId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(projectId, thingId);
        }
    }
}
