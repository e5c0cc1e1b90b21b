package cloud.haneul.compute;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.event.Audit;
import cloud.haneul.kernel.quota.Quotas;
import cloud.haneul.kernel.quota.Quotas.Quota;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How much of compute's resources a project may have. Key pairs are a user's: their limit is set here with the others, while
 * what is used of it is counted by user.
 */
@Component
public class ComputeQuotas {
    /** What a project's quota names, in the API's words. */
    public static final List<String> NAMES = List.of(
            "instances", "cores", "ram", "key_pairs", "metadata_items", "server_groups", "server_group_members");
    /** Those whose use is a project's. */
    public static final List<String> OF_PROJECTS =
            NAMES.stream().filter(name -> !name.equals("key_pairs")).toList();

    private static final String RULE = "os_compute_api:os-quota-sets:";
    private static final String CLASS_RULE = "os_compute_api:os-quota-class-sets:";

    private final Quotas quotas;
    private final Access access;
    private final Audit audit;

    @Inject
    ComputeQuotas(Quotas quotas, Access access, Audit audit) {
        this.quotas = quotas;
        this.access = access;
        this.audit = audit;
    }

    /** Limits. */
    public List<Quota> show(Caller caller, String projectId, List<String> names) {
        access.require(caller, RULE + "show", Map.of("project_id", projectId));
        return quotas.show(projectId, names);
    }

    /** Limits and usage. */
    public List<Quota> detail(Caller caller, String projectId, List<String> names) {
        access.require(caller, RULE + "detail", Map.of("project_id", projectId));
        return quotas.show(projectId, names);
    }

    /** What a project has that has no limits of its own. */
    public Map<String, Long> defaults(Caller caller, String projectId, List<String> names) {
        access.require(caller, RULE + "defaults", Map.of("project_id", projectId));
        return quotas.defaults(names);
    }

    public void update(Caller caller, String projectId, Map<String, Long> limits) {
        access.require(caller, RULE + "update", Map.of("project_id", projectId));
        quotas.limit(Optional.of(projectId), limits);
        audit.success(caller, RULE + "update", "quota_set", projectId, projectId);
    }

    /** Lets a project fall back to the defaults. */
    public void reset(Caller caller, String projectId, List<String> names) {
        access.require(caller, RULE + "delete", Map.of("project_id", projectId));
        quotas.reset(projectId, names);
        audit.success(caller, RULE + "delete", "quota_set", projectId, projectId);
    }

    /** The defaults as nova's quota class shows them. */
    public Map<String, Long> classDefaults(Caller caller, List<String> names) {
        access.require(caller, CLASS_RULE + "show", Map.of());
        return quotas.defaults(names);
    }

    /** @param name of the class, for the audit trail; there is one set of defaults */
    public void updateDefaults(Caller caller, String name, Map<String, Long> limits) {
        access.require(caller, CLASS_RULE + "update", Map.of());
        quotas.limit(Optional.empty(), limits);
        audit.success(caller, CLASS_RULE + "update", "quota_class_set", name, name);
    }

    /** The limits on a caller and what is used; of another project for administrators. */
    public List<Quota> limits(Caller caller, Optional<String> projectId) {
        access.require(caller, "os_compute_api:limits", Map.of());
        return quotas.show(projectId.filter(id -> caller.isAdmin()).orElseGet(caller::project), NAMES);
    }
}
