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

    @Override
    public List<SealedColumn> sealed() {
        return List.of(new SealedColumn("compute_server", "id", "admin_password"));
    }

    /** Defaults as nova ships them. */
    @Override
    public List<QuotaResource> quotas() {
        return List.of(
                new QuotaResource("instances", 10, true, "servers"),
                new QuotaResource("cores", 20, true, "class:VCPU"),
                new QuotaResource("ram", 51_200, true, "class:MEMORY_MB"),
                new QuotaResource("key_pairs", 100, true, "server_key_pairs"),
                new QuotaResource("metadata_items", 128, false, "server_metadata_items"),
                new QuotaResource("server_groups", 10, true),
                new QuotaResource("server_group_members", 10, false),
                new QuotaResource("injected_files", 5, false, "server_injected_files"),
                new QuotaResource("injected_file_content_bytes", 10_240, false, "server_injected_file_content_bytes"),
                new QuotaResource("injected_file_path_bytes", 255, false, "server_injected_file_path_bytes"));
    }
}
