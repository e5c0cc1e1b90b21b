package cloud.haneul.portal.wiring;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.ServiceModule;
import cloud.haneul.kernel.Setting;
import java.util.List;

/** The settings of the first cloud. Pages have no rules: they ask the services. */
@Component
class PortalModule implements ServiceModule {
    @Override
    public String name() {
        return "portal";
    }

    @Override
    public List<Setting<?>> settings() {
        return FirstCloud.settings();
    }
}
