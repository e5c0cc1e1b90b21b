package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.plugin.PluginInfo;
import cloud.haneul.kernel.plugin.Plugins;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;

/** The driver plugins that were found, also those that cannot be used, with why. */
@Component
@Path("/haneul/v1/drivers")
@Produces(MediaType.APPLICATION_JSON)
public class DriversResource {
    private final Plugins plugins;
    private final Access access;

    @Inject
    DriversResource(Plugins plugins, Access access) {
        this.plugins = plugins;
        this.access = access;
    }

    @GET
    public Object list(@BeanParam Call call) {
        access.require(call.caller(), "haneul:drivers:list", Map.of());
        return Map.of(
                "plugins", plugins.list().stream().map(DriversResource::view).toList());
    }

    private static Map<String, Object> view(PluginInfo plugin) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", plugin.name());
        view.put("version", plugin.version());
        view.put("spi_version", plugin.spiVersion());
        view.put("loaded", plugin.isLoaded());
        view.put("failure", plugin.failure().isEmpty() ? null : plugin.failure());
        view.put("drivers", plugin.drivers());
        return view;
    }
}
