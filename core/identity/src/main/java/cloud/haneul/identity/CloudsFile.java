package cloud.haneul.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The installer's {@code clouds.yaml}, the one place where the first administrator's password stands in clear; mode 600.
 * What is there is never written over.
 */
final class CloudsFile {
    private final Path file;

    CloudsFile(Path file) {
        this.file = file;
    }

    /** The administrator's password as the file has it. */
    Optional<String> password() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
            return at(read, "clouds")
                    .flatMap(c -> at(c, "haneul"))
                    .flatMap(c -> at(c, "auth"))
                    .flatMap(a -> at(a, "password"))
                    .map(Object::toString);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** Writes the file unless there is one; whether it did. */
    boolean write(String password, String authUrl, String region) {
        try {
            Path aside = Files.createTempFile(
                    file.getParent(),
                    "clouds",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.writeString(aside, text(password, authUrl, region));
                // a link is whole or not there, and refuses what is there already
                Files.createLink(file, aside);
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            } finally {
                Files.delete(aside);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    /** Appends an entry unless there is one of that name; without a file there is nothing to append to. */
    void add(String entry, String user, String password, String project, String authUrl, String region) {
        try {
            String text = Files.exists(file) ? Files.readString(file) : "";
            if (text.isEmpty() || text.contains("\n  " + entry + ":\n")) {
                return;
            }
            Path aside = Files.createTempFile(
                    file.getParent(),
                    "clouds",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    aside, text.stripTrailing() + "\n" + userEntry(entry, user, password, project, authUrl, region));
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot add to " + file, e);
        }
    }

    private static String userEntry(
            String entry, String user, String password, String project, String authUrl, String region) {
        return """
                  %s:
                    auth:
                      auth_url: %s
                      username: %s
                      password: %s
                      project_name: %s
                      user_domain_id: default
                      project_domain_id: default
                    region_name: %s
                    identity_api_version: 3
                """.formatted(entry, authUrl, user, password, project, region);
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + file, e);
        }
    }

    private static Optional<Object> at(Object map, String key) {
        return map instanceof Map<?, ?> known ? Optional.ofNullable(known.get(key)) : Optional.empty();
    }

    private static String text(String password, String authUrl, String region) {
        return """
                # Made by Haneul at its first start; yours from now on. The administrator's password stands here in clear:
                # change it with `openstack user password set`, and here as well.
                clouds:
                  haneul:
                    auth:
                      auth_url: %1$s
                      username: admin
                      password: %2$s
                      project_name: admin
                      user_domain_id: default
                      project_domain_id: default
                    region_name: %3$s
                    identity_api_version: 3
                  haneul-system:
                    auth:
                      auth_url: %1$s
                      username: admin
                      password: %2$s
                      user_domain_id: default
                      system_scope: all
                    region_name: %3$s
                    identity_api_version: 3
                """.formatted(authUrl, password, region);
    }
}
