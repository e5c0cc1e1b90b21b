package cloud.haneul.identity;

import java.util.Optional;

/** Which users are wanted. */
public record UserFilter(
        Optional<String> domainId, Optional<String> name, Optional<String> nameContains, Optional<Boolean> enabled) {
    public static final UserFilter ALL =
            new UserFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public UserFilter in(String domain) {
        return new UserFilter(Optional.of(domain), name, nameContains, enabled);
    }

    public UserFilter named(String text) {
        return new UserFilter(domainId, Optional.of(text), nameContains, enabled);
    }
}
