package cloud.haneul.identity.rest;

import cloud.haneul.identity.AssignmentNames.Named;
import cloud.haneul.identity.Grant;
import cloud.haneul.identity.HeldRole;
import cloud.haneul.kernel.rest.Call;
import java.util.Locale;
import java.util.Map;

/**
 * An assignment as JSON.
 *
 * @param names of all that is spoken of, by id; without any only ids are shown
 */
record RoleAssignmentView(Call call, Map<String, Named> names) {
    View of(HeldRole held) {
        Grant grant = held.grant();
        boolean user = grant.actor().type() == Grant.ActorType.USER;
        Grant.Target from = held.from().orElse(grant.target());
        boolean inherited = grant.inherited() || held.from().isPresent();
        View scope = View.of().with(word(grant.target()), scope(grant.target()));
        if (inherited) {
            scope.with("OS-INHERIT:inherited_to", "projects");
        }
        String path = (inherited ? "/OS-INHERIT" : "")
                + (from.type() == Grant.TargetType.SYSTEM ? "/system" : "/" + word(from) + "s/" + from.id())
                + (held.groupId().isPresent() || !user ? "/groups/" : "/users/")
                + held.groupId().orElse(grant.actor().id())
                + "/roles/" + held.priorRoleId().orElse(grant.roleId())
                + (inherited ? "/inherited_to_projects" : "");
        View links = View.of().with("assignment", link(path));
        held.groupId()
                .ifPresent(group -> links.with(
                        "membership",
                        link("/groups/" + group + "/users/" + grant.actor().id())));
        held.priorRoleId()
                .ifPresent(prior -> links.with("prior_role", link("/roles/" + prior + "/implies/" + grant.roleId())));
        return View.of()
                .with("links", links.map())
                .with("role", thing(grant.roleId()))
                .with("scope", scope.map())
                .with(user ? "user" : "group", thing(grant.actor().id()));
    }

    private Map<String, Object> scope(Grant.Target target) {
        return target.type() == Grant.TargetType.SYSTEM ? Map.of("all", true) : thing(target.id());
    }

    private Map<String, Object> thing(String id) {
        Named named = names.get(id);
        if (named == null) {
            return Map.of("id", id);
        }
        View view = View.of().with("id", id).with("name", named.name());
        named.domainId().ifPresent(domain -> view.with("domain", View.idAndName(domain, named.domainName())));
        return view.map();
    }

    private String link(String path) {
        return call.baseUrl() + IdentityApi.V3 + path;
    }

    private static String word(Grant.Target target) {
        return target.type().name().toLowerCase(Locale.ROOT);
    }
}
