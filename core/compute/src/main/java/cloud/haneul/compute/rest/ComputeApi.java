package cloud.haneul.compute.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.rest.ApiFamily;
import cloud.haneul.kernel.rest.ApiFamilySource;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.ErrorShapes;
import cloud.haneul.kernel.rest.Links.Link;
import cloud.haneul.kernel.rest.Microversions;
import java.util.List;
import java.util.UUID;

/** The compute API's habits: paths, microversions (2.95 is OpenStack 2023.1's), errors. */
@Component
class ComputeApi implements ApiFamilySource {
    static final String ROOT = "/compute/v2.1";
    static final Microversions VERSIONS =
            Microversions.of("compute", "2.1", "2.95").legacyHeader("X-OpenStack-Nova-API-Version");

    @Override
    public List<ApiFamily> families() {
        return List.of(ApiFamily.of("compute", "/compute", ErrorShapes.nova())
                .microversions(VERSIONS)
                .requestIdHeader("X-Compute-Request-Id"));
    }

    /** @throws Fault NOT_FOUND for what cannot be an id */
    static UUID serverId(String text) {
        return Ids.parse(text).orElseThrow(() -> Fault.notFound("Instance", text));
    }

    static List<Link> links(Call call, String resource) {
        return call.links().resource(ROOT, "/compute", resource);
    }
}
