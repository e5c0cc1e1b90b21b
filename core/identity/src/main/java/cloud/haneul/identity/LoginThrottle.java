package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows guessing down: after so many wrong passwords for one user from one address, or for anybody from one address, further
 * attempts from there are refused unseen for a while. Kept in memory, of bounded size: who guesses names does not fill the cloud with rows.
 */
@Component
class LoginThrottle {
    private static final int KNOWN = 50_000;

    private record Key(String user, String address) {}

    private record Tries(long count, Instant last) {}

    private final Clock clock;
    private final Map<Key, Tries> tries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Tries> eldest) {
            return size() > KNOWN;
        }
    };

    @Inject
    LoginThrottle(Clock clock) {
        this.clock = clock;
    }

    /**
     * Whether one more attempt may be looked at. It counts as wrong until {@link #succeeded}, so that many at once do not all
     * slip through before the first has failed.
     */
    synchronized boolean admits(String user, String address) {
        Key everybody = new Key("", address);
        if (count(everybody) >= IdentitySettings.ADDRESS_FAILURES.get()
                || !counted(new Key(user, address), IdentitySettings.LOGIN_FAILURES.get())) {
            return false;
        }
        return counted(everybody, IdentitySettings.ADDRESS_FAILURES.get());
    }

    /** Takes back what {@link #admits} counted. */
    synchronized void succeeded(String user, String address) {
        tries.remove(new Key(user, address));
        tries.computeIfPresent(
                new Key("", address), (key, known) -> new Tries(Math.max(0, known.count - 1), known.last));
    }

    private boolean counted(Key key, long most) {
        long count = count(key);
        if (count >= most) {
            return false;
        }
        tries.put(key, new Tries(count + 1, clock.instant()));
        return true;
    }

    private long count(Key key) {
        Tries known = tries.get(key);
        return known == null
                        || known.last.plus(IdentitySettings.LOGIN_PAUSE.get()).isBefore(clock.instant())
                ? 0
                : known.count;
    }
}
