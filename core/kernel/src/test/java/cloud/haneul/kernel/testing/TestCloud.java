package cloud.haneul.kernel.testing;

import cloud.haneul.kernel.Cloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A controller without the server: all beans of the class path, started, over an empty database and an empty home folder;
 * one for each test class. Constructors and methods of the test take beans, the cloud itself or its clock as parameters:
 *
 * <pre>{@code
 * @ExtendWith(TestCloud.class)
 * class QuotasTest {
 *     private final Quotas quotas;
 *
 *     QuotasTest(Quotas quotas) {
 *         this.quotas = quotas;
 *     }
 * }
 * }</pre>
 */
public final class TestCloud implements BeforeAllCallback, ParameterResolver, ExtensionContext.Store.CloseableResource {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(TestCloud.class);

    private final TestDatabase database;
    private final Path folder;
    private final Map<String, String> settings = new HashMap<>();
    private final Deque<WeldContainer> controllers = new ArrayDeque<>();

    /** For JUnit, which makes its extensions itself; the cloud is the one in the store. */
    public TestCloud() {
        database = null;
        folder = null;
    }

    private TestCloud(ExtensionContext context) {
        database = new TestDatabase();
        settings.put("haneul.db.url", database.url());
        settings.put("haneul.db.user", database.user());
        settings.put("haneul.db.password", database.password());
        settings.put("haneul.db.pool", "12");
        for (Class<?> c = context.getRequiredTestClass(); c != null; c = c.getEnclosingClass()) {
            for (With with : c.getAnnotationsByType(With.class)) {
                String[] pair = with.value().split("=", 2);
                settings.putIfAbsent(pair[0], pair[1]);
            }
        }
        try {
            folder = Files.createTempDirectory("haneul-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings.put("haneul.home", folder.resolve("home").toString());
        settings.forEach(System::setProperty);
        start();
    }

    /** The bean of a type. */
    public <T> T get(Class<T> type) {
        return controllers.getFirst().select(type).get();
    }

    public TestClock clock() {
        return (TestClock) get(Clock.class);
    }

    /** This controller's data folder. */
    public Path home() {
        return folder.resolve("home");
    }

    /** Statements sent to databases through JPA since the JVM started; compare two readings. */
    public long statements() {
        return Statements.count();
    }

    /** A bean of one more controller on the same database, with a copy of the home folder and a clock of its own. */
    public Another another() {
        Path home = folder.resolve("home" + controllers.size());
        copy(home(), home);
        System.setProperty("haneul.home", home.toString());
        try {
            return new Another(start());
        } finally {
            System.setProperty("haneul.home", home().toString());
        }
    }

    /** One more controller. */
    public record Another(WeldContainer beans) {
        public <T> T get(Class<T> type) {
            return beans.select(type).get();
        }
    }

    private WeldContainer start() {
        WeldContainer container =
                new Weld("cloud-" + System.identityHashCode(this) + "-" + controllers.size()).initialize();
        controllers.addLast(container);
        container.select(Cloud.class).get().start();
        return container;
    }

    @Override
    public void close() {
        while (!controllers.isEmpty()) {
            WeldContainer controller = controllers.removeLast();
            controller.select(Cloud.class).get().stop();
            controller.close();
        }
        database.close();
        settings.keySet().forEach(System::clearProperty);
        delete(folder);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        of(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == TestCloud.class
                || type == TestClock.class
                || !of(context).controllers.getFirst().select(type).isUnsatisfied();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        TestCloud cloud = of(context);
        return type == TestCloud.class ? cloud : type == TestClock.class ? cloud.clock() : cloud.get(type);
    }

    private static TestCloud of(ExtensionContext context) {
        // the store looks in its parents first, so nested classes share the outer one's cloud
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(TestCloud.class, key -> new TestCloud(context), TestCloud.class);
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                if (!file.endsWith(Path.of("run", "node"))) {
                    Files.copy(file, to.resolve(from.relativize(file)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
