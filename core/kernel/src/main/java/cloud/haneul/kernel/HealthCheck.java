package cloud.haneul.kernel;

import java.util.Optional;

/** One thing without which this controller should get no requests: a bean of this type is asked by {@code /health/ready}. */
public interface HealthCheck {

    /** A short name in kebab-case, such as {@code database}. */
    String name();

    /** What is wrong, in words that may be shown to anybody; empty when all is well. Must answer within a second. */
    Optional<String> problem();
}
