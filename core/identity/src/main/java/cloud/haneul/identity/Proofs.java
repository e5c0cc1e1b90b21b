package cloud.haneul.identity;

import cloud.haneul.identity.Login.ApplicationProof;
import cloud.haneul.identity.Login.OAuth1Proof;
import cloud.haneul.identity.Login.PasswordProof;
import cloud.haneul.identity.Login.Proof;
import cloud.haneul.identity.Login.Scope;
import cloud.haneul.identity.Login.TokenProof;
import cloud.haneul.identity.Login.TotpProof;
import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Finds out who somebody is: looks at every proof he brings, which must all hold and be of one user, and at his rules. */
@Component
class Proofs {
    private final Passwords passwords;
    private final OneTimePasswords oneTimePasswords;
    private final ApplicationLogins applications;
    private final OAuth1Tokens oauth1;
    private final TokenChecks checks;
    private final LoginRules rules;

    @Inject
    Proofs(
            Passwords passwords,
            OneTimePasswords oneTimePasswords,
            ApplicationLogins applications,
            OAuth1Tokens oauth1,
            TokenChecks checks,
            LoginRules rules) {
        this.passwords = passwords;
        this.oneTimePasswords = oneTimePasswords;
        this.applications = applications;
        this.oauth1 = oauth1;
        this.checks = checks;
        this.rules = rules;
    }

    /**
     * Who it is.
     *
     * @param parent the token he came by
     * @param source the application credential or access token he came by
     */
    record Proven(String userId, Set<String> methods, Optional<TokenData> parent, Optional<TokenSource> source) {}

    /**
     * @throws Fault UNAUTHORIZED when a proof does not hold; caused by a {@link ReceiptNeeded} when they hold and the user's own
     *     rules want more of them
     */
    Proven prove(Login login, RequestInfo request) {
        Set<String> users = new LinkedHashSet<>();
        Set<String> methods = new LinkedHashSet<>();
        Optional<TokenData> parent = Optional.empty();
        Optional<TokenSource> source = Optional.empty();
        for (Proof proof : login.proofs()) {
            if (proof instanceof PasswordProof password) {
                users.add(passwords
                        .verify(password.user(), password.password(), request)
                        .id());
                methods.add("password");
            } else if (proof instanceof TotpProof totp) {
                users.add(oneTimePasswords
                        .verify(totp.user(), totp.passcode(), request)
                        .id());
                methods.add("totp");
            } else if (proof instanceof ApplicationProof application) {
                ApplicationCredential credential = applications.verify(application, request);
                users.add(credential.userId());
                source = Optional.of(TokenSource.application(credential.id()));
                methods.add("application_credential");
            } else if (proof instanceof OAuth1Proof signed) {
                AccessToken token = oauth1.login(signed.signed());
                users.add(token.userId());
                source = Optional.of(TokenSource.oauth1(token.id()));
                methods.add("oauth1");
            } else if (proof instanceof TokenProof token) {
                TokenData data = rescopable(token.token(), login.scope());
                users.add(data.userId());
                methods.addAll(data.methods());
                methods.add("token");
                parent = Optional.of(data);
            }
        }
        if (methods.containsAll(Set.of("application_credential", "oauth1"))) {
            throw Fault.unauthorized().detail("An application credential and OAuth 1 at once lend different things");
        }
        if (users.size() != 1) {
            throw Fault.unauthorized().detail("The proofs are of " + users.size() + " users");
        }
        String user = users.iterator().next();
        rules.require(user, methods, login.receipt());
        return new Proven(user, methods, parent, source);
    }

    private TokenData rescopable(String token, Scope scope) {
        TokenData data = checks.check(token)
                .map(TokenChecks.Good::data)
                .orElseThrow(() -> Fault.of(Fault.Kind.NOT_FOUND, "Could not find token."));
        if (data.source().isPresent()) {
            throw Fault.forbidden("A token got by a trust, an application credential or OAuth 1 cannot be rescoped.");
        }
        boolean further = !scope.equals(Scope.NONE) && !scope.equals(Scope.PREFERRED);
        if (data.scope().isPresent() && further && !IdentitySettings.ALLOW_RESCOPE.get()) {
            throw Fault.forbidden("You are not authorized to perform the requested action: rescope a scoped token.");
        }
        return data;
    }
}
