package cloud.haneul.portal.wiring;

import cloud.haneul.kernel.Component;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.ext.Provider;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.glassfish.jersey.jackson.JacksonFeature;
import org.glassfish.jersey.server.ServerProperties;

/**
 * The one JAX-RS application. There is no list of resources: every {@link Component} with {@link Path} or {@link Provider}, of
 * whatever jar, is part of it, and CDI makes it, so that it gets its services through its constructor. They are handed to Jersey
 * as objects, which leaves it nothing to look for and nothing to make.
 */
public class RestApplication extends Application {
    private final BeanManager beans = CDI.current().getBeanManager();

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(JacksonFeature.class);
    }

    @Override
    public Set<Object> getSingletons() {
        Set<Object> found = new HashSet<>();
        for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
            if (bean.getStereotypes().contains(Component.class) && isPartOfRest(bean.getBeanClass())) {
                found.add(beans.getReference(bean, bean.getBeanClass(), beans.createCreationalContext(bean)));
            }
        }
        return found;
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of(
                // Jackson instead of JSON-B, which the server has as well and which takes four times as long for a list
                "jersey.config.jsonFeature",
                "JacksonFeature",
                "jersey.config.server.jsonFeature",
                "JacksonFeature",
                ServerProperties.WADL_FEATURE_DISABLE,
                true,
                // an answer of ours without a body must not become an error page of the server's
                ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR,
                true);
    }

    private static boolean isPartOfRest(Class<?> type) {
        return type.isAnnotationPresent(Path.class) || type.isAnnotationPresent(Provider.class);
    }
}
