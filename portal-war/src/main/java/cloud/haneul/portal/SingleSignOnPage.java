package cloud.haneul.portal;

import cloud.haneul.identity.Login.Scope;
import cloud.haneul.identity.SingleSignOn;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.apache.shiro.authc.AuthenticationException;

/**
 * Where a web login at an identity provider ends: takes the token that the browser carries here from our own address (posts from
 * elsewhere do not come through {@link FrontFilter}, so nobody is signed in as somebody else) and opens a session with it.
 */
@WebServlet(SingleSignOn.PORTAL)
public class SingleSignOnPage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Entrance entrance;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String token = Optional.ofNullable(request.getParameter("token")).orElse("");
        try {
            entrance.enter(cloud.haneul.identity.Login.token(token, Scope.PREFERRED), request);
            response.sendRedirect(request.getContextPath() + Redirects.HOME);
        } catch (AuthenticationException e) {
            response.sendRedirect(request.getContextPath() + Redirects.HOME + "login.xhtml");
        }
    }
}
