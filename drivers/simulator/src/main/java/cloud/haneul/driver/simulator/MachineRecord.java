package cloud.haneul.driver.simulator;

import cloud.haneul.spi.compute.DomainSpec;
import cloud.haneul.spi.compute.PowerState;
import cloud.haneul.spi.compute.VifAttachment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** A machine as lines of text and back. */
final class MachineRecord {
    private final Map<String, String> values;

    private MachineRecord(Map<String, String> values) {
        this.values = values;
    }

    static Map<String, String> write(Machine machine) {
        MachineRecord to = new MachineRecord(new TreeMap<>());
        machine.disk().ifPresent(to::disk);
        machine.domain().ifPresent(to::domain);
        machine.transition().ifPresent(t -> {
            to.put("transition.begun", t.begun());
            to.put("transition.end", t.end());
            to.put("transition.boots", t.boots());
        });
        machine.attempt().ifPresent(attempt -> to.put("attempt", attempt));
        to.put("power", machine.power());
        return to.values;
    }

    static void read(Map<String, String> values, Machine machine) {
        MachineRecord from = new MachineRecord(values);
        machine.restore(
                from.text("disk.bytes")
                        .map(bytes -> new Machine.Disk(
                                Long.parseLong(bytes),
                                from.get("disk.image"),
                                from.get("disk.host-name"),
                                Instant.parse(from.get("disk.begun")),
                                Instant.parse(from.get("disk.ready")))),
                from.text("domain.name").map(name -> from.domain(machine.server(), name)),
                PowerState.valueOf(from.get("power")),
                from.text("transition.end")
                        .map(end -> new Machine.Transition(
                                Instant.parse(from.get("transition.begun")),
                                Instant.parse(end),
                                Boolean.parseBoolean(from.get("transition.boots")))),
                from.text("attempt").map(UUID::fromString));
    }

    private void disk(Machine.Disk disk) {
        put("disk.bytes", disk.bytes());
        put("disk.image", disk.image());
        put("disk.host-name", disk.hostName());
        put("disk.begun", disk.begun());
        put("disk.ready", disk.ready());
    }

    private void domain(DomainSpec domain) {
        put("domain.name", domain.name());
        put("domain.display-name", domain.displayName());
        put("domain.project", domain.projectId());
        put("domain.vcpus", domain.vcpus());
        put("domain.memory-mib", domain.memoryMib());
        put("domain.config-drive", domain.configDrive());
        int index = 0;
        for (DomainSpec.Nic nic : domain.nics()) {
            String network = ((VifAttachment.Simulated) nic.attachment()).network();
            put("nic." + index++, nic.port() + " " + nic.mac() + " " + nic.mtu() + " " + network);
        }
        domain.properties().forEach((name, value) -> put("property." + name, value));
    }

    private DomainSpec domain(UUID server, String name) {
        List<DomainSpec.Nic> nics = new ArrayList<>();
        for (Optional<String> nic = text("nic.0"); nic.isPresent(); nic = text("nic." + nics.size())) {
            String[] word = nic.get().split(" ", 4);
            nics.add(new DomainSpec.Nic(
                    UUID.fromString(word[0]),
                    word[1],
                    Integer.parseInt(word[2]),
                    new VifAttachment.Simulated(word[3])));
        }
        Map<String, String> properties = new HashMap<>();
        for (String key : values.keySet()) {
            if (key.startsWith("property.")) {
                properties.put(key.substring("property.".length()), get(key));
            }
        }
        return new DomainSpec(
                server,
                name,
                get("domain.display-name"),
                get("domain.project"),
                Integer.parseInt(get("domain.vcpus")),
                Long.parseLong(get("domain.memory-mib")),
                nics,
                Boolean.parseBoolean(get("domain.config-drive")),
                properties);
    }

    private void put(String key, Object value) {
        values.put(key, value.toString());
    }

    private Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key));
    }

    private String get(String key) {
        return values.getOrDefault(key, "");
    }
}
