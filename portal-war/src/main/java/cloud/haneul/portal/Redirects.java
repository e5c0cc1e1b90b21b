package cloud.haneul.portal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Leading a browser elsewhere, whether a page or a Faces script asked, and never off this site. */
final class Redirects {
    static final String HOME = "/dashboard/";

    private Redirects() {}

    /** Whether a Faces script asks, who understands only its own kind of answer. */
    static boolean isScripted(HttpServletRequest request) {
        return "partial/ajax".equals(request.getHeader("Faces-Request"));
    }

    static void send(HttpServletRequest request, HttpServletResponse response, String address) throws IOException {
        if (!isScripted(request)) {
            response.sendRedirect(address);
            return;
        }
        response.setContentType("text/xml;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter()
                .print("<?xml version=\"1.0\" encoding=\"UTF-8\"?><partial-response><redirect url=\""
                        + address.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;")
                        + "\"/></partial-response>");
    }

    static void toLogin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // a script asks for what its page posts; the page itself is where people want to be
        boolean isPage = !isScripted(request) && "GET".equals(request.getMethod());
        send(request, response, login(request, isPage ? address(request) : pageOf(request)));
    }

    private static String login(HttpServletRequest request, String wanted) {
        String page = request.getContextPath() + HOME + "login.xhtml";
        return wanted.equals(request.getContextPath() + HOME)
                ? page
                : page + "?to=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8);
    }

    static String address(HttpServletRequest request) {
        return request.getRequestURI()
                + Optional.ofNullable(request.getQueryString())
                        .map(query -> "?" + query)
                        .orElse("");
    }

    /** The page a form or script belongs to: the one it says it comes from when that is ours, else the one it posts to. */
    static String pageOf(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Referer"))
                .flatMap(Redirects::pathOf)
                .filter(path -> isOurs(request, path))
                .orElse(request.getRequestURI());
    }

    /** Only pages of the portal: a login must not lead to somebody else's site. */
    static boolean isOurs(HttpServletRequest request, String path) {
        return path.startsWith(request.getContextPath() + HOME)
                && !path.contains("\\")
                && !path.contains("/../")
                && path.chars().noneMatch(Character::isISOControl);
    }

    private static Optional<String> pathOf(String address) {
        try {
            URI uri = URI.create(address);
            return Optional.ofNullable(uri.getRawPath())
                    .map(path -> path
                            + Optional.ofNullable(uri.getRawQuery())
                                    .map(query -> "?" + query)
                                    .orElse(""));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
