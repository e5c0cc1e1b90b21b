package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Vault;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Json;
import cloud.haneul.kernel.event.Audit;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The use cases around domains' own configurations. What is secret goes in and never comes out again, but for
 * {@link #options the directory} that needs it.
 */
@Component
public class DomainConfigs {
    /** A group that nobody can set: what the cloud asks of passwords, for everybody to read. */
    private static final String SECURITY = "security_compliance";

    private final Database database;
    private final Access access;
    private final Vault vault;
    private final Revocations revocations;
    private final Audit audit;

    @Inject
    DomainConfigs(Database database, Access access, Vault vault, Revocations revocations, Audit audit) {
        this.database = database;
        this.access = access;
        this.vault = vault;
        this.revocations = revocations;
        this.audit = audit;
    }

    /** What a configuration is asked or changed about: all of it, a group, or an option of a group. */
    public record Part(Optional<String> group, Optional<String> option) {
        public static final Part ALL = new Part(Optional.empty(), Optional.empty());

        private String words() {
            return option.map(name -> "option " + name + " in group " + group.orElseThrow())
                    .or(() -> group.map(name -> "group " + name))
                    .orElse("any options");
        }
    }

    /** @param created false when there was one before, which is gone now */
    public record Put(boolean created, Map<String, Object> config) {}

    /** Replaces the whole configuration. */
    public Put put(Caller caller, String domainId, Map<String, Map<String, Object>> wanted) {
        access.require(caller, "identity:create_domain_config", Map.of());
        requireValid(wanted);
        return database.writeRetrying(em -> {
            Domains.existing(em, domainId);
            Optional<DomainConfig> old = Optional.ofNullable(em.find(DomainConfig.class, domainId));
            DomainConfig config = old.orElseGet(() -> new DomainConfig(domainId));
            config.options(Map.of());
            config.secrets("");
            merge(config, wanted);
            if (old.isEmpty()) {
                em.persist(config);
            }
            changed(caller, "identity:create_domain_config", domainId);
            return new Put(old.isEmpty(), config.options());
        });
    }

    /**
     * What may be shown; one option alone comes as the one entry of a map.
     *
     * @throws Fault NOT_FOUND when nothing of that is configured
     */
    public Map<String, Object> get(Caller caller, String domainId, Part part) {
        if (part.group.equals(Optional.of(SECURITY))) {
            return security(caller, domainId, part.option);
        }
        access.require(caller, "identity:get_domain_config", Map.of());
        DomainOptions.require(part.group, part.option);
        return database.read(em -> {
            Domains.existing(em, domainId);
            return Optional.ofNullable(em.find(DomainConfig.class, domainId))
                    .map(DomainConfig::options)
                    .flatMap(options -> part(options, part))
                    .orElseThrow(() -> notFound(domainId, part));
        });
    }

    /**
     * Changes options and leaves the others; what is named by {@code part} must be there already and be all that is wanted.
     *
     * @return all that may be shown
     */
    public Map<String, Object> update(
            Caller caller, String domainId, Part part, Map<String, Map<String, Object>> wanted) {
        access.require(caller, "identity:update_domain_config", Map.of());
        DomainOptions.require(part.group, part.option);
        requireOnly(part, wanted);
        requireValid(wanted);
        return database.writeRetrying(em -> {
            Domains.existing(em, domainId);
            DomainConfig config = Optional.ofNullable(em.find(DomainConfig.class, domainId))
                    .filter(known -> isThere(known, part))
                    .orElseThrow(() -> notFound(domainId, part));
            merge(config, wanted);
            changed(caller, "identity:update_domain_config", domainId);
            return config.options();
        });
    }

    /** @throws Fault NOT_FOUND when nothing of that is configured */
    public void delete(Caller caller, String domainId, Part part) {
        access.require(caller, "identity:delete_domain_config", Map.of());
        DomainOptions.require(part.group, part.option);
        database.writeRetrying(em -> {
            Domains.existing(em, domainId);
            DomainConfig config = Optional.ofNullable(em.find(DomainConfig.class, domainId))
                    .filter(known -> isThere(known, part))
                    .orElseThrow(() -> notFound(domainId, part));
            Map<String, Map<String, Object>> shown = groups(config.options());
            Map<String, Map<String, Object>> secret = secrets(config);
            for (Map<String, Map<String, Object>> groups : List.of(shown, secret)) {
                part.group.ifPresent(group -> part.option.ifPresentOrElse(
                        option -> groups.getOrDefault(group, new HashMap<>()).remove(option),
                        () -> groups.remove(group)));
                groups.values().removeIf(Map::isEmpty);
            }
            if (part.group.isEmpty() || shown.isEmpty() && secret.isEmpty()) {
                em.remove(config);
            } else {
                write(config, shown, secret);
            }
            changed(caller, "identity:delete_domain_config", domainId);
            return domainId;
        });
    }

    /** The values that hold for domains without a configuration of their own. */
    public Map<String, ?> defaults(Caller caller, Part part) {
        access.require(caller, "identity:get_domain_config_default", Map.of());
        DomainOptions.require(part.group, part.option);
        Map<String, Object> all = new LinkedHashMap<>(DomainOptions.defaults());
        return part(all, part)
                .orElseThrow(() -> DomainOptions.invalid("Option " + part.option.orElse("") + " in group "
                        + part.group.orElse("") + " cannot be shown"));
    }

    private Map<String, Object> security(Caller caller, String domainId, Optional<String> option) {
        access.require(caller, "identity:get_security_compliance_domain_config", Map.of());
        if (!domainId.equals(Project.DEFAULT_DOMAIN)) {
            throw DomainOptions.invalid("Reading security compliance information for any domain other than the default"
                    + " domain is not allowed or supported");
        }
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("password_regex", orNull(IdentitySettings.PASSWORD_REGEX.get()));
        options.put("password_regex_description", orNull(IdentitySettings.PASSWORD_REGEX_WORDS.get()));
        if (option.isEmpty()) {
            return Map.of(SECURITY, options);
        }
        if (!options.containsKey(option.get())) {
            throw DomainOptions.invalid("Reading security compliance values other than password_regex and"
                    + " password_regex_description is not allowed");
        }
        options.keySet().retainAll(Set.of(option.get()));
        return options;
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** A domain's options of a group over their defaults, secrets included; empty when it has none of its own. */
    Optional<Map<String, Object>> options(String domainId, String group) {
        return database.read(em -> Optional.ofNullable(em.find(DomainConfig.class, domainId)))
                .map(config -> {
                    Map<String, Object> options = new HashMap<>(DomainOptions.defaults(group));
                    options.putAll(groups(config.options()).getOrDefault(group, Map.of()));
                    options.putAll(secrets(config).getOrDefault(group, Map.of()));
                    return options;
                });
    }

    /** For a cascade: a domain that goes. */
    static void forget(EntityManager em, String domainId) {
        em.createQuery("delete from DomainConfig c where c.domainId = :id")
                .setParameter("id", domainId)
                .executeUpdate();
    }

    private void changed(Caller caller, String rule, String domainId) {
        revocations.stale(Directories.staleId(domainId));
        audit.success(caller, rule, "domain", domainId, domainId);
    }

    private static void requireValid(Map<String, Map<String, Object>> wanted) {
        if (wanted.isEmpty()) {
            throw DomainOptions.invalid("No options specified");
        }
        wanted.forEach((group, options) -> {
            DomainOptions.require(Optional.of(group), Optional.empty());
            options.keySet().forEach(option -> DomainOptions.require(Optional.of(group), Optional.of(option)));
        });
        Optional.ofNullable(wanted.get(DomainOptions.IDENTITY)).ifPresent(DomainOptions::checkIdentity);
        Optional.ofNullable(wanted.get(DomainOptions.LDAP)).ifPresent(LdapSettings::check);
    }

    private static void requireOnly(Part part, Map<String, Map<String, Object>> wanted) {
        part.group.ifPresent(group -> {
            if (wanted.size() != 1 || !wanted.containsKey(group)) {
                throw DomainOptions.invalid("Trying to update group " + group
                        + ", so that, and only that, group must be specified in the config");
            }
            part.option.ifPresent(option -> {
                if (!wanted.get(group).keySet().equals(Set.of(option))) {
                    throw DomainOptions.invalid("Trying to update option " + option + " in group " + group
                            + ", so that, and only that, option must be specified in the config");
                }
            });
        });
    }

    private void merge(DomainConfig config, Map<String, Map<String, Object>> wanted) {
        Map<String, Map<String, Object>> shown = groups(config.options());
        Map<String, Map<String, Object>> secret = secrets(config);
        wanted.forEach((group, options) ->
                options.forEach((option, value) -> (DomainOptions.isSecret(group, option) ? secret : shown)
                        .computeIfAbsent(group, name -> new LinkedHashMap<>())
                        .put(option, value)));
        write(config, shown, secret);
    }

    private void write(
            DomainConfig config, Map<String, Map<String, Object>> shown, Map<String, Map<String, Object>> secret) {
        config.options(new LinkedHashMap<>(shown));
        config.secrets(secret.isEmpty() ? "" : vault.seal(Json.write(secret)));
    }

    private boolean isThere(DomainConfig config, Part part) {
        return part(config.options(), part).isPresent()
                || part(new HashMap<>(secrets(config)), part).isPresent();
    }

    private Map<String, Map<String, Object>> secrets(DomainConfig config) {
        return config.secrets().isEmpty()
                ? new LinkedHashMap<>()
                : Json.read(vault.open(config.secrets()), new TypeReference<>() {});
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> groups(Map<String, Object> options) {
        Map<String, Map<String, Object>> groups = new LinkedHashMap<>();
        options.forEach((group, values) -> groups.put(group, new LinkedHashMap<>((Map<String, Object>) values)));
        return groups;
    }

    private static Optional<Map<String, Object>> part(Map<String, Object> options, Part part) {
        if (part.group.isEmpty()) {
            return options.isEmpty() ? Optional.empty() : Optional.of(options);
        }
        String group = part.group.get();
        Optional<Map<String, Object>> values =
                Optional.ofNullable(groups(options).get(group));
        if (part.option.isEmpty()) {
            return values.map(of -> new LinkedHashMap<>(Map.of(group, of)));
        }
        String option = part.option.get();
        return values.filter(of -> of.containsKey(option)).map(of -> {
            Map<String, Object> one = new HashMap<>();
            one.put(option, of.get(option));
            return one;
        });
    }

    private static Fault notFound(String domainId, Part part) {
        return Fault.of(
                Fault.Kind.NOT_FOUND,
                "Could not find " + part.words() + " in domain configuration for domain " + domainId + ".");
    }
}
