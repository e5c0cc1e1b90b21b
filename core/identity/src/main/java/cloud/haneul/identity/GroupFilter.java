package cloud.haneul.identity;

import java.util.Optional;

/** Which groups are wanted. */
public record GroupFilter(Optional<String> domainId, Optional<String> name, Optional<String> nameContains) {
    public static final GroupFilter ALL = new GroupFilter(Optional.empty(), Optional.empty(), Optional.empty());

    public GroupFilter in(String domain) {
        return new GroupFilter(Optional.of(domain), name, nameContains);
    }

    public GroupFilter named(String text) {
        return new GroupFilter(domainId, Optional.of(text), nameContains);
    }

    /** Only those that have this in their name, in whatever case; empty: any. */
    public GroupFilter containing(String part) {
        return new GroupFilter(domainId, name, Optional.of(part));
    }
}
