package cloud.haneul.identity;

import cloud.haneul.identity.Login.ApplicationProof;
import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Database;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Optional;

/** Checks the secrets of application credentials; whoever asks learns nothing but yes or no. */
@Component
class ApplicationLogins {
    private final Database database;
    private final SecretHashes hashes;
    private final LoginThrottle throttle;
    private final Clock clock;

    @Inject
    ApplicationLogins(Database database, SecretHashes hashes, LoginThrottle throttle, Clock clock) {
        this.database = database;
        this.hashes = hashes;
        this.throttle = throttle;
        this.clock = clock;
    }

    /** @throws Fault UNAUTHORIZED always with the same text */
    ApplicationCredential verify(ApplicationProof proof, RequestInfo request) {
        Optional<ApplicationCredential> known = database.read(em -> find(em, proof));
        String who = "application:" + known.map(ApplicationCredential::id).orElseGet(proof::toString);
        if (!throttle.admits(who, request.address())) {
            throw Fault.unauthorized().detail("Too many wrong secrets for " + proof);
        }
        boolean right = hashes.matches(proof.secret(), known.map(ApplicationCredential::hash));
        if (!right || known.get().isOver(clock.instant())) {
            throw Fault.unauthorized().detail((right ? "Expired: " : "Wrong secret: ") + proof);
        }
        throttle.succeeded(who, request.address());
        return known.get();
    }

    private static Optional<ApplicationCredential> find(EntityManager em, ApplicationProof proof) {
        if (proof.id().isPresent()) {
            return Optional.ofNullable(
                    em.find(ApplicationCredential.class, proof.id().get()));
        }
        return proof.user().flatMap(ref -> References.user(em, ref)).flatMap(user -> em
                .createQuery(
                        "select c from ApplicationCredential c where c.userId = :user and c.name = :name",
                        ApplicationCredential.class)
                .setParameter("user", user.id())
                .setParameter("name", proof.name().orElse(""))
                .getResultList()
                .stream()
                .findFirst());
    }
}
