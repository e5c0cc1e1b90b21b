package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Database.DuplicateKey;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The use cases around identity providers. */
@Component
public class IdentityProviders {
    private final Database database;
    private final Access access;
    private final Users users;
    private final Revocations revocations;
    private final Audit audit;
    private final Clock clock;

    @Inject
    IdentityProviders(
            Database database, Access access, Users users, Revocations revocations, Audit audit, Clock clock) {
        this.database = database;
        this.access = access;
        this.users = users;
        this.revocations = revocations;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What an identity provider shall be, or shall become; empty is left as it is, or as usual.
     *
     * @param description empty text for none
     * @param authorizationTtl empty inside for none
     */
    public record Change(
            Optional<Boolean> enabled,
            Optional<String> description,
            Optional<Optional<Integer>> authorizationTtl,
            Optional<Set<String>> remoteIds) {}

    /**
     * @param domainId whose users those are whom he vouches for; a new one when empty
     * @throws Fault CONFLICT when there is one of that id, or another has one of the remote ids
     */
    public IdentityProvider create(Caller caller, String id, Optional<String> domainId, Change wanted) {
        access.require(caller, "identity:create_identity_provider", Map.of());
        Text.name("id", id, 64);
        try {
            return database.write(em -> {
                if (em.find(IdentityProvider.class, id) != null) {
                    throw duplicate("identity_provider", id);
                }
                IdentityProvider provider = new IdentityProvider(
                        id, domainId.map(d -> Domains.existing(em, d).id()).orElseGet(() -> ownDomain(em, id)));
                apply(provider, wanted);
                em.persist(provider);
                em.flush();
                wanted.remoteIds().ifPresent(remote -> remoteIds(em, id, remote));
                audit.success(caller, "identity:create_identity_provider", "identity_provider", id, id);
                return provider;
            });
        } catch (DuplicateKey e) {
            throw duplicate("remote_id", id);
        }
    }

    public IdentityProvider get(Caller caller, String id) {
        access.require(caller, "identity:get_identity_provider", Map.of());
        return database.read(em -> existing(em, id));
    }

    public List<IdentityProvider> list(Caller caller, Optional<String> id, Optional<Boolean> enabled, Page page) {
        access.require(caller, "identity:list_identity_providers", Map.of());
        return database.read(em -> Rows.of(IdentityProvider.class, "IdentityProvider")
                .by("id")
                .where("id", id)
                .where("enabled", enabled)
                .page(em, page, IdentityProvider::id));
    }

    /** What providers call themselves, by id; for those who were shown them. */
    public Map<String, Set<String>> remoteIds(Collection<String> ids) {
        Map<String, Set<String>> remote = new HashMap<>();
        if (!ids.isEmpty()) {
            database.read(em -> em.createQuery("select r from RemoteId r where r.providerId in :ids", RemoteId.class)
                            .setParameter("ids", ids)
                            .getResultList())
                    .forEach(row -> remote.computeIfAbsent(row.providerId(), p -> new TreeSet<>())
                            .add(row.remoteId()));
        }
        return remote;
    }

    /**
     * Where a user came from.
     *
     * @param groupIds of groups that his provider vouched for
     */
    public record Origin(String providerId, String protocolId, List<String> groupIds) {}

    /** Empty for users who were made here. */
    public Optional<Origin> origin(String userId) {
        // those who came from elsewhere have hashes for ids, which are longer
        if (userId.length() < 64) {
            return Optional.empty();
        }
        return database.read(em -> Optional.ofNullable(em.find(FederatedUser.class, userId))
                .map(from -> new Origin(
                        from.providerId(),
                        from.protocolId(),
                        em.createQuery(
                                        "select m.groupId from Membership m where m.userId = :id and m.expiresAt is not null"
                                                + " order by m.groupId",
                                        String.class)
                                .setParameter("id", userId)
                                .getResultList())));
    }

    /** Disabling ends the tokens of all whom he vouched for. */
    public IdentityProvider update(Caller caller, String id, Change change) {
        access.require(caller, "identity:update_identity_provider", Map.of());
        try {
            return database.write(em -> {
                IdentityProvider provider = existing(em, id);
                boolean wasEnabled = provider.isEnabled();
                apply(provider, change);
                change.remoteIds().ifPresent(remote -> remoteIds(em, id, remote));
                if (wasEnabled && !provider.isEnabled()) {
                    federated(em, id).forEach(revocations::user);
                }
                audit.success(caller, "identity:update_identity_provider", "identity_provider", id, id);
                return provider;
            });
        } catch (DuplicateKey e) {
            throw duplicate("remote_id", id);
        }
    }

    /** Those whom he vouched for go with him. */
    public void delete(Caller caller, String id) {
        access.require(caller, "identity:delete_identity_provider", Map.of());
        database.run(em -> {
            IdentityProvider provider = existing(em, id);
            for (String user : federated(em, id)) {
                users.remove(em, Users.existing(em, user));
            }
            for (String rows : List.of("Protocol", "RemoteId")) {
                em.createQuery("delete from " + rows + " r where r.providerId = :id")
                        .setParameter("id", id)
                        .executeUpdate();
            }
            em.remove(provider);
            audit.success(caller, "identity:delete_identity_provider", "identity_provider", id, id);
        });
    }

    /** For a cascade: the providers of a domain that goes, whose users are gone already. */
    static void forgetDomain(EntityManager em, String domainId) {
        for (String rows : List.of("FederatedUser", "Protocol", "RemoteId")) {
            em.createQuery("delete from " + rows
                            + " r where r.providerId in (select p.id from IdentityProvider p where p.domainId = :id)")
                    .setParameter("id", domainId)
                    .executeUpdate();
        }
        em.createQuery("delete from IdentityProvider p where p.domainId = :id")
                .setParameter("id", domainId)
                .executeUpdate();
    }

    static IdentityProvider existing(EntityManager em, String id) {
        return Optional.ofNullable(em.find(IdentityProvider.class, id))
                .orElseThrow(() -> Faults.notFound("Identity Provider", id));
    }

    static Fault duplicate(String what, String id) {
        return Fault.conflict(
                "Conflict occurred attempting to store " + what + " - Duplicate entry found with ID " + id + ".");
    }

    private String ownDomain(EntityManager em, String id) {
        String domainId = Ids.newHexId();
        Project domain = Project.domain(domainId, domainId, clock.instant());
        domain.enable(true);
        domain.describe("Auto generated federated domain for Identity Provider: " + id);
        em.persist(domain);
        em.flush();
        return domainId;
    }

    private static void apply(IdentityProvider provider, Change change) {
        change.enabled().ifPresent(provider::enable);
        change.description().ifPresent(text -> provider.describe(Text.description(text)));
        change.authorizationTtl().ifPresent(provider::authorizationTtl);
    }

    private static void remoteIds(EntityManager em, String id, Set<String> remote) {
        em.createQuery("delete from RemoteId r where r.providerId = :id")
                .setParameter("id", id)
                .executeUpdate();
        remote.forEach(one -> em.persist(new RemoteId(Text.name("remote_ids", one, 255), id)));
        em.flush();
    }

    private static List<String> federated(EntityManager em, String id) {
        return em.createQuery("select f.userId from FederatedUser f where f.providerId = :id", String.class)
                .setParameter("id", id)
                .getResultList();
    }
}
