import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
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
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * Lays out what a start reads so that it has little to look for (docs/adr/0007). Run by the build, in two parts.
 *
 * <p>{@code java OneJar.java server DIST SOURCES}, once: the three hundred jars of the server unpacked in DIST/server become
 * DIST/lib/server.jar, so that a class is looked for once and not three hundred times. The classes of SOURCES come before them.
 *
 * <p>{@code java OneJar.java libraries WAR DIST}, at every build: the libraries of others in the WAR become DIST/lib/libraries.jar,
 * before the server's own, and DIST/haneul.war is the WAR without them. The server reads every class of a WAR before it starts it,
 * and the archive of classes that were read once holds only what is not in the WAR.
 *
 * <p>The first jar with a name wins, as on a class path; lists of services are joined.
 */
class OneJar {
    private static final String LAUNCHER = "launch-micro.jar";
    private static final String LIBRARIES = "libraries.jar";
    private static final String SERVER = "server.jar";
    private static final Attributes.Name MULTI_RELEASE = new Attributes.Name("Multi-Release");

    /** The server trusts its own folder alone; its jars are beside it, and say they are where the archive was made. */
    private static final String GRANTS = Stream.of("haneul.lib", "haneul.archived.lib")
            .map("\ngrant codeBase \"file:${%s}/-\" { permission java.security.AllPermission; };\n"::formatted)
            .collect(Collectors.joining());

    private static final Attributes.Name MODULE_NAME = new Attributes.Name("Bundle-SymbolicName");

    /** Ours, and what Faces looks for in the WAR. */
    private static final Pattern STAYS = Pattern.compile("WEB-INF/lib/(haneul|primefaces)-.*|(?!WEB-INF/lib/).*");

    /** What the server has as well, and newer. */
    private static final Pattern SERVERS = Pattern.compile("WEB-INF/lib/(asm|accessors-smart)-.*");

    private final Set<String> taken = new HashSet<>();
    private final Map<String, ByteArrayOutputStream> lists = new LinkedHashMap<>();

    public static void main(String[] args) throws IOException {
        if (args[0].equals("server")) {
            server(Path.of(args[1]), Path.of(args[2]));
        } else {
            libraries(Path.of(args[1]), Path.of(args[2]));
        }
    }

    private static void server(Path dist, Path sources) throws IOException {
        Path server = dist.resolve("server");
        Path lib = Files.createDirectories(dist.resolve("lib"));
        Path launcher = server.resolve(LAUNCHER);
        List<String> classPath = new ArrayList<>(List.of(LIBRARIES, SERVER));
        List<Path> jars = new ArrayList<>();
        try (JarFile jar = new JarFile(launcher.toFile())) {
            for (String each : jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH).split(" ")) {
                if (each.endsWith(".jar")) {
                    jars.add(server.resolve(each));
                } else {
                    // resource adapters are unpacked by the server, each for itself
                    classPath.add("../server/" + each);
                }
            }
        }
        jars.add(0, compiled(sources, jars, server.resolve("first.jar")));
        Path joined = lib.resolve("server.tmp");
        new OneJar().join(jars, joined);
        relaunch(launcher, lib.resolve(LAUNCHER), String.join(" ", classPath));
        Files.delete(launcher);
        for (Path each : jars) {
            Files.delete(each);
        }
        Files.writeString(server.resolve("config/server.policy"), GRANTS, StandardOpenOption.APPEND);
        // last, because the build takes this file for the sign that all is done
        Files.move(joined, lib.resolve(SERVER), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Against the server's own, so that one that no longer fits ends the build. */
    private static Path compiled(Path sources, List<Path> jars, Path jar) throws IOException {
        Path classes = Files.createTempDirectory(jar.getParent(), "first");
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-d", classes.toString(), "-cp"));
        arguments.add(jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        arguments.addAll(files(sources));
        if (ToolProvider.findFirst("javac").orElseThrow().run(System.out, System.err, arguments.toArray(String[]::new)) != 0) {
            throw new IllegalStateException("a class of " + sources + " does not fit this server");
        }
        try (JarOutputStream out = new JarOutputStream(buffered(jar))) {
            for (String each : files(classes)) {
                out.putNextEntry(entry(classes.relativize(Path.of(each)).toString()));
                Files.copy(Path.of(each), out);
            }
        }
        delete(classes);
        return jar;
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).map(Path::toString).sorted().toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static void libraries(Path whole, Path dist) throws IOException {
        Path folder = Files.createTempDirectory(dist, "libraries");
        List<Path> jars = new ArrayList<>();
        Path smaller = dist.resolve("war.tmp");
        try (JarFile war = new JarFile(whole.toFile(), false);
                JarOutputStream out = new JarOutputStream(buffered(smaller), war.getManifest())) {
            for (JarEntry each : war.stream().toList()) {
                String name = each.getName();
                if (each.isDirectory() || name.equals(JarFile.MANIFEST_NAME) || SERVERS.matcher(name).matches()) {
                    continue;
                }
                try (InputStream in = war.getInputStream(each)) {
                    if (STAYS.matcher(name).matches()) {
                        out.putNextEntry(entry(name));
                        in.transferTo(out);
                    } else {
                        Path jar = folder.resolve(name.substring(name.lastIndexOf('/') + 1));
                        Files.copy(in, jar);
                        jars.add(jar);
                    }
                }
            }
        }
        Path joined = folder.resolve(LIBRARIES);
        new OneJar().join(jars, joined);
        Path libraries = Files.createDirectories(dist.resolve("lib")).resolve(LIBRARIES);
        // the same file as long as it is the same: the archive of classes holds for this very one
        if (!Files.exists(libraries) || Files.mismatch(joined, libraries) >= 0) {
            Files.move(joined, libraries, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.delete(joined);
        }
        delete(folder);
        Files.move(smaller, dist.resolve("haneul.war"), StandardCopyOption.REPLACE_EXISTING);
    }

    private void join(List<Path> jars, Path all) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(MULTI_RELEASE, "true");
        // by which the server tells its modules apart
        manifest.getMainAttributes().put(MODULE_NAME, all.getFileName().toString().replaceAll("\\..*", ""));
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

    /** The launcher with our class path, and with the server itself to run: where its folder is, start.sh says. */
    private static void relaunch(Path from, Path to, String classPath) throws IOException {
        try (JarFile jar = new JarFile(from.toFile(), false)) {
            Manifest manifest = jar.getManifest();
            Attributes main = manifest.getMainAttributes();
            main.put(Attributes.Name.CLASS_PATH, classPath);
            main.put(Attributes.Name.MAIN_CLASS, main.getValue("Start-Class"));
            try (JarOutputStream out = new JarOutputStream(buffered(to), manifest)) {
                for (JarEntry each : jar.stream().toList()) {
                    if (!each.getName().equals(JarFile.MANIFEST_NAME)) {
                        out.putNextEntry(entry(each.getName()));
                        jar.getInputStream(each).transferTo(out);
                    }
                }
            }
        }
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
