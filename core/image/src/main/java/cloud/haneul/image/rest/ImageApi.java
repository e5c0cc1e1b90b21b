package cloud.haneul.image.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.rest.ApiFamily;
import cloud.haneul.kernel.rest.ApiFamilySource;
import cloud.haneul.kernel.rest.ErrorShapes;
import java.util.List;
import java.util.UUID;

/** The image API's habits. */
@Component
class ImageApi implements ApiFamilySource {
    @Override
    public List<ApiFamily> families() {
        return List.of(ApiFamily.of("image", "/image", ErrorShapes.glance()).status(Fault.Kind.OVER_QUOTA, 413));
    }

    static UUID imageId(String text) {
        return Ids.parse(text)
                .orElseThrow(() -> Fault.of(Fault.Kind.NOT_FOUND, "Failed to find image " + text + " to show"));
    }
}
