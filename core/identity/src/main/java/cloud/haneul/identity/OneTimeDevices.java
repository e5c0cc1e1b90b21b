package cloud.haneul.identity;

import cloud.haneul.identity.Login.UserRef;
import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What makes a user's one-time passwords (a telephone, as a rule), as he looks after it himself. A device is a credential of type
 * {@code totp}: it begins as a secret that is shown to its owner and kept nowhere, becomes a credential when a passcode shows
 * that the device has it, and ends when its owner proves once more who he is.
 */
@Component
public class OneTimeDevices {
    private final Database database;
    private final Access access;
    private final Credentials credentials;
    private final Users users;
    private final Passwords passwords;
    private final OneTimePasswords oneTimePasswords;
    private final LoginStates states;
    private final Clock clock;

    @Inject
    OneTimeDevices(
            Database database,
            Access access,
            Credentials credentials,
            Users users,
            Passwords passwords,
            OneTimePasswords oneTimePasswords,
            LoginStates states,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.credentials = credentials;
        this.users = users;
        this.passwords = passwords;
        this.oneTimePasswords = oneTimePasswords;
        this.states = states;
        this.clock = clock;
    }

    /** One of a user's devices, without its secret. */
    public record Device(String id, Instant since) {}

    /** What a user's own rules on logging in say about one-time passwords. */
    public enum Use {
        /** He has no such rules, or they do not name them. */
        NOT_ASKED,
        /** With one of several ways to log in. */
        POSSIBLE,
        /** With every way to log in. */
        ASKED
    }

    /** For a device to be set up; in base32. */
    public String newSecret() {
        return Totp.newSecret();
    }

    /**
     * What authenticators read from a QR code.
     *
     * @param issuer whose passwords they are, as the device shows it
     */
    public String address(Caller caller, String secret, String issuer) {
        return "otpauth://totp/" + encoded(issuer) + ":" + encoded(caller.userName()) + "?secret=" + secret + "&issuer="
                + encoded(issuer) + "&algorithm=SHA1&digits=6&period=30";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text.replace(":", " "), StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The caller's own, the newest first; at most 16, since more do not let anybody in. */
    public List<Device> list(Caller caller) {
        access.require(caller, "identity:list_credentials", Credentials.target(caller.userId()));
        return database
                .read(em -> em.createQuery(
                                "select c from IdentityCredential c where c.userId = :id and c.type = 'totp'"
                                        + " order by c.createdAt desc",
                                Credential.class)
                        .setParameter("id", caller.userId())
                        .setMaxResults(OneTimePasswords.DEVICES)
                        .getResultList())
                .stream()
                .map(row -> new Device(row.id(), row.createdAt()))
                .toList();
    }

    /**
     * Keeps a secret that the caller's device has, as a passcode shows, which is used up by that.
     *
     * @throws Fault BAD_REQUEST for {@code passcode} when it is not of this secret and this time; CONFLICT when there are 16
     */
    public void add(Caller caller, String secret, String passcode) {
        if (list(caller).size() >= OneTimePasswords.DEVICES) {
            throw Fault.conflict("There are " + OneTimePasswords.DEVICES + " devices already. Remove one first.")
                    .type("TooManyDevices");
        }
        OptionalLong step = Totp.stepOf(digits(passcode), Totp.secret(secret), clock.instant());
        if (step.isEmpty()) {
            throw Fault.badRequest("passcode", "The passcode is not the one of this secret at this time.")
                    .type("WrongPasscode");
        }
        credentials.create(caller, new NewCredential(caller.userId(), Credential.TOTP, secret, Optional.empty()));
        states.firstUse(caller.userId(), step.getAsLong());
    }

    /**
     * Takes a device back from whoever proves to be its owner by his password or a passcode of any of his devices.
     *
     * @param passcode looked at instead of the password unless empty
     * @throws Fault UNAUTHORIZED when that does not hold; CONFLICT when it is the last one and his rules want one
     */
    public void remove(Caller caller, String id, String password, String passcode, RequestInfo request) {
        List<Device> mine = list(caller);
        if (mine.stream().noneMatch(device -> device.id().equals(id))) {
            throw Faults.notFound("credential", id);
        }
        UserRef me = UserRef.id(caller.userId());
        if (passcode.isEmpty()) {
            passwords.verify(me, password, request);
        } else {
            oneTimePasswords.verify(me, digits(passcode), request);
        }
        if (mine.size() == 1 && use(caller) == Use.ASKED) {
            throw Fault.conflict("Without it you could not log in any more: your account's rules want a passcode.")
                    .type("LastDevice");
        }
        credentials.delete(caller, id);
    }

    /** As people copy it from a small screen. */
    private static String digits(String passcode) {
        return passcode.replaceAll("\\s", "");
    }

    public Use use(Caller caller) {
        return use(users.find(caller.userId()).orElseThrow(Fault::unauthorized));
    }

    /** By the user's rules. */
    public static Use use(User user) {
        List<List<String>> rules = UserOptions.methodRules(user);
        if (rules.stream().noneMatch(rule -> rule.contains("totp"))) {
            return Use.NOT_ASKED;
        }
        return rules.stream().allMatch(rule -> rule.contains("totp")) ? Use.ASKED : Use.POSSIBLE;
    }

    /** Whether the caller may say for himself that he logs in by password and passcode: as the policy has it, administrators may. */
    public boolean mayDemand(Caller caller) {
        return access.allowed(
                caller,
                "identity:update_user",
                Target.of().user(users.find(caller.userId())).map());
    }

    /**
     * Lets a user in only with his password and a passcode, or with his password alone again.
     *
     * @throws Fault CONFLICT when he has no device, which would shut him out
     */
    public void demand(Caller caller, String userId, boolean on) {
        access.require(
                caller,
                "identity:update_user",
                Target.of().user(users.find(userId)).map());
        if (!on) {
            users.update(caller, userId, UserChange.NONE.options(Map.of(UserOptions.METHOD_RULES_ON, false)));
            return;
        }
        boolean none = database.read(em -> em.createQuery(
                                "select count(c) from IdentityCredential c where c.userId = :id and c.type = 'totp'",
                                Long.class)
                        .setParameter("id", userId)
                        .getSingleResult())
                == 0;
        if (none) {
            throw Fault.conflict("The user has no device for one-time passwords and could not log in any more.")
                    .type("NoDevice");
        }
        users.update(
                caller,
                userId,
                UserChange.NONE.options(Map.of(
                        UserOptions.METHOD_RULES_ON,
                        true,
                        UserOptions.METHOD_RULES,
                        List.of(List.of("password", "totp")))));
    }
}
