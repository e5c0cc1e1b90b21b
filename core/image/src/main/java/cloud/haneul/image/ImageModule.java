package cloud.haneul.image;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.ServiceModule;
import cloud.haneul.kernel.Setting;
import java.util.List;

/** The image service in the catalogue, with its quota and settings. */
@Component
class ImageModule implements ServiceModule {
    @Override
    public String name() {
        return "image";
    }

    @Override
    public List<CatalogEntry> catalog() {
        return List.of(new CatalogEntry("image", "glance", "/image"));
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(ImageStore.MAX_BYTES, ImageStore.MAX_VIRTUAL_BYTES);
    }

    @Override
    public List<QuotaResource> quotas() {
        return List.of(new QuotaResource("image_count_total", 100, true));
    }
}
