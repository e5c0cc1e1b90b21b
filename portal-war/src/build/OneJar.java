import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * Makes one jar of the three hundred on the class path of an unpacked server, so that a class is looked for once and not three
 * hundred times (docs/adr/0007). The first jar with a name wins, as on a class path; lists of services are joined. Run by the
 * build: {@code java OneJar.java FOLDER}, the folder of {@code launch-micro.jar}.
 */
class OneJar {
    private static final String ALL = "runtime.jar";
    private static final Attributes.Name MULTI_RELEASE = new Attributes.Name("Multi-Release");

    private final Set<String> taken = new HashSet<>();
    private final Map<String, ByteArrayOutputStream> lists = new LinkedHashMap<>();

    public static void main(String[] args) throws IOException {
        Path server = Path.of(args[0]);
        Path launcher = server.resolve("launch-micro.jar");
        List<String> left = new ArrayList<>(List.of(ALL));
        List<Path> jars = new ArrayList<>();
        try (JarFile jar = new JarFile(launcher.toFile())) {
            for (String each : jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH).split(" ")) {
                if (each.endsWith(".jar")) {
                    jars.add(server.resolve(each));
                } else {
                    // resource adapters are unpacked by the server, each for itself
                    left.add(each);
                }
            }
        }
        Path joined = server.resolve("runtime.tmp");
        new OneJar().join(jars, joined);
        shorten(launcher, String.join(" ", left));
        for (Path each : jars) {
            Files.delete(each);
        }
        // last, because the build takes this file for the sign that all is done
        Files.move(joined, server.resolve(ALL));
    }

    private void join(List<Path> jars, Path all) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(MULTI_RELEASE, "true");
        try (JarOutputStream out = new JarOutputStream(buffered(all), manifest)) {
            for (Path each : jars) {
                try (JarFile jar = new JarFile(each.toFile(), false)) {
                    add(jar, out);
                }
            }
            for (Map.Entry<String, ByteArrayOutputStream> list : lists.entrySet()) {
                out.putNextEntry(entry(list.getKey()));
                list.getValue().writeTo(out);
            }
        }
    }

    private void add(JarFile jar, JarOutputStream out) throws IOException {
        boolean multiRelease = jar.isMultiRelease();
        for (JarEntry each : jar.stream().toList()) {
            String name = each.getName();
            if (each.isDirectory() || isAboutItsJar(name) || (name.startsWith("META-INF/versions/") && !multiRelease)) {
                continue;
            }
            try (InputStream in = jar.getInputStream(each)) {
                if (name.startsWith("META-INF/services/") || name.startsWith("META-INF/hk2-locator/")) {
                    ByteArrayOutputStream list = lists.computeIfAbsent(name, n -> new ByteArrayOutputStream());
                    in.transferTo(list);
                    list.write('\n');
                } else if (taken.add(name)) {
                    out.putNextEntry(entry(name));
                    in.transferTo(out);
                }
            }
        }
    }

    /** A signature, a description or a module's name holds for the jar it is in, not for one of many. */
    private static boolean isAboutItsJar(String name) {
        return name.equals(JarFile.MANIFEST_NAME)
                || name.endsWith("module-info.class")
                || name.startsWith("META-INF/maven/")
                || name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    }

    private static void shorten(Path launcher, String classPath) throws IOException {
        Path shorter = launcher.resolveSibling("launcher.tmp");
        try (JarFile jar = new JarFile(launcher.toFile(), false)) {
            Manifest manifest = jar.getManifest();
            manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
            try (JarOutputStream out = new JarOutputStream(buffered(shorter), manifest)) {
                for (JarEntry each : jar.stream().toList()) {
                    if (!each.getName().equals(JarFile.MANIFEST_NAME)) {
                        out.putNextEntry(entry(each.getName()));
                        jar.getInputStream(each).transferTo(out);
                    }
                }
            }
        }
        Files.move(shorter, launcher, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The same jar at every build. */
    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
        return entry;
    }

    private static OutputStream buffered(Path file) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(file));
    }
}
