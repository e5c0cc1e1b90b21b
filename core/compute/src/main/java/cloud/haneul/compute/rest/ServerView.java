package cloud.haneul.compute.rest;

import cloud.haneul.compute.Server;
import cloud.haneul.compute.Task;
import cloud.haneul.compute.VmState;
import cloud.haneul.kernel.rest.Links.Link;
import cloud.haneul.kernel.rest.Since;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A server as the API shows it in detail. What only administrators see is null for others and left out then, hence NON_NULL;
 * what is empty for everybody is an {@link Optional} and shown as null.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ServerView(
        UUID id,
        String name,
        String status,
        @JsonProperty("tenant_id") String projectId,
        @JsonProperty("user_id") String userId,
        Map<String, String> metadata,
        @JsonProperty("hostId") String hostHash,
        Object image,
        Object flavor,
        Instant created,
        Instant updated,
        Map<String, List<AddressView>> addresses,
        @JsonProperty("accessIPv4") String accessIpv4,
        @JsonProperty("accessIPv6") String accessIpv6,
        List<Link> links,
        @JsonProperty("OS-DCF:diskConfig") String diskConfig,
        Integer progress,
        @JsonProperty("OS-EXT-AZ:availability_zone") String zone,
        @JsonProperty("config_drive") String configDrive,
        @JsonProperty("key_name") Optional<String> keyName,
        @JsonProperty("OS-SRV-USG:launched_at") Optional<String> launchedAt,
        @JsonProperty("OS-SRV-USG:terminated_at") Optional<String> terminatedAt,
        @JsonProperty("security_groups") List<Map<String, String>> securityGroups,
        @JsonProperty("OS-EXT-SRV-ATTR:host") Optional<String> host,
        @JsonProperty("OS-EXT-SRV-ATTR:instance_name") String instanceName,
        @JsonProperty("OS-EXT-SRV-ATTR:hypervisor_hostname") Optional<String> hypervisorHostName,

        @Since("2.3") @JsonProperty("OS-EXT-SRV-ATTR:reservation_id")
        String reservationId,

        @Since("2.3") @JsonProperty("OS-EXT-SRV-ATTR:launch_index")
        Integer launchIndex,

        @Since("2.3") @JsonProperty("OS-EXT-SRV-ATTR:hostname")
        String hostName,

        @Since("2.3") @JsonProperty("OS-EXT-SRV-ATTR:kernel_id")
        String kernelId,

        @Since("2.3") @JsonProperty("OS-EXT-SRV-ATTR:ramdisk_id")
        String ramdiskId,

        @Since("2.3") @JsonProperty("OS-EXT-SRV-ATTR:root_device_name")
        String rootDevice,

        @Since("2.3") @JsonProperty("OS-EXT-SRV-ATTR:user_data")
        Optional<String> userData,

        @JsonProperty("OS-EXT-STS:task_state") Optional<String> taskState,
        @JsonProperty("OS-EXT-STS:vm_state") String vmState,
        @JsonProperty("OS-EXT-STS:power_state") int powerState,

        @JsonProperty("os-extended-volumes:volumes_attached")
        List<Object> volumes,

        @Since("2.9") boolean locked,
        @Since("2.16") @JsonProperty("host_status") String hostStatus,
        @Since("2.19") Optional<String> description,
        @Since("2.26") Set<String> tags,

        @Since("2.63") @JsonProperty("trusted_image_certificates")
        Optional<Object> certificates,

        @Since("2.71") @JsonProperty("server_groups") List<Object> serverGroups,
        @Since("2.73") @JsonProperty("locked_reason") Optional<String> lockedReason,
        FaultView fault) {

    record AddressView(
            int version,
            String addr,
            @JsonProperty("OS-EXT-IPS:type") String type,
            @JsonProperty("OS-EXT-IPS-MAC:mac_addr") String mac) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FaultView(int code, String message, Instant created, String details) {}

    /** The hypervisor's word for it, as a number since nova's first day. */
    static int powerState(Server server) {
        return switch (server.power()) {
            case UNKNOWN -> 0;
            case RUNNING -> 1;
            case PAUSED -> 3;
            case SHUT_OFF -> 4;
            case CRASHED -> 6;
        };
    }

    static FaultView fault(Server server, boolean forOperator) {
        boolean shown = server.vmState() == VmState.ERROR;
        return server.fault()
                .filter(fault -> shown)
                .map(fault ->
                        new FaultView(fault.code(), fault.text(), fault.at(), forOperator ? fault.detail() : null))
                .orElse(null);
    }

    static Optional<String> taskState(Server server) {
        return server.task().map(Task::apiName);
    }
}
