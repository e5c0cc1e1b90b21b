package cloud.haneul.driver.simulator;

import cloud.haneul.spi.DriverException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a guest wrote to its serial line, in a file beside the server's own. When it grows too long its older half is lost. */
final class ConsoleLog {
    private static final int MAX = 1 << 20;

    private final Path file;

    ConsoleLog(Path file) {
        this.file = file;
    }

    void append(String text) {
        if (text.isEmpty()) {
            return;
        }
        try {
            if (file.toFile().length() > MAX) {
                Files.write(file, end(MAX / 2));
            }
            try {
                write(text);
            } catch (NoSuchFileException e) {
                Files.createDirectories(file.getParent());
                write(text);
            }
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    byte[] end(long maxBytes) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long from = Math.max(0, channel.size() - Math.max(0, maxBytes));
            ByteBuffer buffer = ByteBuffer.allocate((int) (channel.size() - from));
            while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
                // until the end as it was when this began
            }
            return buffer.array();
        } catch (NoSuchFileException e) {
            return new byte[0];
        } catch (IOException e) {
            throw broken(e);
        }
    }

    String endAsText(long maxBytes) {
        return new String(end(maxBytes), StandardCharsets.UTF_8);
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private DriverException broken(IOException cause) {
        return new DriverException(
                DriverException.Code.BACKEND_ERROR,
                "The server's console log cannot be used.",
                file + ": " + cause,
                cause);
    }
}
