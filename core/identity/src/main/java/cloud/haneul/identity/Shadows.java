package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Copies what was read in directories into our rows of users, groups and memberships. Inside the caller's transaction. */
@Component
class Shadows {
    private final Revocations revocations;
    private final Clock clock;

    @Inject
    Shadows(Revocations revocations, Clock clock) {
        this.revocations = revocations;
        this.clock = clock;
    }

    User user(EntityManager em, String domainId, LdapEntry entry) {
        return users(em, domainId, List.of(entry)).get(0);
    }

    /** In the order given; a constant number of queries. */
    List<User> users(EntityManager em, String domainId, List<LdapEntry> entries) {
        Map<String, User> known = rows(em, User.class, "IdentityUser", domainId, Shadow.USER, entries, User::id);
        freeNames(em, "IdentityUser", domainId, entries, known.keySet(), User.class)
                .forEach(old -> old.rename(gone(old.name(), old.id())));
        em.flush();
        List<User> all = new ArrayList<>();
        for (LdapEntry entry : entries) {
            String id = Shadow.publicId(domainId, Shadow.USER, entry.localId());
            User user = known.get(id);
            if (user == null) {
                user = new User(id, domainId, entry.name(), clock.instant());
                copy(entry, user);
                em.persist(user);
                remember(em, domainId, Shadow.USER, entry);
                known.put(id, user);
            } else {
                boolean wasEnabled = user.isEnabled();
                if (copy(entry, user)) {
                    revocations.stale(id);
                }
                if (wasEnabled && !user.isEnabled()) {
                    revocations.user(id);
                }
            }
            all.add(user);
        }
        em.flush();
        return all;
    }

    /** In the order given; a constant number of queries. */
    List<Group> groups(EntityManager em, String domainId, List<LdapEntry> entries) {
        Map<String, Group> known = rows(em, Group.class, "IdentityGroup", domainId, Shadow.GROUP, entries, Group::id);
        freeNames(em, "IdentityGroup", domainId, entries, known.keySet(), Group.class)
                .forEach(old -> old.rename(gone(old.name(), old.id())));
        em.flush();
        List<Group> all = new ArrayList<>();
        for (LdapEntry entry : entries) {
            String id = Shadow.publicId(domainId, Shadow.GROUP, entry.localId());
            Group group = known.get(id);
            String description = entry.description().orElse("");
            if (group == null) {
                group = new Group(id, domainId, entry.name(), description, entry.extra(), clock.instant());
                em.persist(group);
                remember(em, domainId, Shadow.GROUP, entry);
                known.put(id, group);
            } else if (!group.name().equals(entry.name())
                    || !group.description().equals(description)
                    || !group.extra().equals(entry.extra())) {
                group.rename(entry.name());
                group.describe(description);
                group.extra(entry.extra());
            }
            all.add(group);
        }
        em.flush();
        return all;
    }

    /** Makes users' memberships in groups of their own domain what its directory says; a constant number of queries. */
    void memberships(EntityManager em, String domainId, Map<String, Set<String>> groupsByUser) {
        if (groupsByUser.isEmpty()) {
            return;
        }
        Map<String, Set<String>> held = new HashMap<>();
        em.createQuery(
                        "select m from Membership m where m.userId in :users and m.groupId in"
                                + " (select g.id from IdentityGroup g where g.domainId = :domain)",
                        Membership.class)
                .setParameter("users", groupsByUser.keySet())
                .setParameter("domain", domainId)
                .getResultList()
                .forEach(m -> {
                    if (groupsByUser.get(m.userId()).contains(m.groupId())) {
                        held.computeIfAbsent(m.userId(), id -> new HashSet<>()).add(m.groupId());
                    } else {
                        em.remove(m);
                        revocations.stale(m.userId());
                    }
                });
        groupsByUser.forEach((user, groups) -> groups.stream()
                .filter(group -> !held.getOrDefault(user, Set.of()).contains(group))
                .forEach(group -> {
                    em.persist(new Membership(user, group));
                    revocations.stale(user);
                }));
    }

    /** The same for one user. */
    void memberships(EntityManager em, User user, Collection<Group> groups) {
        memberships(em, user.domainId(), Map.of(user.id(), ids(groups)));
    }

    private static Set<String> ids(Collection<Group> groups) {
        Set<String> ids = new HashSet<>();
        groups.forEach(group -> ids.add(group.id()));
        return ids;
    }

    /** An entry that is in its directory no more: its user gets in nowhere from now on, its group has nobody. */
    void vanished(EntityManager em, Shadow shadow) {
        User user = em.find(User.class, shadow.publicId());
        if (user != null && user.isEnabled()) {
            user.enable(false);
            revocations.user(user.id());
            revocations.stale(user.id());
        }
        if (em.find(Group.class, shadow.publicId()) != null
                && em.createQuery("delete from Membership m where m.groupId = :id")
                                .setParameter("id", shadow.publicId())
                                .executeUpdate()
                        > 0) {
            revocations.stale(shadow.publicId());
        }
    }

    static Optional<Shadow> find(EntityManager em, String publicId) {
        return Optional.ofNullable(em.find(Shadow.class, publicId));
    }

    private static void remember(EntityManager em, String domainId, String kind, LdapEntry entry) {
        Shadow shadow = new Shadow(domainId, kind, entry.localId());
        if (em.find(Shadow.class, shadow.publicId()) == null) {
            em.persist(shadow);
        }
    }

    private static boolean copy(LdapEntry entry, User user) {
        boolean same = user.name().equals(entry.name())
                && user.isEnabled() == entry.enabled()
                && user.description().equals(entry.description())
                && user.email().equals(entry.email())
                && user.defaultProjectId().equals(entry.defaultProjectId())
                && user.extra().equals(entry.extra());
        if (!same) {
            user.rename(entry.name());
            user.enable(entry.enabled());
            user.describe(entry.description().orElse(""));
            user.email(entry.email().filter(mail -> mail.length() <= 255).orElse(""));
            user.defaultProject(
                    entry.defaultProjectId().filter(id -> id.length() <= 64).orElse(""));
            user.extra(entry.extra());
        }
        return !same;
    }

    private static <T> Map<String, T> rows(
            EntityManager em,
            Class<T> type,
            String entity,
            String domainId,
            String kind,
            List<LdapEntry> entries,
            Function<T, String> id) {
        Map<String, T> known = new HashMap<>();
        if (!entries.isEmpty()) {
            em.createQuery("select r from " + entity + " r where r.id in :ids", type)
                    .setParameter(
                            "ids",
                            entries.stream()
                                    .map(entry -> Shadow.publicId(domainId, kind, entry.localId()))
                                    .toList())
                    .getResultList()
                    .forEach(row -> known.put(id.apply(row), row));
        }
        return known;
    }

    /** Rows of other entries, or of before there was a directory, that have a name which one of these now has. */
    private static <T> List<T> freeNames(
            EntityManager em,
            String entity,
            String domainId,
            List<LdapEntry> entries,
            Set<String> known,
            Class<T> type) {
        if (entries.isEmpty()) {
            return List.of();
        }
        Set<String> but = new HashSet<>(known);
        but.add("");
        return em.createQuery(
                        "select r from " + entity
                                + " r where r.domainId = :domain and r.name in :names and r.id not in :known",
                        type)
                .setParameter("domain", domainId)
                .setParameter("names", entries.stream().map(LdapEntry::name).toList())
                .setParameter("known", but)
                .getResultList();
    }

    private static String gone(String name, String id) {
        String mark = " (gone " + id + ")";
        return name.substring(0, Math.min(name.length(), 255 - mark.length())) + mark;
    }
}
