package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.shiro.crypto.hash.HashRequest;
import org.apache.shiro.crypto.hash.format.Shiro2CryptFormat;
import org.apache.shiro.crypto.support.hashes.argon2.Argon2HashProvider;
import org.apache.shiro.crypto.support.hashes.argon2.Argon2HashProvider.Parameters;
import org.apache.shiro.lang.util.ByteSource;

/**
 * Makes and checks password hashes (argon2id, by Shiro). A hash is dear by intent, in time and in memory: only so many are
 * made at once and only so many wait, so that a storm of logins can neither exhaust the memory nor the request threads.
 */
@Component
class PasswordHashes {
    private static final int WAITING = 64;
    private static final int PATIENCE_SECONDS = 10;

    private final Shiro2CryptFormat format = new Shiro2CryptFormat();
    private final SecureRandom random = new SecureRandom();
    private final Semaphore seats;
    private final String parameters;
    private final String nobodys;

    PasswordHashes() {
        long parallel = IdentitySettings.PARALLEL_HASHES.get();
        seats = new Semaphore(parallel > 0 ? Math.toIntExact(parallel) : fitting(), true);
        parameters =
                "t=" + IdentitySettings.HASH_ITERATIONS.get() + ",m=" + IdentitySettings.HASH_MEMORY.get() + ",p=1";
        // of the right form and cost, and nobody's: checking against it takes as long as against a real one
        nobodys = "$shiro2$argon2id$v=19$" + parameters + "$" + text(16) + "$" + text(32);
    }

    /** As many as there are processors, but no more than fit into a quarter of the memory. */
    private static int fitting() {
        long memory = Runtime.getRuntime().maxMemory() / 4 / (IdentitySettings.HASH_MEMORY.get() * 1024);
        return (int) Math.max(1, Math.min(memory, Runtime.getRuntime().availableProcessors()));
    }

    String hash(String password) {
        return seated(() -> newHash(password));
    }

    boolean matches(String password, String hash) {
        return seated(() -> format.parse(hash).matchesPassword(ByteSource.Util.bytes(password)));
    }

    /** Takes as long as {@link #matches}, so that the time of an answer does not tell whether there is such a user. */
    void waste(String password) {
        matches(password, nobodys);
    }

    /** Whether a hash was made with other parameters than those now in force. */
    boolean isOutdated(String hash) {
        return !hash.contains("$" + parameters + "$");
    }

    private String newHash(String password) {
        HashRequest request = new HashRequest.Builder()
                .setAlgorithmName(Parameters.DEFAULT_ALGORITHM_NAME)
                .setSource(password)
                .addParameter(
                        Parameters.PARAMETER_ITERATIONS,
                        IdentitySettings.HASH_ITERATIONS.get().toString())
                .addParameter(
                        Parameters.PARAMETER_MEMORY_KIB,
                        IdentitySettings.HASH_MEMORY.get().toString())
                .addParameter(Parameters.PARAMETER_PARALLELISM, "1")
                .build();
        return format.format(new Argon2HashProvider().newHashFactory(random).generate(request));
    }

    private String text(int bytes) {
        byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        return Base64.getEncoder().withoutPadding().encodeToString(noise);
    }

    private <T> T seated(Supplier<T> work) {
        try {
            if (seats.getQueueLength() >= WAITING || !seats.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw Fault.of(Fault.Kind.UNAVAILABLE, "Too many people are logging in right now. Please try again.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Fault.of(Fault.Kind.UNAVAILABLE, "The server is stopping.").cause(e);
        }
        try {
            return work.get();
        } finally {
            seats.release();
        }
    }
}
