package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;

/** One request that an application credential may be used for; kept by its user for further ones, too. */
@Entity(name = "AccessRule")
@Table(name = "identity_access_rule")
public class AccessRule {
    @Id
    private String id;

    @Column(name = "user_id")
    private String userId;

    private String service;
    private String method;
    private String path;

    @Transient
    private PathPattern pattern;

    protected AccessRule() {}

    AccessRule(String id, String userId, Wanted wanted) {
        this.id = id;
        this.userId = userId;
        this.service = wanted.service();
        this.method = wanted.method();
        this.path = wanted.path();
    }

    /**
     * A rule as its user writes it.
     *
     * @param service type of the service as in the catalogue, such as {@code compute}
     * @param path {@code *} and <code>{name}</code> stand for one segment, {@code **} for any number
     */
    public record Wanted(String service, String method, String path) {}

    Wanted wanted() {
        return new Wanted(service, method, path);
    }

    /** Made once, as rules that are in use are kept in memory. */
    PathPattern pattern() {
        if (pattern == null) {
            pattern = new PathPattern(path);
        }
        return pattern;
    }

    public String id() {
        return id;
    }

    String userId() {
        return userId;
    }

    public String service() {
        return service;
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }
}
