package cloud.haneul.identity;

import cloud.haneul.kernel.Fault;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;
import com.unboundid.ldap.sdk.SearchScope;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The options of group {@code ldap}, read by type: what a domain's directory is and what its entries' attributes mean. */
final class LdapSettings {
    private final Map<String, Object> options;

    private LdapSettings(Map<String, Object> options) {
        this.options = options;
    }

    /** @param options over their defaults */
    static LdapSettings of(Map<String, Object> options) {
        LdapSettings settings = new LdapSettings(Map.copyOf(withoutNulls(options)));
        settings.readAll();
        return settings;
    }

    /** @throws Fault BAD_REQUEST naming the option that makes no sense */
    static void check(Map<String, Object> some) {
        Map<String, Object> all = new HashMap<>(DomainOptions.defaults(DomainOptions.LDAP));
        all.putAll(some);
        of(all);
    }

    private void readAll() {
        text("url");
        userBase();
        groupBase();
        userFilter();
        groupFilter();
        scope();
        pageSize();
        aliases();
        mask();
        additional("user");
        additional("group");
        enabledEmulation();
        poolSize();
        connectTimeout();
        for (String flag : List.of(
                "use_tls", "user_enabled_invert", "group_members_are_ids", "group_ad_nesting", "chase_referrals")) {
            flag(flag);
        }
        if (!List.of("demand", "allow", "never").contains(certificates())) {
            throw ill("tls_req_cert", "is none of demand, allow and never");
        }
    }

    /**
     * Any text can be configured, as with keystone; one that names no server is a directory that does not answer.
     *
     * @throws Fault UNAVAILABLE
     */
    List<LDAPURL> urls() {
        return Arrays.stream(text("url").orElse("").split(","))
                .map(url -> {
                    try {
                        LDAPURL parsed = new LDAPURL(url.strip());
                        if (parsed.getScheme().equals("ldapi") || !parsed.hostProvided()) {
                            throw LdapClient.unavailable("ldap/url does not name a server: " + url, null);
                        }
                        return parsed;
                    } catch (LDAPException e) {
                        throw LdapClient.unavailable(
                                "ldap/url is not an address such as ldaps://directory.example.org: " + url, e);
                    }
                })
                .toList();
    }

    Optional<String> bindDn() {
        return text("user");
    }

    String bindPassword() {
        return text("password").orElse("");
    }

    boolean startTls() {
        return flag("use_tls");
    }

    /** {@code demand}, {@code allow} or {@code never}. */
    String certificates() {
        return text("tls_req_cert").orElse("demand");
    }

    Optional<String> authorities() {
        return text("tls_cacertfile");
    }

    String userBase() {
        return dn("user_tree_dn").or(() -> dn("suffix")).orElse("");
    }

    String groupBase() {
        return dn("group_tree_dn").or(() -> dn("suffix")).orElse("");
    }

    Optional<Filter> userFilter() {
        return filter("user_filter");
    }

    Optional<Filter> groupFilter() {
        return filter("group_filter");
    }

    SearchScope scope() {
        return switch (text("query_scope").orElse("one")) {
            case "one" -> SearchScope.ONE;
            case "sub" -> SearchScope.SUB;
            default -> throw ill("query_scope", "is neither one nor sub");
        };
    }

    DereferencePolicy aliases() {
        return switch (text("alias_dereferencing").orElse("default")) {
            case "never", "default" -> DereferencePolicy.NEVER;
            case "searching" -> DereferencePolicy.SEARCHING;
            case "finding" -> DereferencePolicy.FINDING;
            case "always" -> DereferencePolicy.ALWAYS;
            default -> throw ill("alias_dereferencing", "is none of never, searching, finding, always and default");
        };
    }

    boolean referrals() {
        return flag("chase_referrals");
    }

    /** Entries the server is asked for at a time; 0 is all at once. */
    int pageSize() {
        return number("page_size", 0, 100_000);
    }

    int poolSize() {
        return number("pool_size", 1, 1000);
    }

    /** Empty when the installation's setting holds. */
    Optional<Duration> connectTimeout() {
        int seconds = number("connection_timeout", -1, 3600);
        return seconds > 0 ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty();
    }

    /** @param kind {@code user} or {@code group} */
    String objectClass(String kind) {
        return text(kind + "_objectclass").orElse(kind.equals("user") ? "inetOrgPerson" : "groupOfNames");
    }

    /**
     * The directory's name of something we want to know.
     *
     * @param what such as {@code user_mail}
     */
    Optional<String> attribute(String what) {
        return text(what + "_attribute");
    }

    /** The directory's attributes that become attributes of ours. */
    Map<String, String> additional(String kind) {
        String option = kind + "_additional_attribute_mapping";
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : list(option)) {
            int colon = pair.indexOf(':');
            if (colon < 1 || colon == pair.length() - 1) {
                throw ill(option, "is not a list of ldap-attribute:our-attribute");
            }
            pairs.put(
                    pair.substring(0, colon).strip(), pair.substring(colon + 1).strip());
        }
        return pairs;
    }

    boolean enabledInverted() {
        return flag("user_enabled_invert");
    }

    /** The bit that means disabled; 0 when enabled is no number. */
    int mask() {
        return number("user_enabled_mask", 0, Integer.MAX_VALUE);
    }

    String enabledDefault() {
        return text("user_enabled_default").orElse("True");
    }

    /** The group whose members are enabled, and the attribute that names them; empty when an attribute of the user tells. */
    Optional<Map.Entry<String, String>> enabledEmulation() {
        if (!flag("user_enabled_emulation")) {
            return Optional.empty();
        }
        String group = dn("user_enabled_emulation_dn").orElse("cn=enabled_users," + userBase());
        return Optional.of(
                Map.entry(group, flag("user_enabled_emulation_use_group_config") ? memberAttribute() : "member"));
    }

    String memberAttribute() {
        return attribute("group_member").orElse("member");
    }

    boolean membersAreIds() {
        return flag("group_members_are_ids");
    }

    boolean nestedGroups() {
        return flag("group_ad_nesting");
    }

    private Optional<String> text(String option) {
        Object value = options.get(option);
        if (value == null || value.equals("")) {
            return Optional.empty();
        }
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return Optional.of(value.toString());
        }
        throw ill(option, "is not of type 'string'");
    }

    private boolean flag(String option) {
        String word = text(option).orElse("false").toLowerCase(Locale.ROOT);
        if (!word.equals("true") && !word.equals("false")) {
            throw ill(option, "is not of type 'boolean'");
        }
        return word.equals("true");
    }

    private int number(String option, int min, int max) {
        String word = text(option).orElse(Integer.toString(min));
        if (!word.matches("-?[0-9]{1,9}") || Integer.parseInt(word) < min || Integer.parseInt(word) > max) {
            throw ill(option, "is not a number between " + min + " and " + max);
        }
        return Integer.parseInt(word);
    }

    private List<String> list(String option) {
        Object value = options.get(option);
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return text(option).map(all -> Arrays.asList(all.split(","))).orElse(List.of());
    }

    private Optional<String> dn(String option) {
        return text(option).map(dn -> {
            if (!DN.isValidDN(dn)) {
                throw ill(option, "is not a distinguished name");
            }
            return dn;
        });
    }

    private Optional<Filter> filter(String option) {
        return text(option).map(filter -> {
            try {
                return Filter.create(filter);
            } catch (LDAPException e) {
                throw ill(option, "is not a search filter").cause(e);
            }
        });
    }

    private static Map<String, Object> withoutNulls(Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>(options);
        all.values().removeIf(Objects::isNull);
        return all;
    }

    private static Fault ill(String option, String why) {
        return Fault.badRequest(
                "ldap/" + option, "Invalid input for field/attribute ldap/" + option + ". The value " + why + ".");
    }
}
