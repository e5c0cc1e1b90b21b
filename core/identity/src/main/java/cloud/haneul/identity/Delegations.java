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

    /** In the transaction that deletes the user, who still has the rest of it. */
    void userGone(EntityManager em, String id) {
        trusts(em, "select t.id from Trust t where t.trustorId = :id or t.trusteeId = :id", id);
    }

    static void removeWhatIsOfUsers(EntityManager em, Gone users) {
        for (String entity : List.of(
                "IdentityCredential",
                "ApplicationCredential",
                "AccessRule",
                "LoginState",
                "OAuth1RequestToken",
                "OAuth1AccessToken")) {
            users.delete(em, entity, "userId");
        }
    }

    static void removeWhatIsOfProjects(EntityManager em, Gone projects) {
        for (String entity :
                List.of("IdentityCredential", "ApplicationCredential", "OAuth1RequestToken", "OAuth1AccessToken")) {
            projects.delete(em, entity, "projectId");
        }
    }

    /** In the transaction that deletes the project or domain. */
    void projectGone(EntityManager em, String id) {
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
        Gone.one(id).delete(em, "Trust", "id");
        revocations.stale(id);
    }

    /**
     * In a transaction that deletes a domain with all its users and projects and makes everything known stale: their trusts,
     * and then, a statement for each generation, those that were made from trusts that are gone.
     */
    static void domainGone(EntityManager em, String id) {
        Gone.allOf("IdentityUser", id).delete(em, "Trust", "trustorId", "trusteeId");
        Gone.allOf("Project", id).delete(em, "Trust", "projectId");
        int orphans;
        do {
            orphans = em.createQuery("delete from Trust t where t.parentId is not null"
                            + " and t.parentId not in (select p.id from Trust p)")
                    .executeUpdate();
        } while (orphans > 0);
    }

    private void trusts(EntityManager em, String query, String id) {
        em.createQuery(query, String.class)
                .setParameter("id", id)
                .getResultList()
                .forEach(trust -> deleteTrust(em, trust));
    }
}
