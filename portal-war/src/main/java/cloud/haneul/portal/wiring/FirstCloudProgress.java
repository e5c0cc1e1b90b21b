package cloud.haneul.portal.wiring;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Home;
import cloud.haneul.kernel.StartUp;
import cloud.haneul.kernel.Threads;
import cloud.haneul.kernel.event.ResourceEvent;
import cloud.haneul.kernel.rest.Anonymous;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares the {@link FirstCloud} beside the start, once, and tells the installer how far it is at
 * {@code GET /haneul/v1/first-cloud}. Anybody may ask: the answer names steps, nothing else.
 */
@Component
@Anonymous
@Path("/haneul/v1/first-cloud")
@Produces(MediaType.APPLICATION_JSON)
public class FirstCloudProgress implements StartUp {
    private static final Logger LOG = LoggerFactory.getLogger(FirstCloudProgress.class);
    private static final Duration HOST_TIME = Duration.ofMinutes(2);

    private final FirstCloud cloud;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(Threads.named("first-cloud"));
    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final Semaphore hostMoved = new Semaphore(0);
    private volatile String state = "ready";

    @Inject
    FirstCloudProgress(FirstCloud cloud) {
        this.cloud = cloud;
    }

    /** @param state waiting, working, done or failed */
    public record Step(String name, String state, String detail) {}

    @Override
    public int order() {
        return 300;
    }

    @Override
    public void start() {
        java.nio.file.Path done = Home.folder("run").resolve("first-cloud");
        if (!FirstCloud.WANTED.get() || Files.exists(done)) {
            return;
        }
        state = "preparing";
        cloud.parts().forEach(part -> set(part.name(), "waiting", ""));
        worker.execute(() -> prepare(done));
    }

    @Override
    public void stop() {
        worker.shutdownNow();
    }

    @GET
    public Map<String, Object> progress() {
        synchronized (steps) {
            return Map.of("state", state, "steps", List.copyOf(steps.values()));
        }
    }

    private void prepare(java.nio.file.Path done) {
        for (FirstCloud.Part part : cloud.parts()) {
            set(part.name(), "working", "");
            try {
                part.work().run();
                set(part.name(), "done", "");
            } catch (Fault e) {
                LOG.error("The first cloud's {} could not be prepared: {}", part.name(), e.detail(), e);
                fail(part.name(), e.getMessage());
                return;
            } catch (RuntimeException e) {
                LOG.error("The first cloud's {} could not be prepared", part.name(), e);
                fail(part.name(), "An unexpected error; the log says more.");
                return;
            }
        }
        awaitHost();
        if (state.equals("failed")) {
            // not noted as done: the next start looks again
            return;
        }
        try {
            Files.writeString(done, "prepared\n");
        } catch (IOException e) {
            LOG.warn("That the first cloud is ready could not be noted; the next start looks again", e);
        }
        state = "ready";
    }

    private void awaitHost() {
        Instant deadline = Instant.now().plus(HOST_TIME);
        Optional<String> problem = cloud.hostProblem();
        while (problem.isEmpty() && hostMovedBefore(deadline)) {
            problem = cloud.hostProblem();
        }
        String why = problem.orElse("The host did not answer within " + HOST_TIME.toMinutes() + " minutes.");
        if (!why.isEmpty()) {
            fail("host", why);
        }
    }

    /** Something happened to a host, perhaps the one waited for. */
    void changed(@Observes ResourceEvent event) {
        if (event.resourceType().equals("host")) {
            hostMoved.release();
        }
    }

    private boolean hostMovedBefore(Instant deadline) {
        try {
            return hostMoved.tryAcquire(
                    Duration.between(Instant.now(), deadline).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void fail(String part, String why) {
        set(part, "failed", why);
        state = "failed";
    }

    private void set(String part, String how, String detail) {
        synchronized (steps) {
            steps.put(part, new Step(part, how, detail));
        }
    }
}
