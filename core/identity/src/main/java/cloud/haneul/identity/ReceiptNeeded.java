package cloud.haneul.identity;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Why somebody gets no token although all he showed was right: his rules want more. The receipt spares him to show it again.
 * It is the cause of the {@link cloud.haneul.kernel.Fault} that refuses him.
 */
public final class ReceiptNeeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Receipt receipt;
    private final transient List<List<String>> rules;

    ReceiptNeeded(Receipt receipt, List<List<String>> rules) {
        super("Additional authentications steps required.");
        this.receipt = receipt;
        this.rules = rules;
    }

    /** @param text what the client sends back in {@code Openstack-Auth-Receipt} */
    public record Receipt(
            String text,
            TokenContext.Named user,
            TokenContext.Named domain,
            Set<String> methods,
            Instant issuedAt,
            Instant expiresAt) {
        @Override
        public String toString() {
            return "receipt of " + user;
        }
    }

    public Receipt receipt() {
        return receipt;
    }

    /** The sets of methods of which one must be complete. */
    public List<List<String>> rules() {
        return rules;
    }
}
