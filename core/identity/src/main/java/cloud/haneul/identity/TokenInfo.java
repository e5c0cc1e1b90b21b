package cloud.haneul.identity;

import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.Caller;
import java.time.Instant;
import java.util.List;

/**
 * A good token, told in full.
 *
 * @param auditIds its own and, when it was got by another, the first one's
 */
public record TokenInfo(
        TokenContext context, List<String> methods, Instant issuedAt, Instant expiresAt, List<String> auditIds) {

    static TokenInfo of(TokenData data, TokenContext context) {
        return new TokenInfo(
                context,
                data.methods(),
                data.issuedAt(),
                data.expiresAt(),
                data.firstAuditId().map(first -> List.of(data.auditId(), first)).orElse(List.of(data.auditId())));
    }

    public Caller caller(RequestInfo request) {
        return context.caller(request);
    }
}
