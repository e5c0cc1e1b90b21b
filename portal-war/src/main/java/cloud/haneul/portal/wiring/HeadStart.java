package cloud.haneul.portal.wiring;

import cloud.haneul.kernel.data.DatabaseHeadStart;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;

/**
 * The first of our code that a start comes by: what needs no beans begins here, beside the search for them. Only in a server of
 * its own; in others the settings may still change.
 */
public class HeadStart implements Extension {
    void begin(@Observes BeforeBeanDiscovery event) {
        if (Boot.hasServerOfItsOwn()) {
            DatabaseHeadStart.begin();
        }
    }
}
