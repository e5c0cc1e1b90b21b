package cloud.haneul.kernel;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who is asking, with what scope and roles: the first argument of every use case. Made once per request from a token or a
 * portal session and never changed. At most one of project, domain and system is the scope; none means an unscoped token.
 *
 * @param roles names in lower case, implied roles included
 * @param requestId {@code req-<uuid>} of this request, on every log line and operation it leads to
 * @param globalRequestId the id the client brought in {@code X-Openstack-Request-Id}, if any
 * @param address the client's network address as seen by the server, for the audit trail
 * @param delegation by whose leave he acts, when it is not simply he himself
 */
public record Caller(
        String userId,
        String userName,
        String userDomainId,
        String userDomainName,
        Optional<String> projectId,
        Optional<String> projectName,
        Optional<String> projectDomainId,
        Optional<String> projectDomainName,
        Optional<String> domainId,
        Optional<String> domainName,
        boolean system,
        Set<String> roles,
        String requestId,
        Optional<String> globalRequestId,
        Locale locale,
        String address,
        Optional<Delegation> delegation) {

    /** User id of the cloud's own work, such as a reconciler's; no person can have it. */
    public static final String INNER_USER = "haneul";

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Somebody who acts himself. */
    public Caller(
            String userId,
            String userName,
            String userDomainId,
            String userDomainName,
            Optional<String> projectId,
            Optional<String> projectName,
            Optional<String> projectDomainId,
            Optional<String> projectDomainName,
            Optional<String> domainId,
            Optional<String> domainName,
            boolean system,
            Set<String> roles,
            String requestId,
            Optional<String> globalRequestId,
            Locale locale,
            String address) {
        this(
                userId,
                userName,
                userDomainId,
                userDomainName,
                projectId,
                projectName,
                projectDomainId,
                projectDomainName,
                domainId,
                domainName,
                system,
                roles,
                requestId,
                globalRequestId,
                locale,
                address,
                Optional.empty());
    }

    /** The cloud itself at work in {@code what}, for instance {@code "power-state reconciler"}; has every role. */
    public static Caller inner(String what) {
        return new Caller(
                INNER_USER,
                what,
                "default",
                "Default",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                Set.of("admin", "manager", "member", "reader", "service"),
                Ids.newRequestId(),
                Optional.empty(),
                Locale.ENGLISH,
                "");
    }

    /** This caller acting in another project with the same roles: for the cloud's own work on behalf of a project. */
    public Caller inProject(String id) {
        return new Caller(
                userId,
                userName,
                userDomainId,
                userDomainName,
                Optional.of(id),
                Optional.of(id),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                roles,
                requestId,
                globalRequestId,
                locale,
                address,
                delegation);
    }

    public boolean hasRole(String role) {
        return roles.contains(role);
    }

    /** Whether the caller holds the cloud administrator's role, in whatever scope. */
    public boolean isAdmin() {
        return roles.contains("admin");
    }

    /**
     * The project this request is about.
     *
     * @throws Fault FORBIDDEN when the token is not scoped to a project
     */
    public String project() {
        return projectId.orElseThrow(() -> Fault.forbidden("This request needs a token that is scoped to a project."));
    }

    @Override
    public String toString() {
        return userName + "(" + userId + ")"
                + projectId.map(p -> " in project " + p).orElse("")
                + domainId.map(d -> " in domain " + d).orElse("")
                + (system ? " in the system" : "") + " as " + new TreeSet<>(roles);
    }
}
