package cloud.haneul.identity;

import cloud.haneul.identity.Login.ProjectRef;
import cloud.haneul.identity.Login.Scope;
import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Gives services a token for whoever signed a request with his EC2 keys. Only services and administrators may ask: whoever saw a
 * signed request, such as a link to an object, would else have all its signer may do.
 */
@Component
public class Ec2Tokens {
    private static final Duration VALID = Duration.ofMinutes(15);

    private final Access access;
    private final Credentials credentials;
    private final Scopes scopes;
    private final Tokens tokens;
    private final Audit audit;
    private final Clock clock;

    @Inject
    Ec2Tokens(Access access, Credentials credentials, Scopes scopes, Tokens tokens, Audit audit, Clock clock) {
        this.access = access;
        this.credentials = credentials;
        this.scopes = scopes;
        this.tokens = tokens;
        this.audit = audit;
        this.clock = clock;
    }

    /** @throws Fault UNAUTHORIZED when it was not signed with those keys within the last quarter of an hour */
    public Tokens.Issued byEc2(Caller caller, Ec2Request signed, RequestInfo request) {
        access.require(caller, "identity:ec2tokens_validate", Map.of());
        requireRecent(
                Ec2Signature.signedAt(signed),
                Ec2Signature.validity(signed)
                        .filter(d -> d.compareTo(VALID) < 0)
                        .orElse(VALID));
        return issue(signed.access(), keys -> Ec2Signature.isBy(keys.secret(), signed), request);
    }

    /** @param stringToSign what the client made of its request and signed */
    public Tokens.Issued byS3(
            Caller caller, String accessKey, String stringToSign, String signature, RequestInfo request) {
        access.require(caller, "identity:s3tokens_validate", Map.of());
        requireRecent(S3Signature.time(stringToSign), VALID);
        return issue(accessKey, keys -> S3Signature.isBy(keys.secret(), stringToSign, signature), request);
    }

    private Tokens.Issued issue(String accessKey, Predicate<Ec2Blob> isSigned, RequestInfo request) {
        Credentials.Shown credential = credentials
                .find(SecretHashes.sha256(accessKey))
                .filter(c -> c.type().equals(Credential.EC2))
                .map(credentials::shown)
                .orElseThrow(() -> Fault.unauthorized().detail("No EC2 keys " + accessKey));
        Ec2Blob keys = Ec2Blob.parse(credential.blob());
        if (!keys.access().equals(accessKey) || !isSigned.test(keys)) {
            throw Fault.unauthorized().detail("The signature is not by EC2 keys " + accessKey);
        }
        Scopes.Entrance entrance = entrance(credential, keys);
        TokenContext context = entrance.context();
        if (!context.project().map(TokenContext.Place::id).equals(credential.projectId())) {
            throw Fault.unauthorized().detail("EC2 keys " + accessKey + " are not for that project");
        }
        audit.success(
                context.caller(request),
                "identity:authenticate",
                "user",
                context.user().id(),
                context.user().name());
        return tokens.issue(
                entrance.source().isPresent() && context.trust().isPresent()
                        ? context.trust().get().trusteeId()
                        : credential.userId(),
                entrance,
                Set.of("ec2credential"));
    }

    private Scopes.Entrance entrance(Credentials.Shown credential, Ec2Blob keys) {
        Optional<TokenSource> source = keys.source();
        return source.isPresent()
                ? scopes.enter(credential.userId(), source.get())
                : scopes.enter(
                        credential.userId(),
                        Optional.empty(),
                        credential
                                .projectId()
                                .map(id -> (Scope) new Login.OfProject(ProjectRef.id(id)))
                                .orElse(Scope.NONE));
    }

    /** @param after its time; before it a clock may be wrong by as much as ever */
    private void requireRecent(Optional<Instant> time, Duration after) {
        Instant now = clock.instant();
        if (time.filter(at -> !at.isAfter(now.plus(VALID)) && !now.isAfter(at.plus(after)))
                .isEmpty()) {
            throw Fault.unauthorized().detail("The signature is too old or does not say when it was made");
        }
    }
}
