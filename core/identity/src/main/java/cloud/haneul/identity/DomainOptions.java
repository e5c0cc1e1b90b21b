package cloud.haneul.identity;

import cloud.haneul.kernel.Fault;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options a domain may have of its own, group by group, with the value that holds without one. Their names, defaults and
 * meanings are keystone's ({@code [identity]} and {@code [ldap]} of its configuration).
 */
final class DomainOptions {
    static final String IDENTITY = "identity";
    static final String LDAP = "ldap";

    /** Of group {@code ldap}: kept sealed, taken, never shown. */
    private static final Set<String> SECRET = Set.of("password");

    private static final Map<String, Map<String, Object>> GROUPS = Map.of(IDENTITY, identity(), LDAP, ldap());

    private DomainOptions() {}

    private static Map<String, Object> identity() {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("driver", "sql");
        options.put("list_limit", null);
        return options;
    }

    private static Map<String, Object> ldap() {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("url", "ldap://localhost");
        options.put("user", null);
        options.put("password", null);
        options.put("suffix", "cn=example,cn=com");
        options.put("query_scope", "one");
        options.put("page_size", 0);
        options.put("alias_dereferencing", "default");
        options.put("chase_referrals", null);
        options.put("user_tree_dn", null);
        options.put("user_filter", null);
        options.put("user_objectclass", "inetOrgPerson");
        options.put("user_id_attribute", "cn");
        options.put("user_name_attribute", "sn");
        options.put("user_description_attribute", "description");
        options.put("user_mail_attribute", "mail");
        options.put("user_pass_attribute", "userPassword");
        options.put("user_enabled_attribute", "enabled");
        options.put("user_enabled_invert", false);
        options.put("user_enabled_mask", 0);
        options.put("user_enabled_default", "True");
        options.put("user_attribute_ignore", List.of("default_project_id"));
        options.put("user_default_project_id_attribute", null);
        options.put("user_enabled_emulation", false);
        options.put("user_enabled_emulation_dn", null);
        options.put("user_enabled_emulation_use_group_config", false);
        options.put("user_additional_attribute_mapping", List.of());
        options.put("group_tree_dn", null);
        options.put("group_filter", null);
        options.put("group_objectclass", "groupOfNames");
        options.put("group_id_attribute", "cn");
        options.put("group_name_attribute", "ou");
        options.put("group_member_attribute", "member");
        options.put("group_members_are_ids", false);
        options.put("group_desc_attribute", "description");
        options.put("group_attribute_ignore", List.of());
        options.put("group_additional_attribute_mapping", List.of());
        options.put("group_ad_nesting", false);
        options.put("tls_cacertfile", null);
        options.put("tls_cacertdir", null);
        options.put("use_tls", false);
        options.put("tls_req_cert", "demand");
        options.put("use_pool", true);
        options.put("pool_size", 10);
        options.put("pool_retry_max", 3);
        options.put("pool_retry_delay", 0.1);
        options.put("pool_connection_timeout", -1);
        options.put("pool_connection_lifetime", 600);
        options.put("connection_timeout", -1);
        options.put("use_auth_pool", true);
        options.put("auth_pool_size", 100);
        options.put("auth_pool_connection_lifetime", 60);
        return options;
    }

    static boolean isSecret(String group, String option) {
        return group.equals(LDAP) && SECRET.contains(option);
    }

    /** @throws Fault FORBIDDEN, as in keystone, when no domain can have that group or option of its own */
    static void require(Optional<String> group, Optional<String> option) {
        group.filter(name -> !GROUPS.containsKey(name)).ifPresent(name -> {
            throw invalid("Group " + name + " is not supported for domain specific configurations");
        });
        option.filter(name -> !GROUPS.get(group.orElseThrow()).containsKey(name))
                .ifPresent(name -> {
                    throw invalid("Option " + name + " in group " + group.get()
                            + " is not supported for domain specific configurations");
                });
    }

    /** @throws Fault BAD_REQUEST that names the option of the group {@code identity} that makes no sense */
    static void checkIdentity(Map<String, Object> options) {
        Object driver = options.get("driver");
        if (driver != null && !(driver instanceof String)) {
            throw Fault.badRequest("driver", "The option driver is not of type 'string'.");
        }
        Object most = options.get("list_limit");
        if (most != null && !(most instanceof Number)) {
            throw Fault.badRequest("list_limit", "The option list_limit is not of type 'integer'.");
        }
    }

    /** The defaults that may be shown, group by group. */
    static Map<String, Map<String, Object>> defaults() {
        Map<String, Map<String, Object>> shown = new LinkedHashMap<>();
        List.of(IDENTITY, LDAP).forEach(group -> shown.put(group, defaults(group)));
        return shown;
    }

    /** The defaults of a group that may be shown. */
    static Map<String, Object> defaults(String group) {
        Map<String, Object> shown = new LinkedHashMap<>(GROUPS.get(group));
        shown.keySet().removeIf(option -> isSecret(group, option));
        return Collections.unmodifiableMap(shown);
    }

    static Fault invalid(String reason) {
        return Fault.forbidden("Invalid domain specific configuration: " + reason + ".");
    }
}
