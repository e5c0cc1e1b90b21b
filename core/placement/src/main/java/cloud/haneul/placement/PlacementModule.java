package cloud.haneul.placement;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.ServiceModule;
import java.util.List;

/** The placement service in the catalogue. */
@Component
class PlacementModule implements ServiceModule {
    @Override
    public String name() {
        return "placement";
    }

    @Override
    public List<CatalogEntry> catalog() {
        return List.of(new CatalogEntry("placement", "placement", "/placement"));
    }
}
