package cloud.haneul.driver.simulator;

import cloud.haneul.spi.DriverException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What survives the controller's death: a text file to which each change is one line, {@code ID set key=value key=value ...},
 * {@code ID print TEXT}, {@code ID clear}, {@code ID remove}, with tabs between. The last {@code set} of an id is how the thing
 * is, so {@code grep ID FILE | tail} tells a person or a test outside. A line cut off by a kill is no line.
 *
 * <p>One line appended costs some microseconds where a new file costs most of a millisecond. Lines are not forced to the disk,
 * since they need not survive the machine. When the file has grown to several times what is still true it is written anew.
 */
final class Journal {
    private static final long SMALL = 1 << 20;
    private static final int LONGEST_LOG = 1 << 18;

    private final Path file;
    private long compactAt = SMALL;

    /** @param printed what the thing printed since it was cleared */
    record Entry(Map<String, String> values, StringBuilder printed) {}

    Journal(Path file) {
        this.file = file;
    }

    synchronized Map<UUID, Entry> read() {
        Map<UUID, Entry> entries = new HashMap<>();
        // a host on which nothing was built yet has no file; ten thousand of those must open fast
        if (file.toFile().exists()) {
            try {
                dropHalfALine();
                try (BufferedReader reader = Files.newBufferedReader(file)) {
                    reader.lines().forEach(line -> fold(line, entries));
                }
            } catch (IOException e) {
                throw broken("read", e);
            }
        }
        return entries;
    }

    void set(UUID id, Map<String, String> values) {
        append(setLine(id, values));
    }

    void print(UUID id, String text) {
        append(printLine(id, text));
    }

    void clear(UUID id) {
        append(id + "\tclear\t\n");
    }

    void remove(UUID id) {
        append(id + "\tremove\t\n");
    }

    private synchronized void append(String line) {
        try {
            try {
                write(line);
            } catch (NoSuchFileException e) {
                Files.createDirectories(file.getParent());
                write(line);
            }
            if (file.toFile().length() > compactAt) {
                compact();
            }
        } catch (IOException e) {
            throw broken("write", e);
        }
    }

    private void write(String line) throws IOException {
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void dropHalfALine() throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long end = bytes.length();
            while (end > 0) {
                bytes.seek(end - 1);
                if (bytes.read() == '\n') {
                    break;
                }
                end--;
            }
            if (end < bytes.length()) {
                bytes.setLength(end);
            }
        }
    }

    private void compact() throws IOException {
        StringBuilder text = new StringBuilder();
        read().forEach((id, entry) -> {
            text.append(setLine(id, entry.values()));
            if (!entry.printed().isEmpty()) {
                text.append(printLine(id, entry.printed().toString()));
            }
        });
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        compactAt = Math.max(SMALL, 4 * Files.size(file));
    }

    private static String setLine(UUID id, Map<String, String> values) {
        StringBuilder line = new StringBuilder(512).append(id).append("\tset\t");
        values.forEach((key, value) ->
                line.append(escape(key)).append('=').append(escape(value)).append('\t'));
        return line.append('\n').toString();
    }

    private static String printLine(UUID id, String text) {
        return id + "\tprint\t" + escape(text) + "\t\n";
    }

    private static void fold(String line, Map<UUID, Entry> entries) {
        String[] word = line.split("\t");
        UUID id = UUID.fromString(word[0]);
        if (word[1].equals("remove")) {
            entries.remove(id);
            return;
        }
        Entry entry = entries.computeIfAbsent(id, i -> new Entry(new TreeMap<>(), new StringBuilder()));
        switch (word[1]) {
            case "set" -> {
                entry.values().clear();
                for (int i = 2; i < word.length; i++) {
                    int equals = word[i].indexOf('=');
                    entry.values().put(unescape(word[i].substring(0, equals)), unescape(word[i].substring(equals + 1)));
                }
            }
            case "print" -> print(entry.printed(), unescape(word[2]));
            default -> entry.printed().setLength(0);
        }
    }

    /** Adds to a log whose older part is lost when it grows too long. */
    static void print(StringBuilder log, String text) {
        log.append(text);
        if (log.length() > LONGEST_LOG) {
            log.delete(0, log.length() - LONGEST_LOG / 2);
        }
    }

    private static String escape(String text) {
        if (text.chars().noneMatch(c -> c < ' ' || c == '\\' || c == '=')) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (char c : text.toCharArray()) {
            if (c == '\n') {
                escaped.append("\\n");
            } else if (c < ' ' || c == '\\' || c == '=') {
                escaped.append("\\u%04x".formatted((int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '\\') {
                plain.append(text.charAt(i));
            } else if (text.charAt(++i) == 'n') {
                plain.append('\n');
            } else {
                plain.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                i += 4;
            }
        }
        return plain.toString();
    }

    private DriverException broken(String verb, IOException cause) {
        return new DriverException(
                DriverException.Code.BACKEND_ERROR,
                "The simulator's folder cannot be used.",
                "cannot " + verb + " " + file + ": " + cause,
                cause);
    }
}
