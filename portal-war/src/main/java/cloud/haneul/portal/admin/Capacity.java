package cloud.haneul.portal.admin;

import cloud.haneul.compute.Hosts.HostUse;
import cloud.haneul.placement.Placement;
import cloud.haneul.portal.Ui;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How much of what hosts have is in use, as bars. */
public final class Capacity {
    /** One bar; {@code text} says in words what it shows. */
    public record Bar(String label, long used, long max, String text) {}

    private Capacity() {}

    static List<Bar> of(List<HostUse> hosts, Ui ui) {
        Map<String, Long> used = sum(hosts.stream().map(HostUse::used));
        Map<String, Long> max = sum(hosts.stream().map(HostUse::capacity));
        return Stream.of(Placement.VCPU, Placement.MEMORY_MB, Placement.DISK_GB)
                .filter(max::containsKey)
                .map(name -> bar(name, used.getOrDefault(name, 0L), max.get(name), ui))
                .toList();
    }

    private static Bar bar(String name, long used, long max, Ui ui) {
        return new Bar(
                ui.word("capacity." + name),
                used,
                max,
                ui.word("capacity.of", amount(name, used, ui), amount(name, max, ui)));
    }

    private static String amount(String name, long amount, Ui ui) {
        return switch (name) {
            case Placement.MEMORY_MB -> ui.mib(amount);
            case Placement.DISK_GB -> ui.gib(amount);
            default -> Long.toString(amount);
        };
    }

    private static Map<String, Long> sum(Stream<Map<String, Long>> maps) {
        return maps.flatMap(map -> map.entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum));
    }
}
