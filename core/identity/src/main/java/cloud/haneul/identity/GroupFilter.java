package cloud.haneul.identity;

import java.util.Optional;

/** Which groups are wanted. */
public record GroupFilter(Optional<String> domainId, Optional<String> name, Optional<String> nameContains) {
    public static final GroupFilter ALL = new GroupFilter(Optional.empty(), Optional.empty(), Optional.empty());
}
