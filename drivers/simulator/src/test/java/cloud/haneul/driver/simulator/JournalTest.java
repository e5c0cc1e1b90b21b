package cloud.haneul.driver.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private final UUID thing = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();

    @TempDir
    Path folder;

    private Path file;
    private Journal journal;

    @BeforeEach
    void begin() {
        file = folder.resolve("made/when/needed");
        journal = new Journal(file);
    }

    @Test
    void theLastOfAThingIsHowItIs() {
        journal.set(thing, Map.of("a", "1", "b", "2"));
        journal.set(other, Map.of("a", "9"));
        journal.set(thing, Map.of("a", "3"));
        journal.remove(other);
        assertThat(read()).containsOnlyKeys(thing);
        assertThat(read().get(thing).values()).isEqualTo(Map.of("a", "3"));
    }

    @Test
    void anyTextIsReadAsItWasWritten() {
        String text = "tab\t newline\n return\r equals= backslash\\ \\n \u0000 하늘 \uD83D\uDE00";
        journal.set(thing, Map.of("key=" + text, text, "empty", ""));
        journal.print(thing, text);
        journal.print(thing, text);
        assertThat(read().get(thing).values()).isEqualTo(Map.of("key=" + text, text, "empty", ""));
        assertThat(read().get(thing).printed()).hasToString(text + text);
        journal.clear(thing);
        assertThat(read().get(thing).printed()).isEmpty();
    }

    @Test
    void aLineCutOffByAKillIsNoLine() throws IOException {
        journal.set(thing, Map.of("a", "1"));
        Files.writeString(file, thing + "\tset\ta=2\tb=", StandardOpenOption.APPEND);
        assertThat(read().get(thing).values()).isEqualTo(Map.of("a", "1"));
        journal.set(other, Map.of("a", "9"));
        assertThat(read()).containsOnlyKeys(thing, other);
    }

    @Test
    void whatIsNoLongerTrueDoesNotFillTheDisk() throws IOException {
        String kilobyte = "x".repeat(1_024);
        for (int i = 0; i < 20_000; i++) {
            journal.set(thing, Map.of("a", kilobyte, "i", String.valueOf(i)));
        }
        assertThat(Files.size(file)).isLessThan(4 << 20);
        assertThat(read().get(thing).values()).containsEntry("i", "19999");
    }

    @Test
    void aLongLogLosesItsBeginningOnly() {
        ConsoleLog log = new ConsoleLog(thing, journal, new StringBuilder());
        String kilobyte = "x".repeat(1_023) + "\n";
        for (int i = 0; i < 2_000; i++) {
            log.append(kilobyte);
        }
        log.append("the end");
        assertThat(log.end(Long.MAX_VALUE).length).isBetween(100_000, 300_000);
        assertThat(log.endAsText(7)).isEqualTo("the end");
        assertThat(read().get(thing).printed().toString()).endsWith("xxx\nthe end");
    }

    private Map<UUID, Journal.Entry> read() {
        return new Journal(file).read();
    }
}
