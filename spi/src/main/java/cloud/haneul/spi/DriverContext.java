package cloud.haneul.spi;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;

/** What the core lends a driver. */
public interface DriverContext {

    /** Identifies this installation in names a driver leaves in a shared back end; letters, digits and dashes. */
    String installation();

    /** A folder of the driver's own on the controller, kept over restarts. */
    Path folder();

    Clock clock();

    /** Threads for listeners and streams; ended with the plugin. */
    ExecutorService executor();
}
