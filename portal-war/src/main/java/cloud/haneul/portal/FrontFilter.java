package cloud.haneul.portal;

import cloud.haneul.kernel.Ids;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * First at every page: gives the request its id, sets the headers that keep other sites out, and refuses what another site makes
 * a browser post or open here. The policy on scripts comes from PrimeFaces, which knows each page's nonce.
 */
public class FrontFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String REQUEST_ID = "cloud.haneul.portal.requestId";

    /** The id of the request being answered, as shown on error pages and found in the log. */
    static String requestId(HttpServletRequest request) {
        Object id = request.getAttribute(REQUEST_ID);
        if (id == null) {
            id = Ids.newRequestId();
            request.setAttribute(REQUEST_ID, id);
        }
        return id.toString();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String id = requestId(request);
        protect(request, response);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        if (request.getRequestURI().endsWith(".xhtml")
                && request.getRequestURI().contains("/dashboard/")) {
            response.setHeader("Cache-Control", "no-store");
        }
        if (isForeign(request)) {
            // no page: it would take the foreign form for one of its own
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        MDC.put("request", id);
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove("request");
        }
    }

    static void protect(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("x-openstack-request-id", requestId(request));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        if (request.getRequestURI().contains("/dashboard/")
                && !request.getRequestURI().contains("/vendor/")) {
            response.setHeader("Cache-Control", "no-store");
        }
    }

    /**
     * A change, or a web socket, asked for by a page that is not ours. Browsers send the origin with both, or at least where the
     * page is from; what sends neither is no browser.
     */
    private static boolean isForeign(HttpServletRequest request) {
        boolean reads = ("GET".equals(request.getMethod()) || "HEAD".equals(request.getMethod()))
                && request.getHeader("Upgrade") == null;
        return !reads
                && (Optional.ofNullable(request.getHeader("Origin"))
                                .filter(origin -> !isOwn(origin, request.getHeader("Host")))
                                .isPresent()
                        || Optional.ofNullable(request.getHeader("Sec-Fetch-Site"))
                                .filter(site -> !site.equals("same-origin") && !site.equals("none"))
                                .isPresent());
    }

    /** @param host of the request, which a browser does not let a page choose */
    static boolean isOwn(String origin, String host) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
