package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.StartUp;
import cloud.haneul.kernel.Threads;
import jakarta.inject.Inject;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears every second what other controllers revoked, and looks after keys and old rows now and then. */
@Component
class IdentityUpkeep implements StartUp {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityUpkeep.class);
    private static final int MINUTE = 60;

    private final Revocations revocations;
    private final TokenKeys keys;
    private final OAuth1Checks oauth1;
    private final SamlReplays assertions;
    private final PortalSessions sessions;
    private ScheduledExecutorService worker;
    private boolean failing;
    private int seconds;

    @Inject
    IdentityUpkeep(
            Revocations revocations,
            TokenKeys keys,
            OAuth1Checks oauth1,
            SamlReplays assertions,
            PortalSessions sessions) {
        this.revocations = revocations;
        this.keys = keys;
        this.oauth1 = oauth1;
        this.assertions = assertions;
        this.sessions = sessions;
    }

    @Override
    public int order() {
        return 110;
    }

    @Override
    public void start() {
        keys.tend();
        revocations.poll();
        worker = Executors.newSingleThreadScheduledExecutor(Threads.named("identity"));
        // half a second: whatever was revoked elsewhere is dead here within one
        worker.scheduleWithFixedDelay(this::quietly, 500, 500, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        worker.shutdownNow();
    }

    private void quietly() {
        try {
            revocations.poll();
            if (++seconds % (2 * MINUTE) == 0) {
                revocations.prune();
                oauth1.prune();
                assertions.prune();
                sessions.prune();
                keys.tend();
            }
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("Cannot hear what other controllers revoked; trying on", e);
            }
            failing = true;
        }
    }
}
