package cloud.haneul.placement.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.ApiFamily;
import cloud.haneul.kernel.rest.ApiFamilySource;
import cloud.haneul.kernel.rest.ErrorShapes;
import cloud.haneul.kernel.rest.Microversions;
import java.util.List;

/** The placement API's habits. */
@Component
class PlacementApi implements ApiFamilySource {
    static final Microversions VERSIONS = Microversions.of("placement", "1.0", "1.39");

    @Override
    public List<ApiFamily> families() {
        return List.of(
                ApiFamily.of("placement", "/placement", ErrorShapes.placement()).microversions(VERSIONS));
    }
}
