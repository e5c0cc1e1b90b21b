package cloud.haneul.identity;

import cloud.haneul.identity.TokenContext.Named;
import cloud.haneul.identity.TokenContext.Place;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.data.Database;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Keeps the {@link TokenContext}s of those who use the cloud now, so that checking a token needs no query. An entry remembers
 * whose rows it was made of (user, groups, domains, projects above) and is dropped when one of them changes; so is the answer
 * "gets in nowhere".
 */
@Component
class Contexts {
    private static final int MOST = 50_000;

    private record Key(String userId, Optional<Grant.Target> scope, Optional<TokenSource> source) {}

    private record Entry(Optional<TokenContext> context, Set<String> madeOf) {}

    private final Database database;
    private final RoleBook roles;
    private final Map<Key, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();

    @Inject
    Contexts(Database database, RoleBook roles, Revocations revocations) {
        this.database = database;
        this.roles = roles;
        revocations.onStale(this::forget);
    }

    /** Empty when the user, his domain, the project or a domain is disabled or gone, or he has no role in that scope. */
    Optional<TokenContext> find(String userId, Optional<Grant.Target> scope) {
        return find(userId, scope, Optional.empty());
    }

    /** As {@link #find(String, Optional)}; empty also when the source is gone or not for him. */
    Optional<TokenContext> find(String userId, Optional<Grant.Target> scope, Optional<TokenSource> source) {
        Key key = new Key(userId, scope, source);
        Entry known = entries.get(key);
        if (known != null) {
            return known.context;
        }
        long before = changes.get();
        Entry loaded = database.read(em -> load(em, key));
        if (!database.inTransaction()) {
            if (entries.size() >= MOST) {
                // rare, and cheaper than keeping an order on the hot path
                entries.keySet().stream().limit(MOST / 10).toList().forEach(entries::remove);
            }
            entries.put(key, loaded);
            // a change between reading and keeping would otherwise be missed for good
            if (changes.get() != before) {
                entries.remove(key, loaded);
            }
        }
        return loaded.context;
    }

    private void forget(String id) {
        changes.incrementAndGet();
        if (id.equals(Revocations.ALL)) {
            entries.clear();
        } else {
            entries.values().removeIf(entry -> entry.madeOf.contains(id));
        }
    }

    private Entry load(EntityManager em, Key key) {
        Set<String> madeOf = new HashSet<>();
        madeOf.add(key.userId);
        Optional<TokenContext> context = key.source.isEmpty()
                ? read(em, key.userId, key.scope, Optional.empty(), madeOf)
                : switch (key.source.get().kind()) {
                    case TRUST -> byTrust(em, key, madeOf);
                    case APPLICATION_CREDENTIAL -> byApplication(em, key, madeOf);
                    case OAUTH1 -> byOAuth1(em, key, madeOf);
                };
        return new Entry(context, Set.copyOf(madeOf));
    }

    /** All of a trust's roles must still be the trustor's; the trustee alone is let in by it. */
    private Optional<TokenContext> byTrust(EntityManager em, Key key, Set<String> madeOf) {
        String id = key.source.get().id();
        madeOf.add(id);
        Trust trust = em.find(Trust.class, id);
        if (trust == null
                || !trust.trusteeId().equals(key.userId)
                || !trust.projectId().map(Grant.Target::project).equals(key.scope)) {
            return Optional.empty();
        }
        madeOf.add(trust.trustorId());
        Optional<TokenContext> trustor =
                read(em, trust.trustorId(), key.scope, Optional.of(Set.copyOf(trust.roles())), madeOf);
        Optional<TokenContext> trustee = read(em, key.userId, Optional.empty(), Optional.empty(), madeOf);
        if (trustor.isEmpty() || trustee.isEmpty() || !has(trustor.get(), trust.roles())) {
            return Optional.empty();
        }
        TokenContext there = trustor.get();
        return Optional.of((trust.isImpersonation()
                        ? there
                        : new TokenContext(
                                trustee.get().user(),
                                trustee.get().userDomain(),
                                there.project(),
                                there.domain(),
                                there.system(),
                                there.roles()))
                .by(new TokenContext.ByTrust(
                        id, trust.isImpersonation(), trust.trustorId(), trust.trusteeId(), trust.expiresAt())));
    }

    /** Of an application credential's roles those that its user still has. */
    private Optional<TokenContext> byApplication(EntityManager em, Key key, Set<String> madeOf) {
        String id = key.source.get().id();
        madeOf.add(id);
        ApplicationCredential credential = em.find(ApplicationCredential.class, id);
        if (credential == null
                || !credential.userId().equals(key.userId)
                || !key.scope.equals(Optional.of(Grant.Target.project(credential.projectId())))) {
            return Optional.empty();
        }
        return read(em, key.userId, key.scope, Optional.of(Set.copyOf(credential.roles())), madeOf)
                .map(context -> context.by(new TokenContext.ByApplication(
                        id,
                        credential.name(),
                        credential.isUnrestricted(),
                        credential.expiresAt(),
                        AccessRules.ofCredential(em, credential))));
    }

    /** Of an access token's roles those that its user still has. */
    private Optional<TokenContext> byOAuth1(EntityManager em, Key key, Set<String> madeOf) {
        String id = key.source.get().id();
        madeOf.add(id);
        AccessToken token = em.find(AccessToken.class, id);
        if (token == null
                || !token.userId().equals(key.userId)
                || !key.scope.equals(Optional.of(Grant.Target.project(token.projectId())))) {
            return Optional.empty();
        }
        madeOf.add(token.consumerId());
        return read(em, key.userId, key.scope, Optional.of(Set.copyOf(token.roles())), madeOf)
                .map(context -> context.by(new TokenContext.ByOAuth1(id, token.consumerId(), token.expiresAt())));
    }

    private boolean has(TokenContext context, List<String> roleIds) {
        Set<String> held = context.roles().stream().map(Named::id).collect(Collectors.toSet());
        return roleIds.stream().allMatch(id -> held.contains(id));
    }

    /** @param only of the roles he has there, with all they imply; what these imply comes with them */
    private Optional<TokenContext> read(
            EntityManager em,
            String userId,
            Optional<Grant.Target> wanted,
            Optional<Set<String>> only,
            Set<String> madeOf) {
        User user = em.find(User.class, userId);
        if (user == null) {
            return Optional.empty();
        }
        madeOf.add(user.domainId());
        Project home = em.find(Project.class, user.domainId());
        if (!user.isEnabled() || !home.isEnabled()) {
            return Optional.empty();
        }
        Named who = new Named(user.id(), user.name());
        Named whose = new Named(home.id(), home.name());
        if (wanted.isEmpty()) {
            return Optional.of(new TokenContext(who, whose, Optional.empty(), Optional.empty(), false, List.of()));
        }
        Grant.Target scope = wanted.get();
        madeOf.add(scope.id());
        List<String> groups = Effective.groupsOf(em, user.id());
        madeOf.addAll(groups);
        List<Project> path = scope.type() == Grant.TargetType.SYSTEM ? List.of() : Effective.path(em, scope.id());
        path.forEach(project -> madeOf.add(project.id()));
        if (scope.type() != Grant.TargetType.SYSTEM
                && (path.isEmpty()
                        || path.stream().anyMatch(project -> !project.isEnabled())
                        || scope.type() == Grant.TargetType.DOMAIN
                                && !path.get(0).isDomain())) {
            return Optional.empty();
        }
        List<String> actors = new ArrayList<>(groups);
        actors.add(user.id());
        Set<String> held = Effective.roleIds(em, actors, scope, path);
        List<Named> there = roles.effective(only.map(some ->
                        roles.expand(held).stream().filter(some::contains).collect(Collectors.toSet()))
                .orElse(held));
        if (there.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (scope.type()) {
                    case PROJECT ->
                        new TokenContext(who, whose, Optional.of(place(path)), Optional.empty(), false, there);
                    case DOMAIN ->
                        new TokenContext(who, whose, Optional.empty(), Optional.of(named(path.get(0))), false, there);
                    case SYSTEM -> new TokenContext(who, whose, Optional.empty(), Optional.empty(), true, there);
                });
    }

    private static Place place(List<Project> path) {
        Project project = path.get(0);
        return new Place(project.id(), project.name(), named(path.get(path.size() - 1)), project.isDomain());
    }

    private static Named named(Project project) {
        return new Named(project.id(), project.name());
    }
}
