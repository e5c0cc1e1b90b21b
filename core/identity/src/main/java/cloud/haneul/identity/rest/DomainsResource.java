package cloud.haneul.identity.rest;

import cloud.haneul.identity.Domain;
import cloud.haneul.identity.Domains;
import cloud.haneul.identity.NewProject;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /domains}. */
@Component
@Path("/identity/v3/domains")
@Produces(MediaType.APPLICATION_JSON)
public class DomainsResource {
    private static final String HEX = "[0-9a-f]{32}";

    private final Domains domains;

    @Inject
    DomainsResource(Domains domains) {
        this.domains = domains;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        Page page = call.page();
        List<Domain> rows = domains.list(call.caller(), call.query("name"), Body.flag(call, "enabled"), page);
        return View.page(call, "domains", page, rows, Domain::id, domain -> DomainView.of(call, domain));
    }

    @POST
    public Response create(@BeanParam Call call) {
        JsonIn in = call.json().object("domain");
        Optional<String> id = in.optText("explicit_domain_id", 32, 32);
        if (id.filter(text -> !text.matches(HEX)).isPresent()) {
            throw in.invalid("explicit_domain_id", "is not 32 hexadecimal digits");
        }
        NewProject wanted = ProjectBody.wanted(in);
        wanted.extra().remove("explicit_domain_id");
        Domain domain = id.isPresent()
                ? domains.create(call.caller(), wanted, id.get())
                : domains.create(call.caller(), wanted);
        return Response.status(201)
                .entity(DomainView.of(call, domain).as("domain"))
                .build();
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        return DomainView.of(call, domains.get(call.caller(), id)).as("domain");
    }

    @PATCH
    @Path("{id}")
    public Map<String, Object> update(@BeanParam Call call, @PathParam("id") String id) {
        JsonIn in = call.json().object("domain");
        Body.fixed(in, "id", Optional.of(id));
        return DomainView.of(call, domains.update(call.caller(), id, ProjectBody.change(in)))
                .as("domain");
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        domains.delete(call.caller(), id);
    }
}
