package cloud.haneul.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What there is in the back ends, seen without Haneul: one line a thing, with its id in it. */
final class Remains {
    private static final List<String> TABLES = List.of(
            "Logical_Switch",
            "Logical_Switch_Port",
            "Logical_Router",
            "Logical_Router_Port",
            "Port_Group",
            "ACL",
            "NAT",
            "DHCP_Options",
            "DNS");

    private Remains() {}

    /** The simulator writes what it has into journals: of each thing the last {@code set} line, unless it was removed after. */
    static List<String> onSimulator(Cloud cloud) {
        Path folder = cloud.home().resolve("drivers/simulator");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<String> remains = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path journal : files.filter(f -> f.getFileName().toString().equals("journal"))
                    .toList()) {
                Map<String, String> things = new HashMap<>();
                for (String line : Files.readAllLines(journal)) {
                    String[] word = line.split("\t", 3);
                    if (word[1].equals("set")) {
                        things.put(word[0], folder.relativize(journal) + "\t" + line);
                    } else if (word[1].equals("remove")) {
                        things.remove(word[0]);
                    }
                }
                remains.addAll(things.values());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return remains;
    }

    static List<String> ofDomains(BackEnds backEnds) {
        return backEnds.virsh("list", "--all", "--uuid")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    /** Files of every storage pool. */
    static List<String> ofDisks(BackEnds backEnds) {
        List<String> disks = new ArrayList<>();
        for (String pool :
                backEnds.virsh("pool-list", "--name").lines().map(String::strip).toList()) {
            if (!pool.isEmpty()) {
                backEnds.virsh("pool-refresh", pool);
                backEnds.virsh("vol-list", pool).lines().map(String::strip).forEach(disks::add);
            }
        }
        return disks;
    }

    /** Rows of the northbound database. */
    static List<String> inOvn(BackEnds backEnds) {
        List<String> rows = new ArrayList<>();
        for (String table : TABLES) {
            backEnds.northbound("--format=csv", "--no-headings", "list", table)
                    .lines()
                    .forEach(row -> rows.add(table + " " + row));
        }
        return rows;
    }
}
