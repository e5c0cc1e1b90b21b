package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Map;

/** A text that some service takes its rules from. The cloud keeps it and tells which endpoint it is for; it reads none itself. */
@Entity(name = "IdentityPolicy")
@Table(name = "identity_policy")
public class Policy {
    @Id
    private String id;

    private String type;

    @Column(name = "content")
    private String blob;

    @Convert(converter = ExtraConverter.class)
    private Map<String, Object> extra;

    @Version
    private long version;

    protected Policy() {}

    Policy(String id, String type, String blob) {
        this.id = id;
        this.type = type;
        this.blob = blob;
        this.extra = Map.of();
    }

    void type(String mimeType) {
        type = mimeType;
    }

    void blob(String text) {
        blob = text;
    }

    void extra(Map<String, Object> all) {
        extra = all;
    }

    public String id() {
        return id;
    }

    /** MIME type of the text. */
    public String type() {
        return type;
    }

    public String blob() {
        return blob;
    }

    /** Attributes of the client's own. */
    public Map<String, Object> extra() {
        return extra;
    }
}
