package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Database.DuplicateKey;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Remembers assertions for as long as they could come again, so that each is good once, on one controller. */
@Component
class SamlReplays {
    private final Database database;
    private final Clock clock;

    @Inject
    SamlReplays(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param provider its entity ID
     * @param assertion the ID of one that is good but for this
     * @throws Fault UNAUTHORIZED when it came before
     */
    void require(String provider, String assertion, Instant until) {
        try {
            database.run(
                    em -> em.createNativeQuery("insert into identity_saml_assertion (id, expires_at) values (?1, ?2)")
                            .setParameter(1, SecretHashes.sha256(provider + "\n" + assertion))
                            .setParameter(2, until.atOffset(ZoneOffset.UTC))
                            .executeUpdate());
        } catch (DuplicateKey e) {
            throw Fault.unauthorized()
                    .detail("Assertion " + assertion + " of " + provider + " came a second time")
                    .cause(e);
        }
    }

    void prune() {
        database.run(em -> em.createNativeQuery("delete from identity_saml_assertion where expires_at < ?1")
                .setParameter(1, clock.instant().atOffset(ZoneOffset.UTC))
                .executeUpdate());
    }
}
