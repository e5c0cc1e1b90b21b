package cloud.haneul.kernel.plugin;

import cloud.haneul.kernel.data.Database;
import cloud.haneul.spi.Driver;
import cloud.haneul.spi.DriverException;
import cloud.haneul.spi.DriverException.Code;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What stands between the core and every driver. */
final class DriverProxy implements InvocationHandler {
    private final Object target;
    private final String type;
    private final Database database;
    private final DriverMetrics metrics;
    private final ExecutorService executor;
    private final Duration deadline;

    private DriverProxy(
            Object target,
            String type,
            Database database,
            DriverMetrics metrics,
            ExecutorService executor,
            Duration deadline) {
        this.target = target;
        this.type = type;
        this.database = database;
        this.metrics = metrics;
        this.executor = executor;
        this.deadline = deadline;
    }

    static <T> T around(
            Class<T> face,
            Object target,
            String type,
            Database database,
            DriverMetrics metrics,
            ExecutorService executor,
            Duration deadline) {
        return face.cast(Proxy.newProxyInstance(
                face.getClassLoader(),
                new Class<?>[] {face},
                new DriverProxy(target, type, database, metrics, executor, deadline)));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> type + " driver";
            };
        }
        if (method.getDeclaringClass() == Driver.class && method.getName().equals("feature")) {
            return feature((Class<?>) arguments[0]);
        }
        if (database.inTransaction()) {
            throw new IllegalStateException("Driver call " + method.getName() + " inside a database transaction");
        }
        long begun = System.nanoTime();
        boolean failed = true;
        Future<Object> call = executor.submit(() -> onDriver(method, arguments));
        try {
            Object result = call.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            failed = false;
            return result;
        } catch (TimeoutException e) {
            call.cancel(true);
            throw new DriverException(
                    Code.TIMEOUT,
                    "The " + type + " driver did not answer within " + deadline.toSeconds() + " seconds.",
                    method.getName(),
                    e);
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new DriverException(Code.INTERRUPTED, "The call was interrupted.", method.getName(), e);
        } catch (ExecutionException e) {
            throw translated(method, e.getCause());
        } finally {
            metrics.called(type, method.getName(), System.nanoTime() - begun, failed);
        }
    }

    private Object onDriver(Method method, Object[] arguments) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(target.getClass().getClassLoader());
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private Optional<?> feature(Class<?> face) {
        return ((Driver) target)
                .feature(face)
                .map(found -> around(face, found, type, database, metrics, executor, deadline));
    }

    private DriverException translated(Method method, Throwable thrown) {
        if (thrown instanceof DriverException e) {
            return e;
        }
        return new DriverException(
                Code.INTERNAL,
                "The " + type + " driver failed unexpectedly.",
                method.getName() + ": " + thrown,
                thrown);
    }
}
