package cloud.haneul.acceptance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How much longer a server takes than the domain it ends as: the time from request to ACTIVE, divided by that of {@code virsh
 * create} for a domain with the same XML but a name, address and disk files of its own.
 */
final class LibvirtRatio {

    private static final String URI = System.getenv("HANEUL_TEST_LIBVIRT_URI");
    private static final int RUNS = 5;

    private LibvirtRatio() {}

    static void measure(Bench bench) {
        bench.delete(bench.createAndAwait());
        List<String> servers = new ArrayList<>();
        double server = Stopwatch.median(RUNS, () -> servers.add(bench.createAndAwait()));
        // the last one lives on while its files are copied
        servers.subList(0, RUNS - 1).forEach(bench::delete);
        String xml = virsh("dumpxml", "--inactive", bench.nameOnHost(servers.get(RUNS - 1)));
        Path folder = folder();
        double bare = Stopwatch.median(RUNS, prepared(folder, xml));
        Stopwatch.line("libvirt: one server, request to ACTIVE", "median %.0f ms of %d".formatted(server, RUNS));
        Stopwatch.line("libvirt: bare virsh create of an equal domain", "median %.0f ms of %d".formatted(bare, RUNS));
        Stopwatch.line("libvirt: ratio", "%.2f".formatted(server / bare));
        remove(folder);
    }

    private static Runnable prepared(Path folder, String xml) {
        List<Path> domains = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            domains.add(equalDomain(folder, xml, i));
        }
        var next = domains.iterator();
        return () -> virsh("create", next.next().toString());
    }

    private static Path equalDomain(Path folder, String xml, int number) {
        String text = xml.replaceFirst("<name>[^<]*", "<name>bare-" + number)
                .replaceFirst("<uuid>[^<]*", "<uuid>" + UUID.randomUUID())
                .replaceAll("interfaceid='[^']*'", "interfaceid='" + UUID.randomUUID() + "'")
                .replaceAll("<target dev='tap[^']*'/>", "<target dev='bare-" + number + "'/>")
                .replaceAll("<mac address='[^']*'", "<mac address='fa:16:3e:ff:00:0" + number + "'");
        Matcher file =
                Pattern.compile("(?:<source file|<log file|path)='([^']+)'").matcher(text);
        StringBuilder result = new StringBuilder();
        while (file.find()) {
            Path original = Path.of(file.group(1));
            Path own = folder.resolve(number + "-" + original.getFileName());
            try {
                if (Files.isRegularFile(original)) {
                    Files.copy(original, own);
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            file.appendReplacement(
                    result, Matcher.quoteReplacement(file.group().replace(original.toString(), own.toString())));
        }
        file.appendTail(result);
        Path path = folder.resolve(number + ".xml");
        try {
            return Files.writeString(path, result);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String virsh(String... arguments) {
        List<String> command = new ArrayList<>(List.of("virsh", "-q", "-c", URI));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("haneul-bench");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void remove(Path folder) {
        for (int i = 0; i < RUNS; i++) {
            virsh("destroy", "bare-" + i);
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
