package cloud.haneul.portal.wiring;

import cloud.haneul.kernel.rest.Anonymous;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.glassfish.jersey.server.model.Invocable;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;

/**
 * One operation of the REST APIs: a method and a path such as {@code /network/v2.0/ports/{id}}, as the JAX-RS resources on the
 * class path declare them.
 *
 * @param anonymous whether nobody needs a token there
 */
record Endpoint(String method, String path, boolean anonymous) implements Comparable<Endpoint> {

    /** Every endpoint of every bean with a path, those of subresources among them. */
    static List<Endpoint> all(BeanManager beans) {
        Set<Endpoint> found = new TreeSet<>();
        for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
            if (bean.getBeanClass().isAnnotationPresent(Path.class)) {
                collect(Resource.from(bean.getBeanClass()), "", found);
            }
        }
        return new ArrayList<>(found);
    }

    private static void collect(Resource resource, String above, Set<Endpoint> found) {
        String own = resource.getPath() == null ? "" : resource.getPath();
        String path = (above + (own.isEmpty() || own.startsWith("/") ? "" : "/") + own).replaceAll("/+", "/");
        for (ResourceMethod method : resource.getResourceMethods()) {
            found.add(new Endpoint(
                    method.getHttpMethod(),
                    path.length() > 1 ? path.replaceFirst("/$", "") : path,
                    isAnonymous(method.getInvocable())));
        }
        ResourceMethod locator = resource.getResourceLocator();
        if (locator != null) {
            collect(Resource.from(locator.getInvocable().getRawRoutingResponseType()), path, found);
        }
        resource.getChildResources().forEach(child -> collect(child, path, found));
    }

    private static boolean isAnonymous(Invocable invocable) {
        return invocable.getHandlingMethod().isAnnotationPresent(Anonymous.class)
                || invocable.getHandler().getHandlerClass().isAnnotationPresent(Anonymous.class);
    }

    boolean reads() {
        return method.equals("GET") || method.equals("HEAD");
    }

    @Override
    public int compareTo(Endpoint other) {
        return Comparator.comparing(Endpoint::path)
                .thenComparing(Endpoint::method)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
