package cloud.haneul.portal.wiring;

import cloud.haneul.kernel.Cloud;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/**
 * Starts the cloud with the web application, before its first filter exists, and stops it last. A listener rather than CDI's
 * start-up event, which comes before the server has finished preparing the application.
 */
public class Boot implements ServletContextListener {
    @Inject
    private Cloud cloud;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        cloud.start();
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        cloud.stop();
    }
}
