package cloud.haneul.network.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.network.ListQuery;
import cloud.haneul.network.SecurityGroups;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;

/** {@code /security-group-rules}. */
@Component
@Path(NetworkApi.ROOT + "security-group-rules")
@Produces(MediaType.APPLICATION_JSON)
public class SecurityGroupRulesResource {
    private final SecurityGroups groups;
    private final Views views;

    @Inject
    SecurityGroupRulesResource(SecurityGroups groups, Views views) {
        this.groups = groups;
        this.views = views;
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        ListQuery query = NetworkApi.query(call);
        return NetworkApi.list(
                call, query, "security_group_rules", groups.listRules(call.caller(), query), views::rule);
    }

    @POST
    public Response create(@BeanParam Call call) {
        return NetworkApi.create(
                call,
                "security_group_rule",
                "security_group_rules",
                Reads::rule,
                asked -> groups.createRules(call.caller(), asked),
                views::rule);
    }

    @GET
    @Path("{id}")
    public Map<String, Object> show(@BeanParam Call call, @PathParam("id") String id) {
        return NetworkApi.one(call, "security_group_rule", views.rule(groups.showRule(call.caller(), id(id))));
    }

    @DELETE
    @Path("{id}")
    public void delete(@BeanParam Call call, @PathParam("id") String id) {
        groups.deleteRule(call.caller(), id(id));
    }

    private static UUID id(String text) {
        return Ids.parse(text)
                .orElseThrow(() -> Fault.of(Fault.Kind.NOT_FOUND, "Security group rule " + text + " does not exist")
                        .type("SecurityGroupRuleNotFound"));
    }
}
