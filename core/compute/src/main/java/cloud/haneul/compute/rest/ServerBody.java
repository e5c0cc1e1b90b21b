package cloud.haneul.compute.rest;

import cloud.haneul.compute.NewServer;
import cloud.haneul.compute.ServerChange;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.Field;
import cloud.haneul.kernel.rest.JsonIn;
import cloud.haneul.network.ServerPorts.Wanted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads the bodies of "Create Server" and "Update Server". */
final class ServerBody {
    private static final int MAX_SERVERS = 1000;
    private static final Pattern HOST_NAME = Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?");

    private ServerBody() {}

    static NewServer create(Call call) {
        JsonIn body = call.json();
        JsonIn in = body.object("server");
        Networks networks = networks(call, in);
        int minCount = in.optInteger("min_count", 1, MAX_SERVERS).orElse(1);
        int maxCount = in.optInteger("max_count", 1, MAX_SERVERS).orElse(minCount);
        Optional<String> zone = in.optText("availability_zone", 1, 255);
        NewServer asked = new NewServer(
                in.name("name", 1, 255),
                call.isAtLeast("2.90") ? in.opt("hostname", n -> in.matching(n, HOST_NAME, 63)) : Optional.empty(),
                call.isAtLeast("2.19") ? in.optText("description", 0, 255) : Optional.empty(),
                image(in),
                in.at("flavorRef").isText()
                        ? in.text("flavorRef", 1, 1024).replaceFirst(".*/", "")
                        : Integer.toString(in.integer("flavorRef", 0, Integer.MAX_VALUE)),
                in.optText("key_name", 1, 255),
                networks.wanted(),
                networks.auto(),
                in.optList("security_groups", 64, g -> g.text("name", 1, 255)).orElse(List.of()),
                in.optMap("metadata", 1000, 255, 255).orElse(Map.of()),
                call.isAtLeast("2.52")
                        ? Set.copyOf(
                                in.optList("tags", 50, t -> t.asText(1, 60)).orElse(List.of()))
                        : Set.of(),
                in.optText("user_data", 0, 100_000),
                in.optText("adminPass", 1, 255),
                // the guest's only sure way to its keys: made unless refused by name
                in.optBool("config_drive").orElse(true),
                zone.map(z -> z.split(":", 3)[0]).filter(z -> !z.isEmpty()),
                zone.map(z -> z.split(":", 3))
                        .filter(parts -> parts.length > 1)
                        .map(parts -> parts[1])
                        .or(() -> call.isAtLeast("2.74") ? in.optText("host", 1, 255) : Optional.empty()),
                in.optOneOf("OS-DCF:diskConfig", "AUTO", "MANUAL").orElse("MANUAL"),
                in.optText("accessIPv4", 0, 64).orElse(""),
                in.optText("accessIPv6", 0, 64).orElse(""),
                minCount,
                Math.max(minCount, maxCount));
        // beside the server, and known under two names
        body.optObject("os:scheduler_hints").ifPresent(JsonIn::ignoreUnknown);
        body.optObject("OS-SCH-HNT:scheduler_hints").ifPresent(JsonIn::ignoreUnknown);
        body.done();
        return asked;
    }

    private static UUID image(JsonIn in) {
        Optional<String> ref = in.optText("imageRef", 0, 255).filter(text -> !text.isEmpty());
        Optional<UUID> mapped = in.optList("block_device_mapping_v2", 255, ServerBody::imageMapping)
                .filter(devices -> !devices.isEmpty())
                .map(devices -> devices.get(0));
        if (ref.isEmpty() && mapped.isEmpty()) {
            throw in.invalid("imageRef", "is required: servers boot from an image");
        }
        return ref.map(text -> cloud.haneul.kernel.Ids.parse(text.replaceFirst(".*/", ""))
                        .orElseThrow(() -> in.invalid("imageRef", "is not a 'uuid'")))
                .orElseGet(mapped::get);
    }

    /** The client's spelling of "boot from this image on a local disk", beside imageRef. */
    private static UUID imageMapping(JsonIn device) {
        String source = device.text("source_type", 1, 32);
        String destination = device.optText("destination_type", 1, 32).orElse("local");
        if (!source.equals("image") || !destination.equals("local")) {
            throw Fault.badRequest(
                    "block_device_mapping_v2",
                    "Block Device Mapping is Invalid: only a local disk made from an image can be booted from; volumes are not there yet.");
        }
        UUID image = device.uuid("uuid");
        device.optInteger("boot_index", -1, 255);
        device.optBool("delete_on_termination");
        return image;
    }

    private record Networks(List<Wanted> wanted, boolean auto) {}

    private static Networks networks(Call call, JsonIn in) {
        if (in.at("networks").isText()) {
            if (!call.isAtLeast("2.37")) {
                throw in.invalid("networks", "is not of type 'array'");
            }
            return new Networks(List.of(), in.oneOf("networks", "auto", "none").equals("auto"));
        }
        List<Wanted> wanted = in.optList("networks", 64, ServerBody::network).orElse(List.of());
        if (!in.has("networks") && call.isAtLeast("2.37")) {
            throw in.invalid("networks", "is a required property");
        }
        return new Networks(wanted, wanted.isEmpty());
    }

    private static Wanted network(JsonIn in) {
        Wanted wanted = new Wanted(in.optUuid("uuid"), in.optUuid("port"), in.optText("fixed_ip", 1, 64));
        in.optText("tag", 1, 60);
        if (wanted.network().isEmpty() && wanted.port().isEmpty()) {
            throw in.invalid("uuid", "or port is required");
        }
        return wanted;
    }

    static ServerChange change(Call call) {
        JsonIn body = call.json();
        JsonIn in = body.object("server");
        Field<String> description = in.field("description", n -> in.text(n, 0, 255));
        if (description.isSent() && !call.isAtLeast("2.19")) {
            throw in.invalid("description", "was unexpected before microversion 2.19");
        }
        ServerChange change = new ServerChange(
                in.optName("name", 1, 255),
                description.isSent() ? Optional.of(description.value()) : Optional.empty(),
                in.opt("hostname", n -> in.matching(n, HOST_NAME, 63)),
                in.optText("accessIPv4", 0, 64),
                in.optText("accessIPv6", 0, 64));
        in.optOneOf("OS-DCF:diskConfig", "AUTO", "MANUAL");
        body.done();
        return change;
    }
}
