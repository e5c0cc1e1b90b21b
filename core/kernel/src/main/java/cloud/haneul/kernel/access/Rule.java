package cloud.haneul.kernel.access;

import cloud.haneul.kernel.Caller;
import java.util.Map;

/**
 * A rule in force.
 *
 * @param service the room it belongs to, for instance {@code compute}
 * @param name without the service, for instance {@code os_compute_api:servers:create}
 * @param text the check as written
 * @param source where it is written: a service's defaults or the operator's file, with the line
 * @param overridden whether the operator's file replaced the service's default
 * @param scope what every rule of the service needs besides, such as a token with a project
 */
record Rule(String service, String name, String text, String source, boolean overridden, Check scope, Check check) {

    boolean test(Caller caller, Map<String, ?> target) {
        return scope.test(caller, target) && check.test(caller, target);
    }
}
