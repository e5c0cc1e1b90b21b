package cloud.haneul.driver.ovn;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The names of a network's guests, which OVN itself answers for: one table a network, some entries a port. */
final class Names {
    private Names() {}

    static Map<String, String> records(String name, Optional<String> domain, List<String> addresses) {
        if (addresses.isEmpty()) {
            return Map.of();
        }
        Map<String, String> records = new TreeMap<>();
        String all = String.join(" ", addresses);
        records.put(name, all);
        domain.filter(suffix -> !name.endsWith("." + suffix))
                .ifPresent(suffix -> records.put(name + "." + suffix, all));
        return records;
    }

    /** What a port that is in OVN has among the names. */
    static Map<String, String> of(Row port, Optional<String> domain) {
        List<String> addresses = port.atoms("addresses").stream()
                .map(Object::toString)
                .filter(text -> text.indexOf(' ') > 0)
                .findFirst()
                .map(text -> Arrays.asList(text.substring(text.indexOf(' ') + 1).split(" ")))
                .orElse(List.of());
        return port.mark(Marks.HOST_NAME)
                .map(name -> records(name.toLowerCase(Locale.ROOT), domain, addresses))
                .orElse(Map.of());
    }

    /** Two ports may have the same name: the first one has it as long as it stays. */
    static void change(Row names, Map<String, String> before, Map<String, String> now, Transaction transaction) {
        Map<String, String> have = names.map("records");
        Map<String, String> gone = new TreeMap<>();
        before.forEach((name, addresses) -> {
            if (addresses.equals(have.get(name)) && !addresses.equals(now.get(name))) {
                gone.put(name, addresses);
            }
        });
        Map<String, String> added = new TreeMap<>();
        now.forEach((name, addresses) -> {
            if (!have.containsKey(name) || gone.containsKey(name)) {
                added.put(name, addresses);
            }
        });
        if (!gone.isEmpty()) {
            transaction.remove(names.table(), names.uuid(), "records", gone);
        }
        if (!added.isEmpty()) {
            transaction.add(names.table(), names.uuid(), "records", added);
        }
    }
}
