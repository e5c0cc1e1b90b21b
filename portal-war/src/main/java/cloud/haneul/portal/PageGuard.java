package cloud.haneul.portal;

import cloud.haneul.identity.SignedIn;
import cloud.haneul.identity.Tokens;
import cloud.haneul.kernel.Fault;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.shiro.subject.Subject;
import org.apache.shiro.web.filter.AccessControlFilter;

/**
 * Lets those see pages whose login is still good, and sends all others to the login page and, afterwards, back to the page they
 * wanted. Knows the requests of Faces scripts too.
 */
class PageGuard extends AccessControlFilter {
    private final Tokens tokens;

    PageGuard(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    protected boolean isAccessAllowed(ServletRequest request, ServletResponse response, Object mappedValue) {
        return isKnown(getSubject(request, response));
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

    @Override
    protected boolean onAccessDenied(ServletRequest request, ServletResponse response) throws IOException {
        HttpServletRequest asked = (HttpServletRequest) request;
        Redirects.toLogin(asked, (HttpServletResponse) response);
        return false;
    }
}
