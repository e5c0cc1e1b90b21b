package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Cloud;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.HealthCheck;
import jakarta.inject.Inject;
import java.util.Optional;

/** Whether this controller has finished starting. */
@Component
class StartHealth implements HealthCheck {
    private final Cloud cloud;

    @Inject
    StartHealth(Cloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public String name() {
        return "start";
    }

    @Override
    public Optional<String> problem() {
        return cloud.isReady() ? Optional.empty() : Optional.of("still starting");
    }
}
