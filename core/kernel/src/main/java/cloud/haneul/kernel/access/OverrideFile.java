package cloud.haneul.kernel.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The operator's policy file, watched without a thread: whoever makes a decision asks {@link #changed}, and at most once a
 * second one of them looks at the file's time and size.
 */
final class OverrideFile {
    private static final long INTERVAL = Duration.ofSeconds(1).toMillis();

    /** How the file looked when it was read last; {@link #ABSENT} when there was none. */
    private record Look(FileTime modified, long size, Object key) {}

    private static final FileTime FROM_START = FileTime.fromMillis(0);
    private static final Look ABSENT = new Look(FROM_START, -1, "");

    private final Path path;
    private final Clock clock;
    private final AtomicLong nextLook = new AtomicLong(Long.MIN_VALUE);
    private volatile Look seen;

    OverrideFile(Path path, Clock clock) {
        this.path = path;
        this.clock = clock;
    }

    /** Whether it is time to {@link #read} the file again. True for one caller only. */
    boolean changed() {
        long now = clock.millis();
        long due = nextLook.get();
        if (now < due && now >= due - INTERVAL || !nextLook.compareAndSet(due, now + INTERVAL)) {
            return false;
        }
        return !look().equals(seen);
    }

    /**
     * The file as it is now; empty when there is none.
     *
     * @throws PolicyMistakes when it cannot be read
     */
    Optional<PolicyFile> read() {
        seen = look();
        try {
            return Optional.of(PolicyFile.read(path.toString(), Files.readString(path, StandardCharsets.UTF_8)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new PolicyMistakes(List.of(new Mistake(path.toString(), 0, "", 0, "cannot be read: " + e)));
        }
    }

    private Look look() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            Object key = attributes.fileKey();
            return new Look(attributes.lastModifiedTime(), attributes.size(), key == null ? "" : key);
        } catch (NoSuchFileException e) {
            return ABSENT;
        } catch (IOException e) {
            return new Look(FROM_START, -2, e.toString());
        }
    }
}
