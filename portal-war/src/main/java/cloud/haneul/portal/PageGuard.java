package cloud.haneul.portal;

import cloud.haneul.identity.PortalSessions;
import cloud.haneul.identity.SignedIn;
import cloud.haneul.identity.Tokens;
import cloud.haneul.kernel.Fault;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import org.apache.shiro.subject.Subject;
import org.apache.shiro.web.filter.AccessControlFilter;

/**
 * Lets those see pages whose login is still good, and sends all others to the login page and, afterwards, back to the page they
 * wanted. Knows the requests of Faces scripts too.
 */
class PageGuard extends AccessControlFilter {
    private static final String SEEN = PageGuard.class.getName();
    private static final long MINUTE = 60_000;

    private final Tokens tokens;
    private final PortalSessions sessions;
    private final Clock clock;

    PageGuard(Tokens tokens, PortalSessions sessions, Clock clock) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    protected boolean isAccessAllowed(ServletRequest request, ServletResponse response, Object mappedValue) {
        Subject subject = getSubject(request, response);
        if (!isKnown(subject)) {
            return false;
        }
        seen((HttpServletRequest) request, ((SignedIn) subject.getPrincipal()).token());
        return true;
    }

    /** Whether the subject's login is still good; ends his session when it is not. */
    boolean isKnown(Subject subject) {
        if (!(subject.getPrincipal() instanceof SignedIn login)) {
            return false;
        }
        try {
            tokens.check(login.token());
            return true;
        } catch (Fault over) {
            subject.logout();
            return false;
        }
    }

    /** Tells once a minute that he is still there. */
    private void seen(HttpServletRequest request, String token) {
        long now = clock.millis();
        HttpSession session = request.getSession();
        if (!(session.getAttribute(SEEN) instanceof Long before)) {
            session.setAttribute(SEEN, now);
        } else if (now - before >= MINUTE) {
            session.setAttribute(SEEN, now);
            sessions.seen(token);
        }
    }

    @Override
    protected boolean onAccessDenied(ServletRequest request, ServletResponse response) throws IOException {
        HttpServletRequest asked = (HttpServletRequest) request;
        Redirects.toLogin(asked, (HttpServletResponse) response);
        return false;
    }
}
