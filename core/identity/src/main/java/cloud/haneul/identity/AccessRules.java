package cloud.haneul.identity;

import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.ServiceModule;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.event.Audit;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The use cases around access rules, and whether a request is one that a credential's rules allow. */
@Component
public class AccessRules {
    /** More than anybody needs, few enough to be shown and checked. */
    private static final int MOST = 1000;

    private static final int WILDCARDS = 16;

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final List<ServiceModule.CatalogEntry> services;

    @Inject
    AccessRules(Database database, Access access, Audit audit, @Any Instance<ServiceModule> modules) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.services =
                modules.stream().flatMap(module -> module.catalog().stream()).toList();
    }

    public List<AccessRule> list(Caller caller, String userId) {
        require(caller, "identity:list_access_rules", userId);
        return database.read(em -> ofUser(em, userId));
    }

    public AccessRule get(Caller caller, String userId, String id) {
        require(caller, "identity:get_access_rule", userId);
        return database.read(em -> existing(em, userId, id));
    }

    /** @throws Fault FORBIDDEN while an application credential has it */
    public void delete(Caller caller, String userId, String id) {
        require(caller, "identity:delete_access_rule", userId);
        Delegations.requireOwnPower(caller, "managing access rules");
        database.run(em -> {
            AccessRule rule = existing(em, userId, id);
            if (ApplicationCredentials.ofUser(em, userId).stream()
                    .anyMatch(credential -> credential.accessRules().contains(id))) {
                throw Fault.forbidden(
                        "You are not authorized to perform the requested action: May not delete access rule in use.");
            }
            em.remove(rule);
            audit.success(caller, "identity:delete_access_rule", "access_rule", id, rule.path());
        });
    }

    /** @throws Fault UNAUTHORIZED when the credential has rules and none allows this request */
    void require(TokenContext.ByApplication credential, RequestInfo request) {
        if (!credential.accessRules().isEmpty()
                && credential.accessRules().stream().noneMatch(rule -> allows(rule, request))) {
            throw Fault.unauthorized()
                    .detail("No access rule of application credential " + credential.id() + " allows "
                            + request.method() + " " + request.path());
        }
    }

    private boolean allows(AccessRule rule, RequestInfo request) {
        return rule.method().equals(request.method())
                && services.stream()
                        .filter(service -> service.type().equals(rule.service()))
                        .anyMatch(service -> matches(rule.pattern(), service.path(), request.path()));
    }

    /** A rule's path is the service's own, such as {@code /v2.1/servers}, or that on this server, with the service before it. */
    static boolean matches(PathPattern pattern, String servicePath, String path) {
        String root = servicePath.contains("/%") ? servicePath.substring(0, servicePath.indexOf("/%")) : servicePath;
        String room = root.isEmpty() || root.indexOf('/', 1) < 0 ? root : root.substring(0, root.indexOf('/', 1));
        if (!path.equals(room) && !path.startsWith(room + "/")) {
            return false;
        }
        return pattern.matches(path) || pattern.matches(path.substring(room.length()));
    }

    /** The rules a credential has, in no order; for the transaction that reads it. */
    static List<AccessRule> ofCredential(EntityManager em, ApplicationCredential credential) {
        return credential.accessRules().isEmpty()
                ? List.of()
                : em.createQuery("select r from AccessRule r where r.id in :ids", AccessRule.class)
                        .setParameter("ids", credential.accessRules())
                        .getResultList();
    }

    /** The user's own rule, made now if he has none like it. */
    static AccessRule obtain(EntityManager em, String userId, NewApplicationCredential.RuleRef ref) {
        if (ref.id().isPresent()) {
            return existing(em, userId, ref.id().get());
        }
        AccessRule.Wanted wanted = ref.rule().orElseThrow();
        if (new PathPattern(wanted.path()).wildcards() > WILDCARDS) {
            throw Fault.badRequest(
                    "path", "The path of an access rule can have no more than " + WILDCARDS + " wildcards.");
        }
        List<AccessRule> known = ofUser(em, userId);
        Optional<AccessRule> same =
                known.stream().filter(rule -> rule.wanted().equals(wanted)).findFirst();
        if (same.isEmpty() && known.size() >= MOST) {
            throw Fault.forbidden("A user can have no more than " + MOST + " access rules.");
        }
        return same.orElseGet(() -> {
            AccessRule rule = new AccessRule(Ids.newHexId(), userId, wanted);
            em.persist(rule);
            em.flush();
            return rule;
        });
    }

    static List<AccessRule> ofUser(EntityManager em, String userId) {
        return em.createQuery(
                        "select r from AccessRule r where r.userId = :user order by r.service, r.path, r.method",
                        AccessRule.class)
                .setParameter("user", userId)
                .setMaxResults(MOST)
                .getResultList();
    }

    private static AccessRule existing(EntityManager em, String userId, String id) {
        return Optional.ofNullable(em.find(AccessRule.class, id))
                .filter(rule -> rule.userId().equals(userId))
                .orElseThrow(() -> Faults.notFound("access rule", id));
    }

    private void require(Caller caller, String rule, String userId) {
        access.require(caller, rule, Map.of("user_id", userId, "target", Map.of("user", Map.of("id", userId))));
    }
}
