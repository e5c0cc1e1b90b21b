package cloud.haneul.identity.rest;

import cloud.haneul.identity.Policies;
import cloud.haneul.identity.Policies.Place;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.rest.Call;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a policy is for: {@code endpoints/{id}}, {@code services/{id}} or {@code services/{id}/regions/{id}}. */
@Component
@Path("/identity/v3/policies/{policy}/OS-ENDPOINT-POLICY")
@Produces(MediaType.APPLICATION_JSON)
public class PolicyLinksResource {
    private static final String PLACE = "{place: endpoints/[^/]+|services/[^/]+(/regions/[^/]+)?}";
    private static final Pattern PARTS = Pattern.compile("(endpoints|services)/([^/]+)(?:/regions/([^/]+))?");

    private final Policies policies;

    @Inject
    PolicyLinksResource(Policies policies) {
        this.policies = policies;
    }

    @GET
    @Path("endpoints")
    public Map<String, Object> endpoints(@BeanParam Call call, @PathParam("policy") String policy) {
        return View.list(
                call,
                "endpoints",
                policies.endpoints(call.caller(), policy),
                endpoint -> EndpointView.of(call, endpoint));
    }

    @PUT
    @Path(PLACE)
    public void link(@BeanParam Call call, @PathParam("policy") String policy, @PathParam("place") String place) {
        policies.link(call.caller(), policy, place(place));
    }

    @GET
    @Path(PLACE)
    public void check(@BeanParam Call call, @PathParam("policy") String policy, @PathParam("place") String place) {
        policies.check(call.caller(), policy, place(place));
    }

    @DELETE
    @Path(PLACE)
    public void unlink(@BeanParam Call call, @PathParam("policy") String policy, @PathParam("place") String place) {
        policies.unlink(call.caller(), policy, place(place));
    }

    private static Place place(String path) {
        Matcher parts = PARTS.matcher(path);
        if (!parts.matches()) {
            throw new IllegalArgumentException("JAX-RS took a path that is none of ours: " + path);
        }
        return parts.group(1).equals("endpoints")
                ? Place.endpoint(parts.group(2))
                : parts.group(3) == null ? Place.service(parts.group(2)) : Place.region(parts.group(2), parts.group(3));
    }
}
