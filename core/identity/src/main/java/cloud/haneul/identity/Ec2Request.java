package cloud.haneul.identity;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request that was signed with EC2 keys, as the service that got it tells of it.
 *
 * @param parameters of its query, decoded
 * @param headers with names in lower case
 * @param bodyHash SHA-256 of its body in hexadecimal, as the service found it; version 4 signs it
 */
public record Ec2Request(
        String access,
        String signature,
        String host,
        String verb,
        String path,
        Map<String, String> parameters,
        Map<String, String> headers,
        Optional<String> bodyHash) {

    public Ec2Request {
        parameters = Map.copyOf(parameters);
        Map<String, String> lower = new TreeMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        headers = Map.copyOf(lower);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** The same request with the host as some clients sign it. */
    Ec2Request withoutPort() {
        return new Ec2Request(
                access, signature, host.replaceFirst(":\\d+$", ""), verb, path, parameters, headers, bodyHash);
    }

    @Override
    public String toString() {
        return verb + " " + path + " signed with " + access;
    }
}
