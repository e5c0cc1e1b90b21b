package cloud.haneul.network;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.ServiceModule;
import cloud.haneul.kernel.Setting;
import java.util.List;

/** The network service in the catalogue, with its quotas under neutron's names. */
@Component
class NetworkModule implements ServiceModule {
    static final List<QuotaResource> QUOTAS = List.of(
            new QuotaResource("network", 100, true),
            new QuotaResource("subnet", 100, true),
            new QuotaResource("port", 500, true),
            new QuotaResource("router", 10, true),
            new QuotaResource("floatingip", 50, true),
            new QuotaResource("security_group", 10, true),
            new QuotaResource("security_group_rule", 100, true));

    @Override
    public String name() {
        return "network";
    }

    @Override
    public List<CatalogEntry> catalog() {
        return List.of(new CatalogEntry("network", "neutron", "/network"));
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(NetworkBackEnd.DRIVER, NetworkWiring.THREADS, NetworkSpecs.METADATA_ENDPOINT);
    }

    @Override
    public List<QuotaResource> quotas() {
        return QUOTAS;
    }
}
