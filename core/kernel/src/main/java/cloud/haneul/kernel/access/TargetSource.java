package cloud.haneul.kernel.access;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A service's resources as rules see them, for explanations. Found by CDI; each type of resource has one. */
public interface TargetSource {

    /**
     * A resource.
     *
     * @param seeRule what one must be allowed to be told that it is there
     * @param attributes as the service itself gives them to {@link Access}
     */
    record Target(String name, String seeRule, Map<String, ?> attributes) {}

    /** The types as the audit trail and events name them: {@code server}, {@code network}. */
    Set<String> types();

    /** @param type one of {@link #types()} */
    Optional<Target> target(String type, String id);
}
