package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** A word that a project is marked with. */
@Entity
@Table(name = "identity_project_tag")
@IdClass(ProjectTag.Key.class)
class ProjectTag {
    @Id
    @Column(name = "project_id")
    private String projectId;

    @Id
    private String name;

    protected ProjectTag() {}

    ProjectTag(String projectId, String name) {
        this.projectId = projectId;
        this.name = name;
    }

    /** Primary key. */
    static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        String projectId;
        String name;

        Key() {}

        Key(String projectId, String name) {
            this.projectId = projectId;
            this.name = name;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && projectId.equals(key.projectId) && name.equals(key.name);
        }

        @Override
        public int hashCode() {
            return Objects.hash(projectId, name);
        }
    }
}
