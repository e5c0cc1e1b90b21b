package cloud.haneul.kernel.event;

import java.util.Optional;

/**
 * Something moved: pages that show the resource read it anew.
 *
 * @param what such as {@code updated}, {@code deleted} or {@code server-create.STEP_DONE}
 */
public record ResourceEvent(String resourceType, String resourceId, Optional<String> projectId, String what) {}
