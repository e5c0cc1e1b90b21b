package cloud.haneul.driver.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** What a guest wrote to its serial line: in memory to be read, in the host's journal to survive. The machine guards it. */
final class ConsoleLog {
    private final UUID server;
    private final Journal journal;
    private final StringBuilder text;

    ConsoleLog(UUID server, Journal journal, StringBuilder text) {
        this.server = server;
        this.journal = journal;
        this.text = text;
    }

    void append(String more) {
        if (!more.isEmpty()) {
            journal.print(server, more);
            Journal.print(text, more);
        }
    }

    byte[] end(long maxBytes) {
        byte[] all = text.toString().getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOfRange(all, (int) Math.max(0, all.length - Math.max(0, maxBytes)), all.length);
    }

    String endAsText(int maxCharacters) {
        return text.substring(Math.max(0, text.length() - maxCharacters));
    }

    void clear() {
        if (!text.isEmpty()) {
            journal.clear(server);
            text.setLength(0);
        }
    }
}
