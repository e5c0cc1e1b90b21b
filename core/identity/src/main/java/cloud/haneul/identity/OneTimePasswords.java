package cloud.haneul.identity;

import cloud.haneul.identity.Login.UserRef;
import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Vault;
import cloud.haneul.kernel.data.Database;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Checks one-time passwords against a user's credentials of type {@code totp}. One works once; guessing is slowed down. */
@Component
class OneTimePasswords {
    /** Devices a user may have at once; more are not looked at. */
    static final int DEVICES = 16;

    private record Known(User user, List<Credential> devices, Optional<LoginState> state) {}

    private final Database database;
    private final Vault vault;
    private final LoginThrottle throttle;
    private final LoginStates states;
    private final Clock clock;

    @Inject
    OneTimePasswords(Database database, Vault vault, LoginThrottle throttle, LoginStates states, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.throttle = throttle;
        this.states = states;
        this.clock = clock;
    }

    /** @throws Fault UNAUTHORIZED always with the same text */
    User verify(UserRef ref, String passcode, RequestInfo request) {
        Optional<Known> known = database.read(em -> References.user(em, ref)
                .map(user -> new Known(
                        user,
                        em.createQuery(
                                        "select c from IdentityCredential c where c.userId = :id and c.type = 'totp'"
                                                + " order by c.createdAt desc",
                                        Credential.class)
                                .setParameter("id", user.id())
                                .setMaxResults(DEVICES)
                                .getResultList(),
                        LoginStates.of(em, user.id()))));
        String who = "totp:" + known.map(k -> k.user.id()).orElseGet(() -> "?" + ref);
        if (!throttle.admits(who, request.address())) {
            throw Fault.unauthorized().detail("Too many wrong one-time passwords for " + ref);
        }
        if (known.filter(k -> !states.isLocked(k.user, k.state) && holds(k, passcode))
                .isEmpty()) {
            known.ifPresent(k -> states.failed(k.user.id()));
            throw Fault.unauthorized().detail("Wrong one-time password: " + ref);
        }
        throttle.succeeded(who, request.address());
        return known.get().user;
    }

    private boolean holds(Known known, String passcode) {
        OptionalLong step = known.devices.stream()
                .map(device -> Totp.stepOf(passcode, Totp.secret(vault.open(device.sealed())), clock.instant()))
                .filter(OptionalLong::isPresent)
                .findFirst()
                .orElse(OptionalLong.empty());
        return step.isPresent() && states.firstUse(known.user.id(), step.getAsLong());
    }
}
