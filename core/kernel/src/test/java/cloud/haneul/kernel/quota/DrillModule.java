package cloud.haneul.kernel.quota;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.ServiceModule;
import java.util.List;

/** A service whose only business is to have quotas. */
@Component
class DrillModule implements ServiceModule {
    static final int LIMIT = 7;

    @Override
    public String name() {
        return "quota-drill";
    }

    @Override
    public List<QuotaResource> quotas() {
        return List.of(new QuotaResource("drills", LIMIT, true), new QuotaResource("drill_bits", -1, true));
    }
}
