package cloud.haneul.identity;

import java.util.Optional;

/**
 * Which users are wanted.
 *
 * @param expiry when their password expires; users of a directory have none that is known here
 */
public record UserFilter(
        Optional<String> domainId,
        Optional<String> name,
        Optional<String> nameContains,
        Optional<Boolean> enabled,
        Optional<ExpiryFilter> expiry) {
    public static final UserFilter ALL =
            new UserFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public UserFilter in(String domain) {
        return new UserFilter(Optional.of(domain), name, nameContains, enabled, expiry);
    }

    public UserFilter named(String text) {
        return new UserFilter(domainId, Optional.of(text), nameContains, enabled, expiry);
    }

    public UserFilter containing(String text) {
        return new UserFilter(domainId, name, Optional.of(text), enabled, expiry);
    }
}
