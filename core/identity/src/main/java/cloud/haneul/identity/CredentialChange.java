package cloud.haneul.identity;

import java.util.Optional;

/** What shall become different about a credential; empty is left as it is. */
public record CredentialChange(
        Optional<String> userId, Optional<String> type, Optional<String> blob, Optional<String> projectId) {
    @Override
    public String toString() {
        return "change of a credential";
    }
}
