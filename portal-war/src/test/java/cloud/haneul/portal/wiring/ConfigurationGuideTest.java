package cloud.haneul.portal.wiring;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.ServiceModule;
import cloud.haneul.kernel.Setting;
import cloud.haneul.network.NetworkBackEnd;
import cloud.haneul.spi.ConfigProperty;
import cloud.haneul.spi.DriverFactory;
import cloud.haneul.spi.DriverPlugin;
import cloud.haneul.spi.network.NetworkDriver;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/**
 * The guide to the settings is what the code declares, each setting once. After a change of one, write it anew:
 *
 * <pre>mvn -Pfast -pl portal-war -am test -Dtest=ConfigurationGuideTest -Dgolden.update=true</pre>
 */
class ConfigurationGuideTest {
    private static final Path GUIDE = Path.of("../docs/operator/configuration.md");
    private static final List<String> ORDER =
            List.of("haneul", "identity", "image", "placement", "network", "compute", "portal");
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("cloud.haneul");

    private static final String HEAD = """
            # Settings

            Every setting has a key, which is also a system property of the server, and a name in the environment. None is needed:
            `./haneul up` sets what an installation must have. They are read at start. A duration is written as in ISO 8601: `PT10M` is
            ten minutes, `P7D` a week.

            *This page is generated from the code; `ConfigurationGuideTest` tells how.*
            """;

    @Test
    void theGuideIsWhatTheCodeDeclares() throws Exception {
        String guide = guide();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GUIDE, guide);
        }
        assertThat(Files.readString(GUIDE))
                .as("docs/operator/configuration.md; to write it anew: mvn -Pfast -pl portal-war -am test"
                        + " -Dtest=ConfigurationGuideTest -Dgolden.update=true")
                .isEqualTo(guide);
    }

    @Test
    void eachSettingIsDeclaredOnceAndListedByItsModule() throws Exception {
        List<String> declared = new ArrayList<>();
        for (JavaClass type : HOUSE) {
            for (JavaField field : type.getFields()) {
                if (field.getRawType().isEquivalentTo(Setting.class)
                        && field.getModifiers().contains(JavaModifier.STATIC)) {
                    Field constant = field.reflect();
                    constant.setAccessible(true);
                    declared.add(((Setting<?>) constant.get(null)).key());
                }
            }
        }
        List<String> listed = modules().stream()
                .flatMap(module -> module.settings().stream())
                .map(Setting::key)
                .toList();
        assertThat(listed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(declared);
        assertThat(listed).allMatch(key -> key.matches("haneul(\\.[a-z0-9]+(-[a-z0-9]+)*)+"));
    }

    private static String guide() throws Exception {
        StringBuilder guide = new StringBuilder(HEAD);
        for (ServiceModule module : modules()) {
            if (!module.settings().isEmpty()) {
                guide.append("\n## ")
                        .append(title(module.name()))
                        .append("\n\n")
                        .append(head());
                for (Setting<?> setting : module.settings()) {
                    guide.append(row(
                            setting.key(), setting.environment(), kind(setting), setting.fallback(), setting.help()));
                }
            }
        }
        for (DriverFactory<?> factory : networkDrivers()) {
            guide.append("\n## Network driver `")
                    .append(factory.type())
                    .append("`\n\n")
                    .append(factory.description());
            guide.append(" Chosen by `" + NetworkBackEnd.DRIVER.key() + "=" + factory.type() + "`.\n\n")
                    .append(head());
            for (ConfigProperty property : factory.properties()) {
                Setting<String> setting = Setting.text(
                        NetworkBackEnd.DRIVER.key() + "." + property.name(), property.fallback(), property.help());
                guide.append(
                        row(setting.key(), setting.environment(), kind(property), setting.fallback(), setting.help()));
            }
        }
        return guide.toString();
    }

    private static String title(String service) {
        return service.equals("haneul")
                ? "The house"
                : service.substring(0, 1).toUpperCase(Locale.ROOT) + service.substring(1);
    }

    private static String head() {
        return "| key | in the environment | kind | default | what it does |\n|---|---|---|---|---|\n";
    }

    private static String row(String key, String environment, String kind, String fallback, String help) {
        return "| `" + key + "` | `" + environment + "` | " + kind + " | "
                + (fallback.isEmpty() ? "" : "`" + fallback + "`") + " | " + help.replace("|", "\\|") + " |\n";
    }

    private static String kind(Setting<?> setting) {
        return setting.secret() ? "secret" : setting.kind();
    }

    private static String kind(ConfigProperty property) {
        String kind = property.secret() ? "secret" : property.kind().name().toLowerCase(Locale.ROOT);
        return property.required() ? kind + ", required" : kind;
    }

    private static List<ServiceModule> modules() throws ReflectiveOperationException {
        List<ServiceModule> modules = new ArrayList<>();
        for (JavaClass type : HOUSE.that(assignableTo(ServiceModule.class))) {
            if (!type.isInterface()) {
                Constructor<?> constructor = type.reflect().getDeclaredConstructor();
                constructor.setAccessible(true);
                modules.add((ServiceModule) constructor.newInstance());
            }
        }
        assertThat(modules)
                .extracting(ServiceModule::name)
                .doesNotHaveDuplicates()
                .as("each has its place in the guide")
                .isSubsetOf(ORDER);
        modules.sort(Comparator.comparingInt(module -> ORDER.indexOf(module.name())));
        return modules;
    }

    private static List<DriverFactory<?>> networkDrivers() {
        List<DriverFactory<?>> found = new ArrayList<>();
        for (DriverPlugin plugin : ServiceLoader.load(DriverPlugin.class)) {
            for (DriverFactory<?> factory : plugin.drivers()) {
                if (factory.kind() == NetworkDriver.class) {
                    found.add(factory);
                }
            }
        }
        found.sort(Comparator.comparing(DriverFactory::type));
        return found;
    }
}
