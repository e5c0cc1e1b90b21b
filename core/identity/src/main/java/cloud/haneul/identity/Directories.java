package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Database;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The directories of those domains whose users are kept in one, opened when first asked for and after each change. */
@Component
class Directories {
    private static final String STALE = "config:";

    private final Database database;
    private final DomainConfigs configs;
    private final Map<String, Optional<LdapDirectory>> open = new ConcurrentHashMap<>();

    @Inject
    Directories(Database database, DomainConfigs configs, Revocations revocations) {
        this.database = database;
        this.configs = configs;
        revocations.onStale(id -> {
            if (id.startsWith(STALE)) {
                forget(id.substring(STALE.length()));
            }
        });
    }

    /** What a change of a domain's configuration makes stale, in the words of {@link Revocations}. */
    static String staleId(String domainId) {
        return STALE + domainId;
    }

    /**
     * A domain's directory; empty for domains whose users are kept here, and for no domain at all.
     *
     * @throws Fault UNAVAILABLE when what is configured leads to no directory
     */
    Optional<LdapDirectory> of(String domainId) {
        // opening connects to nothing, so it may be done under the map's lock
        Optional<LdapDirectory> known = open.get(domainId);
        return known != null ? known : open.computeIfAbsent(domainId, this::load);
    }

    /** Whether a domain's users are kept elsewhere, be it somewhere that cannot be reached. */
    boolean has(String domainId) {
        try {
            return of(domainId).isPresent();
        } catch (Fault fault) {
            if (fault.kind() == Fault.Kind.UNAVAILABLE) {
                return true;
            }
            throw fault;
        }
    }

    /** @throws Fault FORBIDDEN, in keystone's words, when a domain's users and groups are not kept here */
    void requireWritable(String domainId) {
        if (has(domainId)) {
            throw Fault.forbidden("LDAP does not support write operations");
        }
    }

    /** The domains that have a directory. */
    List<String> domains() {
        return database
                .read(em -> em.createQuery("select c.domainId from DomainConfig c", String.class)
                        .getResultList())
                .stream()
                .filter(this::has)
                .toList();
    }

    private Optional<LdapDirectory> load(String domainId) {
        String driver = configs.options(domainId, DomainOptions.IDENTITY)
                .map(options -> options.get("driver"))
                .map(Object::toString)
                .orElse("sql");
        return switch (driver) {
            case "sql" -> Optional.empty();
            case "ldap" ->
                configs.options(domainId, DomainOptions.LDAP)
                        .map(options -> new LdapDirectory(LdapSettings.of(options)));
            default -> throw LdapClient.unavailable("there is no driver " + driver + ", only sql and ldap", null);
        };
    }

    private void forget(String domainId) {
        Optional<LdapDirectory> old = open.remove(domainId);
        if (old != null) {
            old.ifPresent(LdapDirectory::close);
        }
    }

    @PreDestroy
    void close() {
        open.keySet().forEach(this::forget);
    }
}
