package cloud.haneul.identity;

import cloud.haneul.identity.Login.Scope;
import cloud.haneul.identity.Mapped.GroupRef;
import cloud.haneul.identity.Mapped.MappedProject;
import cloud.haneul.identity.Mapped.MappedRole;
import cloud.haneul.identity.Mapped.MappedUser;
import cloud.haneul.identity.Tokens.Issued;
import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets in whom an identity provider vouches for: what it says goes through the protocol's mapping, which names a user here, or
 * makes one in the provider's domain, with groups for a while and projects and roles for good. Roles are given just where the
 * mapping says, each in its own project; whatever it names that is not there keeps its user out rather than something out of
 * the user's rights.
 */
@Component
class FederatedLogins {
    private static final Set<String> METHODS = Set.of("saml2", "openid");

    private final Database database;
    private final Tokens tokens;
    private final Scopes scopes;
    private final Revocations revocations;
    private final Audit audit;
    private final Clock clock;

    @Inject
    FederatedLogins(
            Database database, Tokens tokens, Scopes scopes, Revocations revocations, Audit audit, Clock clock) {
        this.database = database;
        this.tokens = tokens;
        this.scopes = scopes;
        this.revocations = revocations;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What an identity provider says of somebody, and what was checked to be said by it.
     *
     * @param remoteId what the provider calls itself
     * @param attributes by name, with their values
     */
    record Assertion(String remoteId, Map<String, List<String>> attributes) {}

    /**
     * @throws Fault UNAUTHORIZED when the mapping lets nobody in by that; FORBIDDEN when the provider is disabled, or is another
     *     one than it says
     */
    Issued login(Protocol protocol, Assertion assertion, RequestInfo request) {
        IdentityProvider provider = database.read(em -> IdentityProviders.existing(em, protocol.providerId()));
        requireEnabled(provider);
        requireItself(provider, assertion);
        Mapping mapping = database.read(em -> Mappings.existing(em, protocol.mappingId()));
        Mapped mapped = MappingRules.of(mapping.rules(), mapping.schemaVersion().equals("2.0"))
                .apply(assertion.attributes)
                .orElseThrow(() -> Fault.unauthorized()
                        .detail("Mapping " + mapping.id() + " makes no user of what " + provider.id() + " said"));
        String userId = database.writeRetrying(
                em -> mapped.user().local() ? local(em, mapped.user()) : ephemeral(em, provider, protocol, mapped));
        String method = METHODS.contains(protocol.id()) ? protocol.id() : "mapped";
        Issued issued = tokens.issue(userId, scopes.enter(userId, Optional.empty(), Scope.NONE), Set.of(method));
        TokenContext context = issued.info().context();
        audit.success(
                context.caller(request),
                "identity:authenticate",
                "user",
                context.user().id(),
                context.user().name());
        return issued;
    }

    static void requireEnabled(IdentityProvider provider) {
        if (!provider.isEnabled()) {
            throw Fault.forbidden("Identity Provider " + provider.id() + " is disabled");
        }
    }

    private void requireItself(IdentityProvider provider, Assertion assertion) {
        List<String> remoteIds = database.read(
                em -> em.createQuery("select r.remoteId from RemoteId r where r.providerId = :id", String.class)
                        .setParameter("id", provider.id())
                        .getResultList());
        if (!remoteIds.isEmpty() && !remoteIds.contains(assertion.remoteId)) {
            throw Fault.forbidden("Incoming identity provider identifier not included among the accepted identifiers.");
        }
    }

    /** Somebody who is here already; groups and projects are his own affair. */
    private static String local(EntityManager em, MappedUser mapped) {
        Login.UserRef ref = new Login.UserRef(mapped.id(), mapped.name(), mapped.domain());
        return References.user(em, ref).map(User::id).orElseThrow(() -> Fault.unauthorized()
                .detail("The mapping names a local user who is not there: " + ref));
    }

    private String ephemeral(EntityManager em, IdentityProvider provider, Protocol protocol, Mapped mapped) {
        String unique = mapped.user()
                .id()
                .or(() -> mapped.user().name())
                .filter(id -> id.length() <= 255)
                .orElseThrow(() -> Fault.unauthorized().detail("The mapping gives the user neither id nor name"));
        String id = FederatedUser.userId(protocol, unique);
        String name = mapped.user().name().orElse(unique);
        User user = em.find(User.class, id);
        if (user == null) {
            user = new User(id, provider.domainId(), freeName(em, provider.domainId(), name, id), clock.instant());
            em.persist(user);
            em.flush();
            em.persist(new FederatedUser(protocol, unique));
        } else if (!user.name().equals(name)) {
            user.rename(freeName(em, provider.domainId(), name, id));
        }
        user.email(mapped.user().email().filter(mail -> mail.length() <= 255).orElse(""));
        groups(em, id, provider, mapped.groups());
        mapped.projects().forEach(project -> project(em, id, provider, project));
        revocations.stale(id);
        return id;
    }

    /** A name in a domain is one user's; others, from elsewhere, who are called so bear a mark. */
    private static String freeName(EntityManager em, String domainId, String name, String id) {
        String wanted = Text.name("name", name.length() > 200 ? name.substring(0, 200) : name, Users.NAME);
        boolean taken = !em.createQuery(
                        "select u.id from IdentityUser u where u.domainId = :domain and u.name = :name and u.id <> :id",
                        String.class)
                .setParameter("domain", domainId)
                .setParameter("name", wanted)
                .setParameter("id", id)
                .getResultList()
                .isEmpty();
        return taken ? wanted + " (" + id.substring(0, 12) + ")" : wanted;
    }

    /** Memberships that were vouched for before and are not now end; those given here by hand stay. */
    private void groups(EntityManager em, String userId, IdentityProvider provider, Set<GroupRef> wanted) {
        Duration hold = provider.authorizationTtl()
                .filter(minutes -> minutes > 0)
                .map(Duration::ofMinutes)
                .orElseGet(IdentitySettings.TOKEN_LIFETIME::get);
        Instant until = clock.instant().plus(hold);
        Set<String> ids = new HashSet<>();
        wanted.forEach(ref -> group(em, ref).ifPresent(ids::add));
        for (Membership held : em.createQuery("select m from Membership m where m.userId = :id", Membership.class)
                .setParameter("id", userId)
                .getResultList()) {
            boolean still = ids.remove(held.groupId());
            if (held.expiresAt().isPresent()) {
                if (still) {
                    held.expire(until);
                } else {
                    em.remove(held);
                }
            }
        }
        ids.forEach(id -> {
            Membership membership = new Membership(userId, id);
            membership.expire(until);
            em.persist(membership);
        });
    }

    /** A group named by id must be there; one by name may not be here yet. */
    private static Optional<String> group(EntityManager em, GroupRef ref) {
        if (ref.id().isPresent()) {
            return Optional.of(Optional.ofNullable(em.find(Group.class, ref.id().get()))
                    .map(Group::id)
                    .orElseThrow(() -> Fault.unauthorized()
                            .detail("The mapping names a group that is not there: "
                                    + ref.id().get())));
        }
        Optional<Project> domain = ref.domain().flatMap(named -> References.domain(em, named));
        return domain.flatMap(in -> em
                .createQuery(
                        "select g.id from IdentityGroup g where g.domainId = :domain and g.name = :name", String.class)
                .setParameter("domain", in.id())
                .setParameter("name", ref.name().orElse(""))
                .getResultList()
                .stream()
                .findFirst());
    }

    private void project(EntityManager em, String userId, IdentityProvider provider, MappedProject wanted) {
        Project domain = wanted.domain()
                .map(ref -> References.domain(em, ref).orElseThrow(() -> Fault.unauthorized()
                        .detail("The mapping names a domain that is not there: " + ref)))
                .orElseGet(() -> Domains.existing(em, provider.domainId()));
        Set<String> roles = new LinkedHashSet<>();
        wanted.roles().forEach(role -> roles.add(role(em, role)));
        String name = Text.name("name", wanted.name(), Projects.NAME);
        Project project = em
                .createQuery("select p from Project p where p.nameSpace = :domain and p.name = :name", Project.class)
                .setParameter("domain", domain.id())
                .setParameter("name", name)
                .getResultList()
                .stream()
                .findFirst()
                .orElseGet(() -> {
                    Project made = Project.below(domain, Ids.newHexId(), name, clock.instant());
                    made.enable(true);
                    made.describe("");
                    em.persist(made);
                    em.flush();
                    return made;
                });
        for (String role : roles) {
            Grant grant = Grant.of(Grant.Actor.user(userId), Grant.Target.project(project.id()), role);
            if (em.find(Assignment.class, new Assignment.Key(grant)) == null) {
                em.persist(new Assignment(grant));
            }
        }
    }

    private static String role(EntityManager em, MappedRole wanted) {
        String space = wanted.domain()
                .map(ref -> References.domain(em, ref).map(Project::id).orElse("?"))
                .orElse("");
        return em
                .createQuery(
                        "select r.id from IdentityRole r where r.nameSpace = :space and r.name = :name", String.class)
                .setParameter("space", space)
                .setParameter("name", wanted.name())
                .getResultList()
                .stream()
                .findFirst()
                .orElseThrow(() ->
                        Fault.unauthorized().detail("The mapping names a role that is not there: " + wanted.name()));
    }
}
