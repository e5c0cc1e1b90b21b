package cloud.haneul.kernel.operation;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Setting;
import cloud.haneul.kernel.data.Database;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stops the controller dead at a chosen moment, as a power cut would: how operators and tests see for themselves that nothing
 * accepted is lost. Off unless configured.
 */
@Component
class CrashDrill {
    static final Setting<String> HALT = Setting.text(
            "haneul.operations.halt-after",
            "",
            "Crash drill: KIND:N halts this controller at once when the Nth event of operations of that kind is stored since its start,"
                    + " such as server-create:3. Empty for never.");

    private final Database database;
    private final String kind;
    private final int number;
    private final AtomicInteger seen = new AtomicInteger();

    @Inject
    CrashDrill(Database database) {
        this.database = database;
        String[] words = HALT.get().split(":", 2);
        kind = words.length == 2 ? words[0] : "";
        number = words.length == 2 ? Integer.parseInt(words[1]) : 0;
    }

    void eventOf(Operation operation) {
        if (!kind.isEmpty() && operation.kind().equals(kind)) {
            database.afterCommit(() -> {
                if (seen.incrementAndGet() == number) {
                    Runtime.getRuntime().halt(137);
                }
            });
        }
    }
}
