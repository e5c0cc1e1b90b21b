package cloud.haneul.kernel.operation;

import cloud.haneul.kernel.Component;
import java.util.UUID;
import java.util.function.Consumer;

/** Wakes the worker for one operation; a poke that is lost costs a second, for the worker polls too. */
@Component
class Pokes {
    private volatile Consumer<UUID> worker = id -> {};

    void poke(UUID id) {
        worker.accept(id);
    }

    void to(Consumer<UUID> listener) {
        worker = listener;
    }
}
