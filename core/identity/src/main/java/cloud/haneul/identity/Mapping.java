package cloud.haneul.identity;

import cloud.haneul.kernel.data.Json;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.List;
import java.util.Map;

/** The rules by which what an identity provider says of somebody becomes a user, groups and roles here. */
@Entity(name = "IdentityMapping")
@Table(name = "identity_mapping")
public class Mapping {
    @Id
    private String id;

    private String rules;

    @Column(name = "schema_version")
    private String schemaVersion;

    @Version
    private long version;

    protected Mapping() {}

    Mapping(String id, List<Map<String, Object>> rules, String schemaVersion) {
        this.id = id;
        change(rules, schemaVersion);
    }

    final void change(List<Map<String, Object>> all, String ofSchema) {
        rules = Json.write(all);
        schemaVersion = ofSchema;
    }

    public String id() {
        return id;
    }

    /** As they were given. */
    public List<Map<String, Object>> rules() {
        return Json.read(rules, new TypeReference<>() {});
    }

    /** {@code 1.0} or {@code 2.0}: whether projects and roles may name a domain. */
    public String schemaVersion() {
        return schemaVersion;
    }
}
