package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows guessing down: after so many wrong passwords for one user from one address, further attempts from there are refused
 * unseen for a while. Kept in memory, of bounded size: who guesses names does not fill the cloud with rows.
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
        Key key = new Key(user, address);
        Instant now = clock.instant();
        Tries known = tries.get(key);
        if (known == null || known.last.plus(IdentitySettings.LOGIN_PAUSE.get()).isBefore(now)) {
            tries.put(key, new Tries(1, now));
            return true;
        }
        if (known.count >= IdentitySettings.LOGIN_FAILURES.get()) {
            return false;
        }
        tries.put(key, new Tries(known.count + 1, now));
        return true;
    }

    synchronized void succeeded(String user, String address) {
        tries.remove(new Key(user, address));
    }
}
