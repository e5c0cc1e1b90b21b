package cloud.haneul.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * That one of our users or groups stands for an entry of its domain's directory. Its row among ours is a copy of what was last
 * read there, so that roles, tokens and names work as for everybody else; it is made when somebody first asks for the entry.
 */
@Entity
@Table(name = "identity_shadow")
class Shadow {
    static final String USER = "user";
    static final String GROUP = "group";

    @Id
    @Column(name = "public_id")
    private String publicId;

    @Column(name = "domain_id")
    private String domainId;

    private String kind;

    @Column(name = "local_id")
    private String localId;

    protected Shadow() {}

    Shadow(String domainId, String kind, String localId) {
        this.publicId = publicId(domainId, kind, localId);
        this.domainId = domainId;
        this.kind = kind;
        this.localId = localId;
    }

    /** The id an entry has among ours, as keystone makes it: the same on every controller and after every loss of the rows. */
    static String publicId(String domainId, String kind, String localId) {
        try {
            byte[] text = (domainId + kind + localId).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    String publicId() {
        return publicId;
    }

    String domainId() {
        return domainId;
    }

    String localId() {
        return localId;
    }
}
