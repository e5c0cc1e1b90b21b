package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.ServiceModule;
import cloud.haneul.kernel.Setting;
import java.util.List;

/** The identity service in the catalogue. */
@Component
class IdentityModule implements ServiceModule {
    @Override
    public String name() {
        return "identity";
    }

    @Override
    public List<CatalogEntry> catalog() {
        return List.of(new CatalogEntry("identity", "keystone", "/identity"));
    }

    @Override
    public List<Setting<?>> settings() {
        return IdentitySettings.all();
    }
}
