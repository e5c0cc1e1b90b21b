package cloud.haneul.kernel.access;

import cloud.haneul.kernel.Caller;
import java.util.Optional;

/** Who somebody would be with a token for some scope, for explanations; the identity service is the only one who knows. */
public interface CallerBook {

    /** At most one of the three; none is an unscoped token. */
    record Scope(Optional<String> projectId, Optional<String> domainId, boolean system) {
        public static Scope of(Caller caller) {
            return new Scope(caller.projectId(), caller.domainId(), caller.system());
        }
    }

    /**
     * The user with the roles he has there now; without any when he gets no token for it. Empty when there is no such user.
     *
     * @param asker whose request it is
     */
    Optional<Caller> caller(Caller asker, String userId, Scope scope);
}
