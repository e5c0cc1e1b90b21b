package cloud.haneul.identity.rest;

import cloud.haneul.identity.Assignments;
import cloud.haneul.identity.Grant;
import cloud.haneul.kernel.Component;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;

/**
 * Where roles are given: in a project, in a domain, in all projects below either, in the whole system. Each a class of its own
 * path, longer than that of the projects and domains, so that JAX-RS finds it first.
 */
final class GrantPaths {
    private static final String V3 = "/identity/v3/";
    private static final String ACTOR = "{actors: users|groups}/{actor}/roles{role: (/[^/]+)?}";
    private static final String INHERITED = "/inherited_to_projects";

    private GrantPaths() {}

    @Component
    @Path(V3 + "projects/{target}/" + ACTOR)
    public static class InProject extends GrantsResource {
        @Inject
        InProject(Assignments assignments) {
            super(assignments, false);
        }

        @Override
        Grant.Target target(String id) {
            return Grant.Target.project(id);
        }
    }

    @Component
    @Path(V3 + "domains/{target}/" + ACTOR)
    public static class InDomain extends GrantsResource {
        @Inject
        InDomain(Assignments assignments) {
            super(assignments, false);
        }

        @Override
        Grant.Target target(String id) {
            return Grant.Target.domain(id);
        }
    }

    @Component
    @Path(V3 + "OS-INHERIT/projects/{target}/" + ACTOR + INHERITED)
    public static class BelowProject extends GrantsResource {
        @Inject
        BelowProject(Assignments assignments) {
            super(assignments, true);
        }

        @Override
        Grant.Target target(String id) {
            return Grant.Target.project(id);
        }
    }

    @Component
    @Path(V3 + "OS-INHERIT/domains/{target}/" + ACTOR + INHERITED)
    public static class BelowDomain extends GrantsResource {
        @Inject
        BelowDomain(Assignments assignments) {
            super(assignments, true);
        }

        @Override
        Grant.Target target(String id) {
            return Grant.Target.domain(id);
        }
    }

    @Component
    @Path(V3 + "system/" + ACTOR)
    public static class InSystem extends GrantsResource {
        @Inject
        InSystem(Assignments assignments) {
            super(assignments, false);
        }

        @Override
        Grant.Target target(String id) {
            return Grant.Target.SYSTEM;
        }
    }
}
