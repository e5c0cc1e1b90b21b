package cloud.haneul.identity;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a directory's user is enabled: by an attribute that is a truth value ({@code TRUE}, {@code FALSE}), its opposite, or a
 * number with a bit for "disabled"; or by being in a group. Words other than those for yes mean no: who is not surely enabled is
 * not.
 */
final class LdapEnabled {
    private static final Set<String> YES = Set.of("true", "yes", "on", "1");

    private final LdapSettings settings;
    private final Optional<Set<DN>> members;

    private LdapEnabled(LdapSettings settings, Optional<Set<DN>> members) {
        this.settings = settings;
        this.members = members;
    }

    /** Reads the group of those who are enabled, if that is how it is told. */
    static LdapEnabled of(LdapSettings settings, LDAPConnection connection) throws LDAPException {
        if (settings.enabledEmulation().isEmpty()) {
            return new LdapEnabled(settings, Optional.empty());
        }
        String group = settings.enabledEmulation().get().getKey();
        String attribute = settings.enabledEmulation().get().getValue();
        SearchResultEntry entry = connection.getEntry(group, attribute);
        Set<DN> members = new HashSet<>();
        if (entry != null && entry.hasAttribute(attribute)) {
            for (String member : entry.getAttributeValues(attribute)) {
                members.add(new DN(member));
            }
        }
        return new LdapEnabled(settings, Optional.of(members));
    }

    boolean isEnabled(SearchResultEntry user) {
        if (members.isPresent()) {
            return isIn(members.get(), user);
        }
        String value = settings.attribute("user_enabled")
                .map(user::getAttributeValue)
                .map(String::strip)
                .orElseGet(settings::enabledDefault);
        return isEnabled(value, settings.mask(), settings.enabledInverted());
    }

    /** @param mask the bit that means disabled; 0 when the value is a word */
    static boolean isEnabled(String value, int mask, boolean inverted) {
        if (mask != 0) {
            return value.matches("-?[0-9]{1,18}") && (Long.parseLong(value) & mask) != mask;
        }
        String word = value.toLowerCase(Locale.ROOT);
        return inverted ? Set.of("false", "no", "off", "0").contains(word) : YES.contains(word);
    }

    private static boolean isIn(Set<DN> members, SearchResultEntry user) {
        try {
            return members.contains(user.getParsedDN());
        } catch (LDAPException e) {
            // a place that nobody can read is nobody's
            return false;
        }
    }
}
