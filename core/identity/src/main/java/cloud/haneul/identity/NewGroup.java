package cloud.haneul.identity;

import java.util.Map;
import java.util.Optional;

/**
 * A group to be made.
 *
 * @param domainId the caller's domain, else the default one, when empty
 */
public record NewGroup(String name, Optional<String> domainId, String description, Map<String, Object> extra) {}
