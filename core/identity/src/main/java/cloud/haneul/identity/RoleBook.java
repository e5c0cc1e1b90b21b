package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.data.Database;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** All roles and what they imply, in memory: there are few, and every token and list needs them. */
@Component
class RoleBook {
    private record Pages(Map<String, Role> roles, Map<String, List<String>> implied) {}

    private final Database database;
    private volatile Pages pages;
    private volatile long edition;

    @Inject
    RoleBook(Database database, Revocations revocations) {
        this.database = database;
        revocations.onStale(id -> {
            if (id.equals(Revocations.ALL)) {
                forget();
            }
        });
    }

    Optional<Role> find(String id) {
        return Optional.ofNullable(pages().roles.get(id));
    }

    /** These roles, those that are gone left out. */
    List<Role> all(Collection<String> ids) {
        Map<String, Role> roles = pages().roles;
        return ids.stream().map(roles::get).filter(Objects::nonNull).toList();
    }

    /** The roles of the whole cloud with these names, which are in lower case. */
    List<Role> named(Set<String> names) {
        return pages().roles.values().stream()
                .filter(role -> role.domainId().isEmpty())
                .filter(role -> names.contains(role.name().toLowerCase(Locale.ROOT)))
                .sorted(Comparator.comparing(Role::name))
                .toList();
    }

    List<String> implied(String priorId) {
        return pages().implied.getOrDefault(priorId, List.of());
    }

    /** These roles and all they imply, over any number of steps. */
    Set<String> expand(Collection<String> roleIds) {
        Map<String, List<String>> implied = pages().implied;
        Set<String> all = new LinkedHashSet<>(roleIds);
        Deque<String> next = new ArrayDeque<>(roleIds);
        while (!next.isEmpty()) {
            for (String id : implied.getOrDefault(next.pop(), List.of())) {
                if (all.add(id)) {
                    next.push(id);
                }
            }
        }
        return all;
    }

    /** Whether having {@code prior} means having {@code role}. */
    boolean implies(String prior, String role) {
        return expand(Set.of(prior)).contains(role);
    }

    /** The roles by which somebody has {@code role}, itself among them; none when it is one that counts only by what it implies. */
    List<String> priors(String role) {
        return pages().roles.keySet().stream()
                .filter(id -> effective(Set.of(id)).stream()
                        .anyMatch(held -> held.id().equals(role)))
                .toList();
    }

    /** The roles a token shows: expanded, without those of a domain, which count only by what they imply. */
    List<TokenContext.Named> effective(Collection<String> roleIds) {
        Map<String, Role> roles = pages().roles;
        return expand(roleIds).stream()
                .map(roles::get)
                .filter(Objects::nonNull)
                .filter(role -> role.domainId().isEmpty())
                .map(role -> new TokenContext.Named(role.id(), role.name()))
                .sorted(Comparator.comparing(TokenContext.Named::name))
                .toList();
    }

    private Pages pages() {
        Pages current = pages;
        return current == null || database.inTransaction() ? load() : current;
    }

    private Pages load() {
        long before = edition;
        Pages loaded = database.read(em -> {
            Map<String, Role> roles = new HashMap<>();
            em.createQuery("select r from IdentityRole r", Role.class)
                    .getResultList()
                    .forEach(role -> roles.put(role.id(), role));
            Map<String, List<String>> implied = new HashMap<>();
            em.createQuery("select i from ImpliedRole i", ImpliedRole.class)
                    .getResultList()
                    .forEach(i -> implied.merge(i.priorId(), List.of(i.impliedId()), RoleBook::both));
            return new Pages(roles, implied);
        });
        synchronized (this) {
            // what a transaction sees is its own until it commits, and what was read before a change is not news
            if (before == edition && !database.inTransaction()) {
                pages = loaded;
            }
        }
        return loaded;
    }

    private static List<String> both(List<String> a, List<String> b) {
        Set<String> both = new HashSet<>(a);
        both.addAll(b);
        return List.copyOf(both);
    }

    private synchronized void forget() {
        edition++;
        pages = null;
    }
}
