package cloud.haneul.portal.wiring;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;

/** Keeps the pages' beans out of the clouds of tests: they live on Faces, which is there on the server alone. */
public class ApisOnly implements Extension {
    <T> void noPages(@Observes ProcessAnnotatedType<T> type) {
        String name = type.getAnnotatedType().getJavaClass().getPackageName();
        if (name.startsWith("cloud.haneul.portal") && !name.equals("cloud.haneul.portal.wiring")) {
            type.veto();
        }
    }
}
