package cloud.haneul.network;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import java.util.Optional;

/** Whose a new thing is to be. */
final class Owners {
    /** No project's id: stands for "somebody else's" in questions to the policy and for "no project" in conditions. */
    static final String NOBODY = "-";

    private Owners() {}

    /** @throws Fault BAD_REQUEST when somebody other than an administrator names another project */
    static String of(Caller caller, Optional<String> asked) {
        if (asked.isEmpty() || asked.equals(caller.projectId())) {
            return caller.project();
        }
        if (!caller.isAdmin()) {
            throw Fault.badRequest(
                    "project_id",
                    "Specifying 'project_id' or 'tenant_id' other than the authenticated project in request requires admin privileges");
        }
        return asked.get();
    }

    static String own(Caller caller) {
        return caller.projectId().orElse(NOBODY);
    }
}
