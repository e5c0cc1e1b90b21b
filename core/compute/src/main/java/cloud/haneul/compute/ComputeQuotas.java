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

/** How much of compute's resources a project may have; key pairs count by user and are not among them. */
@Component
public class ComputeQuotas {
    private static final String RULE = "os_compute_api:os-quota-sets:";
    private static final List<String> NAMES =
            List.of("instances", "cores", "ram", "metadata_items", "server_groups", "server_group_members");

    private final Quotas quotas;
    private final Access access;
    private final Audit audit;

    @Inject
    ComputeQuotas(Quotas quotas, Access access, Audit audit) {
        this.quotas = quotas;
        this.access = access;
        this.audit = audit;
    }

    /** Limits and usage. */
    public List<Quota> show(Caller caller, String projectId) {
        access.require(caller, RULE + "detail", Map.of("project_id", projectId));
        return quotas.show(projectId, NAMES);
    }

    public void update(Caller caller, String projectId, Map<String, Long> limits) {
        access.require(caller, RULE + "update", Map.of("project_id", projectId));
        quotas.limit(Optional.of(projectId), limits);
        audit.success(caller, RULE + "update", "quota_set", projectId, projectId);
    }

    /** Lets a project fall back to the defaults. */
    public void reset(Caller caller, String projectId) {
        access.require(caller, RULE + "delete", Map.of("project_id", projectId));
        quotas.reset(projectId, NAMES);
        audit.success(caller, RULE + "delete", "quota_set", projectId, projectId);
    }
}
