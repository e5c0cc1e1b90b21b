package cloud.haneul.identity;

import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.Caller;
import java.util.List;
import java.util.Optional;

/** Makes callers of those who have no token yet. */
final class Callers {
    private Callers() {}

    /** A user as such, without a scope. */
    static Caller unscoped(User user, String domainName, RequestInfo request) {
        return new TokenContext(
                        new TokenContext.Named(user.id(), user.name()),
                        new TokenContext.Named(user.domainId(), domainName),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        List.of())
                .caller(request);
    }
}
