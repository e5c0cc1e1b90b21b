package cloud.haneul.network;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.ServiceModule.QuotaResource;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.quota.Quotas;
import cloud.haneul.kernel.quota.Quotas.Quota;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How much of the network a project may have. */
@Component
public class NetworkQuotas {
    private static final List<String> NAMES =
            NetworkModule.QUOTAS.stream().map(QuotaResource::name).toList();

    private final Quotas quotas;
    private final Access access;

    @Inject
    NetworkQuotas(Quotas quotas, Access access) {
        this.quotas = quotas;
        this.access = access;
    }

    /** Limits and usage; everybody may see his own project's. */
    public List<Quota> show(Caller caller, String projectId) {
        if (!caller.projectId().equals(Optional.of(projectId))) {
            access.require(caller, "get_quota", Map.of("project_id", projectId));
        }
        return quotas.show(projectId, NAMES);
    }

    public Map<String, Long> defaults(Caller caller, String projectId) {
        if (!caller.projectId().equals(Optional.of(projectId))) {
            access.require(caller, "get_quota", Map.of("project_id", projectId));
        }
        return quotas.defaults(NAMES);
    }

    public List<Quota> update(Caller caller, String projectId, Map<String, Long> limits) {
        access.require(caller, "update_quota", Map.of("project_id", projectId));
        quotas.limit(Optional.of(projectId), limits);
        return quotas.show(projectId, NAMES);
    }

    public void reset(Caller caller, String projectId) {
        access.require(caller, "delete_quota", Map.of("project_id", projectId));
        quotas.reset(projectId, NAMES);
    }

    public List<String> names() {
        return NAMES;
    }
}
