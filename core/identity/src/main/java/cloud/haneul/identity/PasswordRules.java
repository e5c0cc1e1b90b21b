package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a new password must be like, when it may be changed and how long it lasts, as the operator wants it. */
@Component
class PasswordRules {
    private static final int MOST_KEPT = 24;

    private final PasswordHashes hashes;
    private final Clock clock;

    @Inject
    PasswordRules(PasswordHashes hashes, Clock clock) {
        this.hashes = hashes;
        this.clock = clock;
    }

    /** @throws Fault BAD_REQUEST naming what is asked of a password */
    void requireStrength(String password) {
        long min = IdentitySettings.PASSWORD_MIN.get();
        if (password.codePointCount(0, password.length()) < min) {
            throw Fault.badRequest("password", "The password must have at least " + min + " characters.")
                    .type("PasswordTooShort");
        }
        String regex = IdentitySettings.PASSWORD_REGEX.get();
        if (!regex.isEmpty() && !Pattern.compile(regex).matcher(password).lookingAt()) {
            String words = IdentitySettings.PASSWORD_REGEX_WORDS.get();
            throw Fault.badRequest(
                            "password",
                            "The password does not match the requirements: " + (words.isEmpty() ? regex : words) + ".")
                    .type("PasswordUnlike");
        }
    }

    /**
     * Whether a user may change his password to this one now.
     *
     * @param newestFirst the one in force and those before it
     * @throws Fault BAD_REQUEST saying why not
     */
    void requireChange(User user, String wanted, List<Password> newestFirst) {
        if (UserOptions.has(user, UserOptions.LOCK_PASSWORD)) {
            throw Fault.badRequest("You cannot change your password at this time due to password policy disallowing"
                            + " password changes. Please contact your administrator to reset your password.")
                    .type("PasswordLocked");
        }
        requireAge(newestFirst);
        long unique = unlike();
        if (newestFirst.stream().limit(unique).anyMatch(old -> hashes.matches(wanted, old.hash()))) {
            throw Fault.badRequest(
                            "password",
                            "The new password cannot be identical to a previous password. The total number which"
                                    + " includes the new password must be unique is " + unique + ".")
                    .type("PasswordUsedBefore");
        }
    }

    /** How many of the newest passwords cannot be chosen again. */
    static long unlike() {
        return Math.min(IdentitySettings.PASSWORD_HISTORY.get(), MOST_KEPT);
    }

    private void requireAge(List<Password> newestFirst) {
        long days = IdentitySettings.PASSWORD_MIN_DAYS.get();
        if (days <= 0 || newestFirst.isEmpty() || !newestFirst.get(0).isSelfService()) {
            return;
        }
        Duration left =
                Duration.between(clock.instant(), newestFirst.get(0).createdAt().plus(Duration.ofDays(days)));
        if (!left.isNegative() && !left.isZero()) {
            throw Fault.badRequest("You cannot change your password at this time due to minimum password age. Once you"
                            + " change your password, it must be used for " + days
                            + " day(s) before it can be changed. Please try again in " + (left.toDays() + 1)
                            + " day(s) or contact your administrator to reset your password.")
                    .type("PasswordTooNew");
        }
    }

    /** When a password that is set now expires. */
    Optional<Instant> expiry(User user, boolean selfService, Instant now) {
        if (!selfService
                && IdentitySettings.CHANGE_AT_FIRST_USE.get()
                && !UserOptions.has(user, UserOptions.IGNORE_FIRST_USE)) {
            return Optional.of(now);
        }
        long days = IdentitySettings.PASSWORD_DAYS.get();
        return days <= 0 || UserOptions.has(user, UserOptions.IGNORE_EXPIRY)
                ? Optional.empty()
                : Optional.of(now.plus(Duration.ofDays(days)));
    }

    /** The passwords a user has and had, as many as the rules look at. */
    static List<Password> history(EntityManager em, String userId) {
        return em.createQuery(
                        "select p from IdentityPassword p where p.userId = :id order by p.createdAt desc, p.id desc",
                        Password.class)
                .setParameter("id", userId)
                .setMaxResults(MOST_KEPT)
                .getResultList();
    }

    /** Forgets those that no rule looks at any more. */
    void prune(EntityManager em, String userId) {
        int keep = (int) Math.max(1, Math.min(IdentitySettings.PASSWORD_HISTORY.get(), MOST_KEPT));
        history(em, userId).stream().skip(keep).forEach(em::remove);
    }
}
