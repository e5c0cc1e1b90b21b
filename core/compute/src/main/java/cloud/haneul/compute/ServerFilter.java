package cloud.haneul.compute;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which servers of a list are wanted.
 *
 * @param name part of the name
 * @param status the API's word, such as {@code ACTIVE}
 * @param project with {@code allProjects} only this one's
 */
public record ServerFilter(
        boolean allProjects,
        Optional<String> name,
        Optional<String> status,
        Optional<UUID> image,
        Optional<String> flavor,
        Optional<UUID> host,
        Optional<String> project,
        Optional<String> user,
        Optional<Instant> changedSince,
        Optional<UUID> id) {

    public static ServerFilter none() {
        return new ServerFilter(
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public static ServerFilter all() {
        return new ServerFilter(
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public ServerFilter named(String part) {
        return new ServerFilter(
                allProjects,
                part.isEmpty() ? Optional.empty() : Optional.of(part),
                status,
                image,
                flavor,
                host,
                project,
                user,
                changedSince,
                id);
    }
}
