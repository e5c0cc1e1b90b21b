package cloud.haneul.identity;

import java.time.Instant;
import java.util.Map;

/** What users, groups and projects belong to, and within which their names are unique; a {@link Project} seen as such. */
public record Domain(
        String id,
        String name,
        String description,
        boolean isEnabled,
        boolean isImmutable,
        Map<String, Object> extra,
        Instant createdAt) {

    static Domain of(Project project) {
        return new Domain(
                project.id(),
                project.name(),
                project.description(),
                project.isEnabled(),
                project.isImmutable(),
                project.extra(),
                project.createdAt());
    }
}
