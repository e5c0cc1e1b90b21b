package cloud.haneul.compute;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.ServiceModule;
import cloud.haneul.kernel.Setting;
import java.util.List;

/** The compute service in the catalogue, with its quotas and settings. */
@Component
class ComputeModule implements ServiceModule {
    @Override
    public String name() {
        return "compute";
    }

    @Override
    public List<CatalogEntry> catalog() {
        return List.of(new CatalogEntry("compute", "nova", "/compute/v2.1"));
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(Consoles.TOKEN_LIFETIME);
    }

    /** Defaults as nova ships them. */
    @Override
    public List<QuotaResource> quotas() {
        return List.of(
                new QuotaResource("instances", 10, true),
                new QuotaResource("cores", 20, true),
                new QuotaResource("ram", 51_200, true),
                new QuotaResource("key_pairs", 100, true),
                new QuotaResource("metadata_items", 128, false),
                new QuotaResource("server_groups", 10, true),
                new QuotaResource("server_group_members", 10, false),
                new QuotaResource("injected_files", 5, false),
                new QuotaResource("injected_file_content_bytes", 10_240, false),
                new QuotaResource("injected_file_path_bytes", 255, false));
    }
}
