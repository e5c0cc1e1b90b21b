package cloud.haneul.portal;

import cloud.haneul.kernel.Threads;
import cloud.haneul.kernel.event.ResourceEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.faces.push.Push;
import jakarta.faces.push.PushContext;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells open pages which kinds of resources moved, and nothing more: each then reads what it may see. Many events in a short time
 * become one message, so that a thousand servers that start do not become a thousand messages to every page.
 */
@ApplicationScoped
public class ChangeFeed {
    private static final String EVERYWHERE = "admin";
    private static final long PAUSE_MILLIS = 250;

    @Inject
    @Push(channel = "changes")
    private PushContext changes;

    @Inject
    @Push(channel = "everywhere")
    private PushContext everywhere;

    private final ScheduledExecutorService sender =
            Executors.newSingleThreadScheduledExecutor(Threads.named("page-changes"));
    private final Map<String, Set<String>> moved = new HashMap<>();

    void changed(@Observes ResourceEvent event) {
        synchronized (moved) {
            if (moved.isEmpty()) {
                sender.schedule(this::send, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            }
            event.projectId().ifPresent(project -> moved.computeIfAbsent(project, p -> new TreeSet<>())
                    .add(event.resourceType()));
            moved.computeIfAbsent(EVERYWHERE, p -> new TreeSet<>()).add(event.resourceType());
        }
    }

    private void send() {
        Map<String, Set<String>> now;
        synchronized (moved) {
            now = new HashMap<>(moved);
            moved.clear();
        }
        now.forEach((project, types) ->
                (project.equals(EVERYWHERE) ? everywhere : changes).send(String.join(" ", types), project));
    }

    @PreDestroy
    void stop() {
        sender.shutdownNow();
    }
}
