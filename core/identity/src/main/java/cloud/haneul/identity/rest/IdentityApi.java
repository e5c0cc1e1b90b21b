package cloud.haneul.identity.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.ApiFamily;
import cloud.haneul.kernel.rest.ApiFamilySource;
import cloud.haneul.kernel.rest.ErrorShapes;
import java.util.List;

/** The habits of keystone's API. */
@Component
class IdentityApi implements ApiFamilySource {
    /** Where version 3 lives on this server. */
    static final String V3 = "/identity/v3";

    @Override
    public List<ApiFamily> families() {
        return List.of(ApiFamily.of("identity", "/identity", ErrorShapes.keystone()));
    }
}
