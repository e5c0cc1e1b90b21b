package cloud.haneul.portal.wiring;

import cloud.haneul.kernel.Cloud;
import cloud.haneul.portal.compute.ConsoleRelay;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the cloud with the web application, before its first filter exists, and stops it last. A listener rather than CDI's
 * start-up event, which comes before the server has finished preparing the application.
 */
public class Boot implements ServletContextListener {
    /** Set by start.sh: the server is there for Haneul alone, and would otherwise go on without it and answer 404 to everything. */
    private static final String ENDS_WHEN_BROKEN = "haneul.ends-when-broken";

    private static final Logger LOG = LoggerFactory.getLogger(Boot.class);

    @Override
    public void contextInitialized(ServletContextEvent event) {
        try {
            RequestPools.close();
            addConsoles(event.getServletContext());
            cloud().start();
        } catch (RuntimeException | Error e) {
            if (!hasServerOfItsOwn()) {
                throw e;
            }
            LOG.error("Haneul cannot start", e);
            // not exit: the server's own shutdown would wait for the deployment, which waits here
            Runtime.getRuntime().halt(1);
        }
    }

    /**
     * The server finds this end point by itself, but loses it again after some starts: when Faces' initializer happens to run before
     * the one of the web sockets, it makes their container for its push channel alone. To be told twice does no harm.
     */
    private static void addConsoles(ServletContext context) {
        ServerContainer sockets = (ServerContainer) context.getAttribute(ServerContainer.class.getName());
        try {
            sockets.addEndpoint(ConsoleRelay.class);
        } catch (DeploymentException e) {
            throw new IllegalStateException("The consoles have no web socket", e);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        cloud().stop();
    }

    /** Whether the process is there for Haneul alone, as start.sh makes it. */
    static boolean hasServerOfItsOwn() {
        return Boolean.getBoolean(ENDS_WHEN_BROKEN);
    }

    /** Asked for rather than injected, so that a part that cannot be made is caught above as well. */
    private static Cloud cloud() {
        return CDI.current().select(Cloud.class).get();
    }
}
