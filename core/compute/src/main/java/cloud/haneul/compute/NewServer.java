package cloud.haneul.compute;

import cloud.haneul.kernel.Fault;
import cloud.haneul.network.ServerPorts;
import java.text.Normalizer;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What is asked of {@link Servers#create}.
 *
 * @param networks what the NICs are to be plugged into, in order
 * @param autoNetwork when {@code networks} is empty: true takes the project's one network, false makes no NIC
 * @param securityGroups names or ids; empty is the project's default group
 * @param userData Base64 of at most 65,535 characters (Compute API, "Create Server")
 * @param minCount 1 to {@code maxCount}: all are made or none
 * @param host only there (administrators)
 */
public record NewServer(
        String name,
        Optional<String> hostName,
        Optional<String> description,
        UUID image,
        String flavor,
        Optional<String> keyName,
        List<ServerPorts.Wanted> networks,
        boolean autoNetwork,
        List<String> securityGroups,
        Map<String, String> metadata,
        Set<String> tags,
        Optional<String> userData,
        Optional<String> adminPassword,
        boolean configDrive,
        Optional<String> zone,
        Optional<String> host,
        String diskConfig,
        String accessIpv4,
        String accessIpv6,
        int minCount,
        int maxCount) {
    private static final int USER_DATA_MAX = 65_535;

    public NewServer {
        if (name.isBlank() || name.codePointCount(0, name.length()) > 255) {
            throw Fault.badRequest(
                    "name", "Invalid input for field/attribute name: it must be 1 to 255 characters, not only blanks.");
        }
        if (minCount < 1 || maxCount < minCount) {
            throw Fault.badRequest("min_count", "min_count must be at least 1 and <= max_count");
        }
        userData.ifPresent(NewServer::checkUserData);
        networks = List.copyOf(networks);
        securityGroups = List.copyOf(securityGroups);
        metadata = Map.copyOf(metadata);
        tags = Set.copyOf(tags);
    }

    /** The least that is needed; the rest by {@code with...}. */
    public static NewServer of(String name, UUID image, String flavor) {
        return new NewServer(
                name,
                Optional.empty(),
                Optional.empty(),
                image,
                flavor,
                Optional.empty(),
                List.of(),
                true,
                List.of(),
                Map.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty(),
                "MANUAL",
                "",
                "",
                1,
                1);
    }

    /** Several servers of one request are numbered. */
    String nameOf(int index) {
        return maxCount == 1 ? name : name + "-" + (index + 1);
    }

    /** A host name by RFC 1123 made of the server's name, or {@code Server-<id>} when nothing of it can be used. */
    String hostNameOf(int index, UUID id) {
        if (hostName.isPresent()) {
            return maxCount == 1 ? hostName.get() : hostName.get() + "-" + (index + 1);
        }
        String plain = Normalizer.normalize(nameOf(index), Normalizer.Form.NFKD)
                .replaceAll("[ _]", "-")
                .replaceAll("[^A-Za-z0-9.-]", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("^[.-]+|[.-]+$", "");
        String cut = plain.length() > 63 ? plain.substring(0, 63).replaceAll("[.-]+$", "") : plain;
        return cut.isEmpty() ? "server-" + id : cut;
    }

    private static void checkUserData(String base64) {
        if (base64.length() > USER_DATA_MAX) {
            throw Fault.badRequest(
                    "user_data", "Invalid input for field/attribute user_data: it is longer than 65535 characters.");
        }
        try {
            Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw Fault.badRequest("user_data", "Invalid input for field/attribute user_data: it is not Base64.");
        }
    }

    @Override
    public String toString() {
        // user data and password may be secret
        return "NewServer[" + name + ", image " + image + ", flavor " + flavor + ", " + minCount + " to " + maxCount
                + "]";
    }
}
