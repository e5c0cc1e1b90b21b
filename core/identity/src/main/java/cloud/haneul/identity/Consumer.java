package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Map;
import java.util.Optional;

/**
 * A program that may ask users to let it act for them, known by its id and a secret with which it signs what it asks. All that
 * it was let do ends with it.
 */
@Entity(name = "OAuth1Consumer")
@Table(name = "identity_oauth1_consumer")
class Consumer {
    @Id
    private String id;

    private String description;

    @Column(name = "sealed")
    private String sealedSecret;

    @Convert(converter = ExtraConverter.class)
    private Map<String, Object> extra;

    @Version
    private long version;

    protected Consumer() {}

    Consumer(String id, Optional<String> description, String sealedSecret, Map<String, Object> extra) {
        this.id = id;
        this.description = description.orElse(null);
        this.sealedSecret = sealedSecret;
        this.extra = Map.copyOf(extra);
    }

    String id() {
        return id;
    }

    Optional<String> description() {
        return Optional.ofNullable(description);
    }

    String sealedSecret() {
        return sealedSecret;
    }

    /** The client's own attributes. */
    Map<String, Object> extra() {
        return extra;
    }

    void describe(String text) {
        description = text;
    }

    void extra(Map<String, Object> attributes) {
        extra = Map.copyOf(attributes);
    }
}
