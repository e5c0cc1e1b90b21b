package cloud.haneul.portal;

import cloud.haneul.identity.PasswordToken;
import cloud.haneul.identity.PortalSessions;
import cloud.haneul.kernel.Authenticator.RequestInfo;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.apache.shiro.SecurityUtils;
import org.apache.shiro.authc.AuthenticationException;

/** Every way to sign in to the portal ends here: the session gets a new id, belongs to somebody else than before, and is on his list. */
@ApplicationScoped
public class Entrance {
    private final Me me;
    private final PortalSessions sessions;

    /** For the proxy. */
    protected Entrance() {
        this(null, null);
    }

    @Inject
    Entrance(Me me, PortalSessions sessions) {
        this.me = me;
        this.sessions = sessions;
    }

    /** @throws AuthenticationException when he is not let in, see {@link cloud.haneul.identity.PasswordRealm} */
    public void enter(cloud.haneul.identity.Login login, HttpServletRequest request) {
        if (request.getSession(false) != null) {
            request.changeSessionId();
        }
        RequestInfo visit = Me.visit(request);
        SecurityUtils.getSubject().login(new PasswordToken(login, visit));
        me.begin();
        sessions.begin(
                Me.login().token(),
                visit.address(),
                Optional.ofNullable(request.getHeader("User-Agent")).orElse(""));
    }
}
