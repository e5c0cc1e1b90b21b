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
            "Passwords hashed at the same time; 0 is one for each processor. Others wait.");
    static final Setting<Long> LOGIN_FAILURES = Setting.number(
            "haneul.identity.login-failures",
            10,
            "Wrong passwords for one user from one address after which further attempts are refused for a while.");
    static final Setting<Duration> LOGIN_PAUSE = Setting.duration(
            "haneul.identity.login-pause", "PT5M", "How long attempts are refused after too many wrong passwords.");
    static final Setting<Long> PASSWORD_MIN =
            Setting.number("haneul.identity.password-min-length", 1, "Least number of characters of a new password.");
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
                TREE_DEPTH,
                LIMIT_MODEL,
                REGION);
    }
}
