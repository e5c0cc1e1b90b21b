package cloud.haneul.kernel.event;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.data.Database;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;

/** Tells who observes {@link ResourceEvent} (CDI {@code @Observes}), once the change is committed. Observers must be quick. */
@Component
public class Events {
    private final Database database;
    private final Event<ResourceEvent> event;

    @Inject
    Events(Database database, Event<ResourceEvent> event) {
        this.database = database;
        this.event = event;
    }

    public void publish(ResourceEvent what) {
        database.afterCommit(() -> event.fire(what));
    }
}
