package cloud.haneul.tck;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.spi.Driver;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What all kinds of drivers promise. A driver's test class implements the contract of its kind; the class opens the driver
 * before each test (or once) and closes it at the end:
 *
 * <pre>{@code
 * class MyHypervisorTest implements HypervisorContract {
 *     private Hypervisor driver;
 *     public Hypervisor driver() { return driver; }
 *     public void reopen() { driver.close(); driver = open(); }
 * }
 * }</pre>
 *
 * <p>The back end must be the test's own: the contract removes after each test whatever the installation has in it.
 */
public interface DriverContract<D extends Driver> {

    /** The driver under test, open. */
    D driver();

    /** Closes the driver and opens another on the same back end with the same folder, as when the controller restarts. */
    void reopen();

    /** How long any one thing may take on this back end. */
    default Duration patience() {
        return Duration.ofSeconds(10);
    }

    /** The optional features this back end is expected to have. */
    default Set<Class<?>> features() {
        return Set.of();
    }

    /** A feature no driver has ever heard of. */
    interface Unheard {}

    @Test
    default void theBackEndAnswersAPing() {
        driver().ping();
        driver().ping();
    }

    @Test
    default void everySupportedFeatureIsThere() {
        for (Class<?> feature : features()) {
            assertThat(driver().feature(feature)).as(feature.getSimpleName()).containsInstanceOf(feature);
        }
    }

    @Test
    default void anUnknownFeatureIsNotThere() {
        assertThat(driver().feature(Unheard.class)).isEmpty();
    }

    @Test
    default void closingTwiceAndOpeningAgainIsFine() {
        driver().close();
        driver().close();
        reopen();
        driver().ping();
    }
}
