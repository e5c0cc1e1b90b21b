package cloud.haneul.identity.rest;

import cloud.haneul.identity.AssignmentFilter;
import cloud.haneul.identity.AssignmentNames;
import cloud.haneul.identity.Assignments;
import cloud.haneul.identity.Grant;
import cloud.haneul.identity.HeldRole;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.rest.Call;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code /role_assignments}: who has which role where. */
@Component
@Path("/identity/v3/role_assignments")
@Produces(MediaType.APPLICATION_JSON)
public class RoleAssignmentsResource {
    private final Assignments assignments;
    private final AssignmentNames names;

    @Inject
    RoleAssignmentsResource(Assignments assignments, AssignmentNames names) {
        this.assignments = assignments;
        this.names = names;
    }

    /** A page for who asks for one; keystone has none here, so all for everybody else, written while it is read. */
    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        AssignmentFilter filter = filter(call);
        if (call.hasQuery("limit") || call.hasQuery("marker")) {
            Page page = call.page();
            List<HeldRole> held = assignments.list(call.caller(), filter, page);
            return View.page(call, "role_assignments", page, held, HeldRole::marker, view(call, held)::of);
        }
        Iterator<List<HeldRole>> all = assignments.all(call.caller(), filter);
        return View.stream(call, "role_assignments", all, some -> some.stream().map(view(call, some)::of));
    }

    private RoleAssignmentView view(Call call, List<HeldRole> held) {
        return new RoleAssignmentView(call, Body.flag(call, "include_names").orElse(false) ? names.of(held) : Map.of());
    }

    private static AssignmentFilter filter(Call call) {
        Optional<String> inheritance = call.query("scope.OS-INHERIT:inherited_to");
        if (inheritance.filter(to -> !to.equals("projects")).isPresent()) {
            throw Fault.badRequest("scope.OS-INHERIT:inherited_to", "Roles are inherited to projects only.");
        }
        return new AssignmentFilter(
                call.query("user.id"),
                call.query("group.id"),
                call.query("role.id"),
                target(call),
                inheritance.map(to -> true),
                Body.flag(call, "effective").orElse(false),
                Body.flag(call, "include_subtree").orElse(false));
    }

    private static Optional<Grant.Target> target(Call call) {
        Optional<String> project = call.query("scope.project.id");
        Optional<String> domain = call.query("scope.domain.id");
        Optional<String> system = call.query("scope.system");
        if (Stream.of(project, domain, system).filter(Optional::isPresent).count() > 1) {
            throw Fault.badRequest("scope", "Specify a domain or project or system, not more than one of them.");
        }
        return project.map(Grant.Target::project)
                .or(() -> domain.map(Grant.Target::domain))
                .or(() -> system.map(any -> Grant.Target.SYSTEM));
    }
}
