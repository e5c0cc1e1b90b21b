package cloud.haneul.identity.rest;

import cloud.haneul.identity.Endpoint;
import cloud.haneul.kernel.rest.Call;

/** An endpoint as JSON. */
final class EndpointView {
    private EndpointView() {}

    /** Addresses that are a path alone are shown as the client can use them. */
    static View of(Call call, Endpoint endpoint) {
        String url = endpoint.url();
        return View.of()
                .with("id", endpoint.id())
                .with("interface", endpoint.face())
                .with("region_id", endpoint.regionId())
                .with("region", endpoint.regionId())
                .with("service_id", endpoint.serviceId())
                .with("url", url.startsWith("/") ? call.baseUrl() + url : url)
                .with("enabled", endpoint.isEnabled())
                .self(call, "/endpoints/" + endpoint.id())
                .extra(endpoint.extra());
    }
}
