package cloud.haneul.portal;

import cloud.haneul.compute.Consoles;
import cloud.haneul.identity.PortalSessions;
import cloud.haneul.identity.SingleSignOn;
import cloud.haneul.identity.Tokens;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletRequest;
import java.time.Clock;
import java.util.List;
import org.apache.shiro.SecurityUtils;
import org.apache.shiro.lang.util.Initializable;
import org.apache.shiro.realm.Realm;
import org.apache.shiro.web.env.DefaultWebEnvironment;
import org.apache.shiro.web.filter.authc.AnonymousFilter;
import org.apache.shiro.web.filter.mgt.DefaultFilterChainManager;
import org.apache.shiro.web.filter.mgt.PathMatchingFilterChainResolver;
import org.apache.shiro.web.mgt.DefaultWebSecurityManager;

/**
 * Shiro as the portal uses it: whoever is in the session may see pages, and the realms, identity's among them, say who gets in.
 * In Java rather than in a file, so that the realms are those CDI knows. Sessions are the server's own, shared with Faces.
 */
public class PortalEnvironment extends DefaultWebEnvironment implements Initializable {
    @Override
    public void init() {
        List<Realm> realms =
                CDI.current().select(Realm.class, Any.Literal.INSTANCE).stream().toList();
        DefaultWebSecurityManager manager = new DefaultWebSecurityManager();
        if (!realms.isEmpty()) {
            manager.setRealms(realms);
        }
        // a cookie that logs in by itself is not wanted
        manager.setRememberMeManager(null);
        setSecurityManager(manager);

        DefaultFilterChainManager chains = new DefaultFilterChainManager();
        chains.addFilter("anyone", new AnonymousFilter(), false);
        PageGuard known = new PageGuard(
                CDI.current().select(Tokens.class).get(),
                CDI.current().select(PortalSessions.class).get(),
                CDI.current().select(Clock.class).get());
        chains.addFilter("known", known, false);
        chains.addFilter("follower", new SocketGuard(request -> known.isKnown(SecurityUtils.getSubject())), false);
        chains.addFilter("watcher", new SocketGuard(PortalEnvironment::hasToken), false);
        chains.createChain("/dashboard/login.xhtml", "anyone");
        chains.createChain(SingleSignOn.PORTAL, "anyone");
        chains.createChain("/dashboard/error.xhtml", "anyone");
        // its token is the right to see it
        chains.createChain("/dashboard/console.xhtml", "anyone");
        chains.createChain("/dashboard/vendor/**", "anyone");
        chains.createChain("/dashboard/**", "known");
        chains.createChain("/jakarta.faces.push/**", "follower");
        chains.createChain("/ws/console", "watcher");
        PathMatchingFilterChainResolver resolver = new PathMatchingFilterChainResolver();
        resolver.setFilterChainManager(chains);
        setFilterChainResolver(resolver);
    }

    private static boolean hasToken(ServletRequest request) {
        String token = request.getParameter("token");
        return token != null && CDI.current().select(Consoles.class).get().admits(token);
    }
}
