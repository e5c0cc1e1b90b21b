package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Delegation;
import cloud.haneul.kernel.Fault;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What hangs on users, projects and roles without belonging to the directory: credentials and what is lent by leave. */
@Component
class Delegations {
    private final Revocations revocations;

    @Inject
    Delegations(Revocations revocations) {
        this.revocations = revocations;
    }

    /** Refuses whoever acts by leave and may not hand it on, for instance {@code "managing trusts"}. */
    static void requireOwnPower(Caller caller, String what) {
        Optional<Delegation> delegation = caller.delegation().filter(d -> !d.mayDelegate());
        if (delegation.isPresent()) {
            String method = delegation.get().kind().name().toLowerCase(Locale.ROOT);
            throw Fault.forbidden("You are not authorized to perform the requested action: Using method '" + method
                    + "' is not allowed for " + what + ".");
        }
    }

    /** The application credential that the caller acts by. */
    static Optional<ApplicationCredential> credential(EntityManager em, Caller caller) {
        return caller.delegation()
                .filter(d -> d.kind() == Delegation.Kind.APPLICATION_CREDENTIAL)
                .map(d -> em.find(ApplicationCredential.class, d.id()));
    }

    /** In the transaction that deletes the user. */
    void userGone(EntityManager em, String id) {
        for (String entity : List.of(
                "IdentityCredential",
                "ApplicationCredential",
                "AccessRule",
                "LoginState",
                "OAuth1RequestToken",
                "OAuth1AccessToken")) {
            delete(em, entity, "userId", id);
        }
        trusts(em, "select t.id from Trust t where t.trustorId = :id or t.trusteeId = :id", id);
    }

    /** In the transaction that deletes the project or domain. */
    void projectGone(EntityManager em, String id) {
        delete(em, "IdentityCredential", "projectId", id);
        delete(em, "ApplicationCredential", "projectId", id);
        delete(em, "OAuth1RequestToken", "projectId", id);
        delete(em, "OAuth1AccessToken", "projectId", id);
        trusts(em, "select t.id from Trust t where t.projectId = :id", id);
    }

    /** In the transaction that takes a role away: what the user's programs were to have was chosen from what he had. */
    void roleLost(EntityManager em, Grant grant) {
        if (grant.actor().type() == Grant.ActorType.USER && grant.target().type() == Grant.TargetType.PROJECT) {
            em.createQuery("delete from ApplicationCredential c where c.userId = :user and c.projectId = :project")
                    .setParameter("user", grant.actor().id())
                    .setParameter("project", grant.target().id())
                    .executeUpdate();
        }
    }

    /** Deletes a trust and all that were made from it; tokens got by them are dead. */
    void deleteTrust(EntityManager em, String id) {
        trusts(em, "select t.id from Trust t where t.parentId = :id", id);
        delete(em, "Trust", "id", id);
        revocations.stale(id);
    }

    private void trusts(EntityManager em, String query, String id) {
        em.createQuery(query, String.class)
                .setParameter("id", id)
                .getResultList()
                .forEach(trust -> deleteTrust(em, trust));
    }

    private static void delete(EntityManager em, String entity, String field, String id) {
        em.createQuery("delete from " + entity + " e where e." + field + " = :id")
                .setParameter("id", id)
                .executeUpdate();
    }
}
