package cloud.haneul.identity;

import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.Optional;

/** Lets somebody who is signed in change his password and stay, while everything else that he had ends. */
@Component
public class OwnPassword {
    private final TokenChecks checks;
    private final Users users;
    private final Scopes scopes;
    private final Tokens tokens;

    @Inject
    OwnPassword(TokenChecks checks, Users users, Scopes scopes, Tokens tokens) {
        this.checks = checks;
        this.users = users;
        this.scopes = scopes;
        this.tokens = tokens;
    }

    /**
     * As {@link Users#changePassword}. What he had proved by other methods than his password, such as a passcode, stays proved.
     *
     * @param token with which he is signed in
     * @return a token of a login of its own
     * @throws Fault UNAUTHORIZED when {@code current} is not the password, or the token is no good; BAD_REQUEST when the rules on
     *     passwords forbid it
     */
    public Tokens.Issued change(String token, String current, String wanted, RequestInfo request) {
        TokenData before = checks.require(token).data();
        users.changePassword(before.userId(), current, wanted, request);
        return tokens.issue(
                before.userId(),
                scopes.enter(before.userId(), Optional.empty(), Login.Scope.PREFERRED),
                new LinkedHashSet<>(before.methods()));
    }
}
