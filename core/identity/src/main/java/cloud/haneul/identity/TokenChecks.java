package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Says whether a token is good: signed by us, its time not up, not revoked, and its user still let in there. Asks memory only
 * as long as its user is in use and nothing about him changed.
 */
@Component
class TokenChecks {
    private final TokenKeys keys;
    private final Contexts contexts;
    private final Revocations revocations;
    private final Clock clock;

    @Inject
    TokenChecks(TokenKeys keys, Contexts contexts, Revocations revocations, Clock clock) {
        this.keys = keys;
        this.contexts = contexts;
        this.revocations = revocations;
        this.clock = clock;
    }

    /** A good token: what it says and what that means now. */
    record Good(TokenData data, TokenContext context) {
        TokenInfo info() {
            return TokenInfo.of(data, context);
        }
    }

    /** Empty when it is not, or no longer, good. */
    Optional<Good> check(String token) {
        return check(token, Duration.ZERO);
    }

    /** @param grace how long after its time it is still taken */
    Optional<Good> check(String token, Duration grace) {
        return TokenData.verify(token, keys)
                .filter(data -> isInTime(data, grace))
                .flatMap(data -> contexts.find(data.userId(), data.scope(), data.source())
                        .filter(context -> !revocations.isDead(data, context))
                        .map(context -> new Good(data, context)));
    }

    Good require(String token) {
        return check(token).orElseThrow(Fault::unauthorized);
    }

    /** The login it stems from, whether or not it is still good. */
    Optional<String> chainOf(String token) {
        return TokenData.verify(token, keys).map(TokenData::chain);
    }

    private boolean isInTime(TokenData data, Duration grace) {
        Instant then = clock.instant().minus(grace);
        return then.isBefore(data.expiresAt())
                && then.isBefore(data.issuedAt().plus(IdentitySettings.TOKEN_LIFETIME.get()));
    }
}
