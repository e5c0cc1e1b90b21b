package cloud.haneul.driver.ovn;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What haproxy is told: one frontend for each network, in the network's namespace, that says who asks. Whatever a guest says
 * about that itself is thrown away.
 */
final class HaproxyConfig {
    private static final String HEAD = """
            # Written by Haneul; changes are lost. Guests' metadata requests go to the metadata service.
            global
              maxconn 2048
              hard-stop-after 10s
            %s
            defaults
              mode http
              timeout connect 5s
              timeout client 30s
              timeout server 60s
              timeout http-request 10s
              retries 2

            """;
    private static final String FRONTEND = """
            # %2$s is %5$s in the kernel
            frontend network_%1$s
              bind 169.254.169.254:80 namespace %2$s
              http-request del-header x-haneul- -m beg
              http-request del-header forwarded
              http-request set-header X-Forwarded-For %%[src]
              http-request set-header X-Haneul-Network %1$s
              http-request set-header X-Haneul-Secret '%3$s'
              default_backend %4$s

            """;
    private static final String BACKEND = """
            backend %s
              server metadata %s

            """;

    private HaproxyConfig() {}

    /** @param user whom haproxy becomes when it has opened its sockets; empty to stay who it is */
    static String of(Collection<MetadataRecord> networks, String user) {
        StringBuilder text =
                new StringBuilder(HEAD.formatted(user.isEmpty() ? "" : "  user " + user + "\n  group " + user + "\n"));
        List<MetadataRecord> sorted = networks.stream()
                .sorted(Comparator.comparing(MetadataRecord::network))
                .toList();
        Map<String, String> backends = new TreeMap<>();
        for (MetadataRecord network : sorted) {
            String backend = backends.computeIfAbsent(network.endpoint(), endpoint -> "service_" + backends.size());
            // a percent sign begins a variable
            String secret = network.secret().reveal().replace("%", "%%");
            // a namespace that was made again has to be opened again: its number makes the difference
            String identity = MetadataNamespace.identity(network.namespace()).orElse("missing");
            text.append(FRONTEND.formatted(network.network(), network.namespace(), secret, backend, identity));
        }
        backends.forEach((endpoint, name) -> text.append(BACKEND.formatted(name, endpoint)));
        return text.toString();
    }
}
