package cloud.haneul.driver.ovn;

import cloud.haneul.spi.DriverException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The {@link MetadataRecord}s of this controller, one file each that only its own user can read. */
final class MetadataRecords {
    private static final Logger LOG = System.getLogger(MetadataRecords.class.getName());
    private static final String SUFFIX = ".properties";
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path folder;
    private final Map<UUID, MetadataRecord> records = new ConcurrentHashMap<>();

    MetadataRecords(Path folder, String installation) {
        this.folder = folder;
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
                files.forEach(file -> read(file, installation));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<MetadataRecord> all() {
        return List.copyOf(records.values());
    }

    /** Keeps a record; true when it is new or differs from the one that was there. */
    boolean put(MetadataRecord now) {
        if (now.equals(records.get(now.network()))) {
            return false;
        }
        writePrivately(file(now.network()), now.file());
        records.put(now.network(), now);
        return true;
    }

    void remove(UUID network) {
        try {
            Files.deleteIfExists(file(network));
            records.remove(network);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(UUID network) {
        return folder.resolve(network + SUFFIX);
    }

    private void read(Path file, String installation) {
        try (Reader reader = Files.newBufferedReader(file)) {
            Properties content = new Properties();
            content.load(reader);
            MetadataRecord one = MetadataRecord.of(content);
            if (one.installation().equals(installation)) {
                records.put(one.network(), one);
            }
        } catch (IOException | IllegalArgumentException | DriverException e) {
            // the network is ensured again some time, and then it is written anew
            LOG.log(Level.WARNING, "The metadata settings in " + file + " cannot be read", e);
        }
    }

    private static void writePrivately(Path file, Properties content) {
        replace(file, writer -> content.store(writer, null));
    }

    interface Content {
        void writeTo(Writer writer) throws IOException;
    }

    /** Old or new, never half; and never readable by others. */
    static void replace(Path file, Content content) {
        try {
            Path fresh = Files.createTempFile(file.getParent(), ".new", "", OWNER_ONLY);
            try (Writer writer = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
                content.writeTo(writer);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
