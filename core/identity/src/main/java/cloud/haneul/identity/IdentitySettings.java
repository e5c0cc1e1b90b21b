package cloud.haneul.identity;

import cloud.haneul.kernel.Setting;
import java.time.Duration;
import java.util.List;

/** The identity service's configuration keys. */
final class IdentitySettings {
    static final Setting<Duration> TOKEN_LIFETIME = Setting.duration(
            "haneul.identity.token-lifetime",
            "PT1H",
            "How long a token is good for. Shortening it also ends older tokens earlier.");
    static final Setting<Duration> TOKEN_KEY_PERIOD = Setting.duration(
            "haneul.identity.token-key-period",
            "P7D",
            "How long one key signs new tokens; it verifies older ones until they have expired.");
    // OWASP's first choice for argon2id; 90 to 110 ms of CPU on the developers' machines
    static final Setting<Long> HASH_MEMORY = Setting.number(
            "haneul.identity.password-hash-memory", 19456, "KiB of memory that hashing a password takes (argon2id).");
    static final Setting<Long> HASH_ITERATIONS = Setting.number(
            "haneul.identity.password-hash-iterations",
            2,
            "Passes over that memory; more make guessing and logging in dearer.");
    static final Setting<Long> PARALLEL_HASHES = Setting.number(
            "haneul.identity.parallel-hashes",
            0,
            "Passwords hashed at the same time; 0 is one for each processor, within a quarter of the memory. Others wait.");
    static final Setting<Long> LOGIN_FAILURES = Setting.number(
            "haneul.identity.login-failures",
            10,
            "Wrong passwords for one user from one address after which further attempts are refused for a while.");
    static final Setting<Duration> LOGIN_PAUSE = Setting.duration(
            "haneul.identity.login-pause", "PT5M", "How long attempts are refused after too many wrong passwords.");
    static final Setting<Long> PASSWORD_MIN =
            Setting.number("haneul.identity.password-min-length", 1, "Least number of characters of a new password.");
    static final Setting<Duration> EXPIRED_WINDOW = Setting.duration(
            "haneul.identity.allow-expired-window",
            "PT48H",
            "How long after its time a service's own token still vouches for a user's, so that long work can end.");
    static final Setting<Boolean> ALLOW_RESCOPE = Setting.flag(
            "haneul.identity.allow-rescope-scoped-token",
            true,
            "Whether a token for one project can be changed for a token for another.");
    static final Setting<Duration> RECEIPT_LIFETIME = Setting.duration(
            "haneul.identity.receipt-lifetime",
            "PT5M",
            "How long somebody who must log in by several methods may take for the next one.");
    static final Setting<Long> ADDRESS_FAILURES = Setting.number(
            "haneul.identity.address-failures",
            200,
            "Wrong passwords from one address, for whatever users, after which it is refused for the same while.");
    static final Setting<Long> LOCKOUT_ATTEMPTS = Setting.number(
            "haneul.identity.lockout-failure-attempts",
            0,
            "Wrong passwords in a row, from anywhere, that lock a user out; 0 is never.");
    static final Setting<Duration> LOCKOUT_DURATION = Setting.duration(
            "haneul.identity.lockout-duration",
            "PT30M",
            "How long a user is locked out; PT0S is until an administrator enables him again.");
    static final Setting<Long> INACTIVE_DAYS = Setting.number(
            "haneul.identity.disable-user-account-days-inactive",
            0,
            "Days after which a user who did not log in counts as disabled; 0 is never.");
    static final Setting<Long> PASSWORD_DAYS = Setting.number(
            "haneul.identity.password-expires-days", 0, "Days after which a new password expires; 0 is never.");
    static final Setting<Long> PASSWORD_MIN_DAYS = Setting.number(
            "haneul.identity.minimum-password-age",
            0,
            "Days that must pass before users may change a password they chose themselves again.");
    static final Setting<Long> PASSWORD_HISTORY = Setting.number(
            "haneul.identity.unique-last-password-count",
            0,
            "Passwords, the one in force included, that a user may not choose again; 0 to 24.");
    static final Setting<String> PASSWORD_REGEX = Setting.text(
            "haneul.identity.password-regex", "", "Regular expression that new passwords must match; empty: any.");
    static final Setting<String> PASSWORD_REGEX_WORDS = Setting.text(
            "haneul.identity.password-regex-description", "", "What that expression asks for, in words for users.");
    static final Setting<Boolean> CHANGE_AT_FIRST_USE = Setting.flag(
            "haneul.identity.change-password-upon-first-use",
            false,
            "Whether users must change a password that an administrator chose before they can use it.");
    static final Setting<Long> REDELEGATION = Setting.number(
            "haneul.identity.max-redelegation-count", 3, "How many times over a trust may be handed on.");
    static final Setting<Duration> OAUTH1_REQUEST_LIFETIME = Setting.duration(
            "haneul.identity.oauth1-request-token-lifetime",
            "PT8H",
            "How long a consumer of OAuth 1 may wait for a user's leave.");
    static final Setting<Duration> OAUTH1_ACCESS_LIFETIME = Setting.duration(
            "haneul.identity.oauth1-access-token-lifetime",
            "PT24H",
            "How long a consumer of OAuth 1 has a user's leave; PT0S is for ever.");
    static final Setting<Long> APPLICATIONS = Setting.number(
            "haneul.identity.application-credential-user-limit",
            1000,
            "Application credentials that one user may have; 1 to 10,000.");
    static final Setting<Long> TREE_DEPTH = Setting.number(
            "haneul.identity.project-tree-depth", 5, "How deep projects may be nested, the domain included.");
    static final Setting<LimitModel> LIMIT_MODEL = new Setting<>(
            "haneul.identity.limit-model",
            "flat or strict_two_level",
            "flat",
            "How limits of projects and of their domains hang together; with strict_two_level projects are not nested, none may"
                    + " have a higher limit than its domain, and together they cannot use more than the domain's limit.",
            false,
            LimitModel::parse);
    static final Setting<Duration> LDAP_CONNECT_TIMEOUT = Setting.duration(
            "haneul.identity.ldap-connect-timeout",
            "PT3S",
            "How long a connection to a domain's LDAP server may take to come about, and a request waits for one that is free.");
    static final Setting<Duration> LDAP_TIMEOUT = Setting.duration(
            "haneul.identity.ldap-timeout", "PT5S", "How long a domain's LDAP server may take for an answer.");
    static final Setting<Duration> LDAP_REFRESH = Setting.duration(
            "haneul.identity.ldap-refresh",
            "PT5M",
            "How often the users and groups of LDAP servers that are known here are read anew.");
    static final Setting<Duration> OIDC_TIMEOUT = Setting.duration(
            "haneul.identity.oidc-timeout",
            "PT5S",
            "How long an OpenID provider may take to be reached, and for an answer.");
    static final Setting<String> TRUSTED_DASHBOARDS = Setting.text(
            "haneul.identity.trusted-dashboards",
            "",
            "Pages, with commas between them, that may be given a token by web single sign-on, besides this cloud's own portal:"
                    + " https://horizon.example.org/auth/websso/.");
    static final Setting<String> REGION =
            Setting.text("haneul.region", "RegionOne", "Name of this installation's region in the catalogue.");

    private IdentitySettings() {}

    static List<Setting<?>> all() {
        return List.of(
                TOKEN_LIFETIME,
                TOKEN_KEY_PERIOD,
                HASH_MEMORY,
                HASH_ITERATIONS,
                PARALLEL_HASHES,
                LOGIN_FAILURES,
                LOGIN_PAUSE,
                PASSWORD_MIN,
                EXPIRED_WINDOW,
                ALLOW_RESCOPE,
                RECEIPT_LIFETIME,
                ADDRESS_FAILURES,
                LOCKOUT_ATTEMPTS,
                LOCKOUT_DURATION,
                INACTIVE_DAYS,
                PASSWORD_DAYS,
                PASSWORD_MIN_DAYS,
                PASSWORD_HISTORY,
                PASSWORD_REGEX,
                PASSWORD_REGEX_WORDS,
                CHANGE_AT_FIRST_USE,
                REDELEGATION,
                OAUTH1_REQUEST_LIFETIME,
                OAUTH1_ACCESS_LIFETIME,
                APPLICATIONS,
                TREE_DEPTH,
                LIMIT_MODEL,
                LDAP_CONNECT_TIMEOUT,
                LDAP_TIMEOUT,
                LDAP_REFRESH,
                OIDC_TIMEOUT,
                TRUSTED_DASHBOARDS,
                REGION);
    }
}
