package cloud.haneul.identity;

import java.util.Optional;

/** Which credentials to list; empty is whatever. */
public record CredentialFilter(Optional<String> userId, Optional<String> type) {}
