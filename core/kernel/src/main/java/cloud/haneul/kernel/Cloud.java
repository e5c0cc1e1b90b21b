package cloud.haneul.kernel;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The controller's life: starts all {@link StartUp}s in order and stops the started ones in reverse. */
@Component
public class Cloud {
    private static final Logger LOG = LoggerFactory.getLogger(Cloud.class);

    private final List<StartUp> parts;
    private final Deque<StartUp> started = new ArrayDeque<>();
    private volatile boolean ready;

    @Inject
    Cloud(@Any Instance<StartUp> parts) {
        this.parts =
                parts.stream().sorted(Comparator.comparingInt(StartUp::order)).toList();
    }

    public synchronized void start() {
        for (StartUp part : parts) {
            part.start();
            started.push(part);
        }
        ready = true;
    }

    /** Whether everything has started. */
    public boolean isReady() {
        return ready;
    }

    public synchronized void stop() {
        ready = false;
        while (!started.isEmpty()) {
            StartUp part = started.pop();
            try {
                part.stop();
            } catch (RuntimeException e) {
                // the others must stop all the same
                LOG.warn("{} did not stop cleanly", part.getClass().getName(), e);
            }
        }
    }
}
