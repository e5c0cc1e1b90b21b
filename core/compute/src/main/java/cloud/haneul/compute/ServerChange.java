package cloud.haneul.compute;

import java.util.Optional;

/**
 * What is to be changed of a server; empty leaves as is.
 *
 * @param description present and empty inside removes it
 */
public record ServerChange(
        Optional<String> name,
        Optional<Optional<String>> description,
        Optional<String> hostName,
        Optional<String> accessIpv4,
        Optional<String> accessIpv6) {}
