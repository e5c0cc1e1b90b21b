package cloud.haneul.portal;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Predicate;
import org.apache.shiro.web.filter.AccessControlFilter;

/**
 * Decides about a web socket before it is one: a plain 403 costs the server less, and does less in it, than a socket that is opened to
 * be closed (see {@code RequestPools}).
 */
class SocketGuard extends AccessControlFilter {
    private final Predicate<ServletRequest> admitted;

    SocketGuard(Predicate<ServletRequest> admitted) {
        this.admitted = admitted;
    }

    @Override
    protected boolean isAccessAllowed(ServletRequest request, ServletResponse response, Object mappedValue) {
        return admitted.test(request);
    }

    @Override
    protected boolean onAccessDenied(ServletRequest request, ServletResponse response) {
        ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_FORBIDDEN);
        return false;
    }
}
