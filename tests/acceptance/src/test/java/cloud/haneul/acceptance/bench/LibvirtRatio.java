package cloud.haneul.acceptance.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much longer a server takes than the domain it ends as: the time from request to ACTIVE, divided by that of {@code virsh
 * create} for a domain with the same XML but a name, address and disk files of its own.
 */
final class LibvirtRatio {

    private static final String URI = System.getenv("HANEUL_TEST_LIBVIRT_URI");
    /** A controller runs for months: its first servers after a start take longer and are not what it is like. */
    private static final int WARM_UP = 20;

    private static final int RUNS = 9;

    private LibvirtRatio() {}

    static void measure(Bench bench) {
        for (int i = 0; i < WARM_UP; i++) {
            bench.delete(bench.createAndAwait());
        }
        String model = bench.createAndAwait();
        // nobody may write its disks while they are cloned
        bench.stop(model);
        String xml = virsh("dumpxml", "--inactive", bench.nameOnHost(model));
        Path folder = folder();
        double[] servers = new double[RUNS];
        double[] domains = new double[RUNS];
        // in turns, and one at a time: a guest that boots in emulation leaves nothing of a processor to the next
        for (int i = 0; i < RUNS; i++) {
            Path domain = equalDomain(folder, xml, i);
            servers[i] = Stopwatch.alone(bench::createAndAwait, bench::delete);
            domains[i] = Stopwatch.alone(
                    () -> {
                        virsh("create", domain.toString());
                        return domain;
                    },
                    made -> remove(made, xml));
        }
        double server = Stopwatch.median(servers);
        double bare = Stopwatch.median(domains);
        Stopwatch.line("libvirt: one server, request to ACTIVE", "median %.0f ms of %d".formatted(server, RUNS));
        Stopwatch.line("libvirt: bare virsh create of an equal domain", "median %.0f ms of %d".formatted(bare, RUNS));
        Stopwatch.line("libvirt: ratio", "%.2f".formatted(server / bare));
        delete(folder);
    }

    private static Path equalDomain(Path folder, String xml, int number) {
        String uuid = first("<uuid>([^<]*)", xml);
        String name = "bare-" + number;
        UUID own = UUID.randomUUID();
        // the files of a server are named after it
        for (String disk : disks(xml)) {
            // by libvirt, which may see them under another path than we
            virsh("vol-clone", disk, file(disk).replace(uuid, name));
        }
        String text = xml.replace("/" + uuid + ".", "/" + name + ".")
                .replaceFirst("<name>[^<]*", "<name>" + name)
                .replaceFirst("<uuid>[^<]*", "<uuid>" + own)
                // what the guest reads in its firmware must agree
                .replaceAll("<entry name='uuid'>[^<]*", "<entry name='uuid'>" + own)
                .replaceAll("interfaceid='[^']*'", "interfaceid='" + UUID.randomUUID() + "'")
                .replaceAll("<target dev='tap[^']*'/>", "<target dev='" + name + "'/>")
                .replaceAll("<mac address='[^']*'", "<mac address='fa:16:3e:ff:00:0" + number + "'");
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Paths on the host of a domain's disks. */
    private static List<String> disks(String xml) {
        return Pattern.compile("<source file='([^']+)'")
                .matcher(xml)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static String file(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String first(String pattern, String text) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        if (!found.find()) {
            throw new IllegalStateException(pattern + " is not in " + text);
        }
        return found.group(1);
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

    /** @param domain the file, which has the domain's name */
    private static void remove(Path domain, String xml) {
        String name = domain.getFileName().toString();
        virsh("destroy", name);
        for (String disk : disks(xml)) {
            virsh("vol-delete", disk.replace(first("<uuid>([^<]*)", xml), name));
        }
        delete(domain);
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
