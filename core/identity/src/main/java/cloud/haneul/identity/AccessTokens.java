package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What users let consumers of OAuth 1 do: seen, and taken back. Who acts by leave himself has no business there. */
@Component
public class AccessTokens {
    private final Database database;
    private final Access access;
    private final RoleBook roles;
    private final Revocations revocations;
    private final Audit audit;

    @Inject
    AccessTokens(Database database, Access access, RoleBook roles, Revocations revocations, Audit audit) {
        this.database = database;
        this.access = access;
        this.roles = roles;
        this.revocations = revocations;
        this.audit = audit;
    }

    /** One as it is shown. */
    public record Shown(String id, String consumerId, String userId, String projectId, Optional<Instant> expiresAt) {}

    public List<Shown> list(Caller caller, String userId, Page page) {
        require(caller, "identity:list_access_tokens", userId);
        return database.read(em -> em
                .createQuery(
                        "select t from OAuth1AccessToken t where t.userId = :user and t.id > :marker order by t.id",
                        AccessToken.class)
                .setParameter("user", userId)
                .setParameter("marker", page.marker().orElse(""))
                .setMaxResults(page.limit())
                .getResultList()
                .stream()
                .map(AccessTokens::shown)
                .toList());
    }

    public Shown get(Caller caller, String userId, String id) {
        return shown(visible(caller, "identity:get_access_token", userId, id));
    }

    /** The roles it lends; those its user lost since are told, too, and worth nothing. */
    public List<Role> roles(Caller caller, String userId, String id) {
        return roles.all(
                visible(caller, "identity:list_access_token_roles", userId, id).roles());
    }

    public Role role(Caller caller, String userId, String id, String roleId) {
        List<String> lent =
                visible(caller, "identity:get_access_token_role", userId, id).roles();
        return roles.all(lent.stream().filter(roleId::equals).toList()).stream()
                .findFirst()
                .orElseThrow(() -> Faults.notFound("role", roleId));
    }

    /** Tokens got by it are dead. */
    public void delete(Caller caller, String userId, String id) {
        AccessToken token = visible(caller, "identity:delete_access_token", userId, id);
        database.run(em -> {
            em.createQuery("delete from OAuth1AccessToken t where t.id = :id")
                    .setParameter("id", id)
                    .executeUpdate();
            revocations.stale(id);
            audit.success(
                    caller,
                    "identity:delete_access_token",
                    "access_token",
                    id,
                    "of " + userId + " for consumer " + token.consumerId());
        });
    }

    /** @throws Fault NOT_FOUND when it is not that user's */
    private AccessToken visible(Caller caller, String rule, String userId, String id) {
        require(caller, rule, userId);
        return database.read(em -> Optional.ofNullable(em.find(AccessToken.class, id)))
                .filter(token -> token.userId().equals(userId))
                .orElseThrow(() -> Faults.notFound("access token", id));
    }

    private void require(Caller caller, String rule, String userId) {
        access.require(caller, rule, Map.of("user_id", userId));
        Delegations.requireOwnPower(caller, "managing access tokens");
    }

    private static Shown shown(AccessToken token) {
        return new Shown(token.id(), token.consumerId(), token.userId(), token.projectId(), token.expiresAt());
    }
}
