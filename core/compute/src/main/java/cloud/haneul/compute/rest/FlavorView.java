package cloud.haneul.compute.rest;

import cloud.haneul.compute.Flavor;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.Links.Link;
import cloud.haneul.kernel.rest.Since;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A flavor as the API shows it in detail. */
record FlavorView(
        String id,
        String name,
        int vcpus,
        long ram,
        long disk,
        @JsonProperty("OS-FLV-EXT-DATA:ephemeral") long ephemeral,
        Object swap,
        @JsonProperty("rxtx_factor") double rxtxFactor,
        @JsonProperty("os-flavor-access:is_public") boolean isPublic,
        @JsonProperty("OS-FLV-DISABLED:disabled") boolean disabled,
        @Since("2.55") Optional<String> description,
        @Since("2.61") @JsonProperty("extra_specs") Map<String, String> extraSpecs,
        List<Link> links) {

    static FlavorView of(Call call, Flavor flavor) {
        return new FlavorView(
                flavor.id(),
                flavor.name(),
                flavor.vcpus(),
                flavor.ramMib(),
                flavor.diskGib(),
                flavor.ephemeralGib(),
                // an empty text stood for none until 2.75
                flavor.swapMib() == 0 && !call.isAtLeast("2.75") ? "" : flavor.swapMib(),
                flavor.rxtxFactor(),
                flavor.isPublic(),
                flavor.isDisabled(),
                flavor.description(),
                flavor.extraSpecs(),
                ComputeApi.links(call, "flavors/" + flavor.id()));
    }
}
