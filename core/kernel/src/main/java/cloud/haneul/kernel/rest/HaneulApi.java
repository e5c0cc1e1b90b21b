package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Component;
import java.util.List;

/** {@code /haneul/v1}: what OpenStack has no API for; errors in nova's shape, which every client can read. */
@Component
class HaneulApi implements ApiFamilySource {
    @Override
    public List<ApiFamily> families() {
        return List.of(ApiFamily.of("haneul", "/haneul", ErrorShapes.nova()));
    }
}
