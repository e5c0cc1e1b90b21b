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
import java.util.Properties;
import java.util.UUID;

/** A machine as properties and back. */
final class MachineFile {
    private final Properties file;

    private MachineFile(Properties file) {
        this.file = file;
    }

    static Properties write(Machine machine) {
        MachineFile to = new MachineFile(new Properties());
        machine.disk().ifPresent(to::disk);
        machine.domain().ifPresent(to::domain);
        machine.transition().ifPresent(t -> {
            to.put("transition.begun", t.begun());
            to.put("transition.end", t.end());
            to.put("transition.boots", t.boots());
        });
        machine.attempt().ifPresent(attempt -> to.put("attempt", attempt));
        to.put("power", machine.power());
        return to.file;
    }

    static void read(Properties file, Machine machine) {
        MachineFile from = new MachineFile(file);
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
        for (String key : file.stringPropertyNames()) {
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
        file.setProperty(key, value.toString());
    }

    private Optional<String> text(String key) {
        return Optional.ofNullable(file.getProperty(key));
    }

    private String get(String key) {
        return file.getProperty(key, "");
    }
}
