package cloud.haneul.kernel;

import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.DatabaseSettings;
import cloud.haneul.kernel.event.AuditRetention;
import cloud.haneul.kernel.operation.OperationSettings;
import cloud.haneul.kernel.plugin.Plugins;
import cloud.haneul.kernel.rest.RestSettings;
import java.util.ArrayList;
import java.util.List;

/** The kernel's own settings and rules. */
@Component
class KernelModule implements ServiceModule {
    @Override
    public String name() {
        return "haneul";
    }

    @Override
    public List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>();
        all.add(Home.HOME);
        all.addAll(List.of(PublicAddress.URL, PublicAddress.PORT));
        all.add(Access.POLICY_FILE);
        all.addAll(DatabaseSettings.all());
        all.addAll(OperationSettings.all());
        all.addAll(List.of(Plugins.FOLDER, Plugins.INSTALLATION, Plugins.DEADLINE));
        all.addAll(RestSettings.all());
        all.addAll(List.of(AuditRetention.KEEP, AuditRetention.MAX));
        return all;
    }
}
