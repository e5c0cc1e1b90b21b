package cloud.haneul.portal.wiring;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the server from using the objects of an ended request for the next one. When a web socket ends while its other side still
 * speaks, the server puts them back twice, or while a thread writes to them; two requests share them then, and one fails, or gets
 * what is meant for the other. Whoever can open a web socket can make that happen. See docs/adr/0005.
 */
final class RequestPools {
    private static final Logger LOG = LoggerFactory.getLogger(RequestPools.class);
    private static final String POOLS = "org.glassfish.grizzly.ThreadCache";
    /** Request and response as they are read, with the container's that hang on them, and what says whether they wait for somebody. */
    private static final List<String> SHARED = List.of(
            "org.glassfish.grizzly.http.server.Request",
            "org.glassfish.grizzly.http.server.SuspendStatus",
            "org.glassfish.grizzly.http.HttpServerFilter$ServerHttpRequestImpl",
            "org.glassfish.grizzly.filterchain.FilterChainContext");

    private RequestPools() {}

    /** To be called before the first request: what a thread has pooled by then stays pooled. */
    static void close() {
        try {
            Class<?> cache = Class.forName(POOLS, true, RequestPools.class.getClassLoader());
            Map<?, ?> pools = (Map<?, ?>) field(cache, "typeIndexMap").get(null);
            for (String type : SHARED) {
                // makes the pool when nobody has used the type yet
                Class.forName(type, true, cache.getClassLoader());
                Object pool = pools.get(type);
                if (pool == null) {
                    throw new NoSuchFieldException("no pool of " + type);
                }
                field(pool.getClass(), "size").setInt(pool, 0);
            }
        } catch (ReflectiveOperationException e) {
            LOG.error(
                    "This server may answer one request with what is meant for another; use the one Haneul comes with",
                    e);
        }
    }

    private static Field field(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
