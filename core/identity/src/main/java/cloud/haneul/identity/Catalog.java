package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The catalogue as a token's holder sees it: every enabled service with its addresses, filled in for his project. */
@Component
public class Catalog {
    private static final int MOST_FILTERS = 50_000;

    /** What a catalogue change makes stale, in the words of {@link Revocations}. */
    static final String ID = "catalog";

    private static final Pattern PLACEHOLDER = Pattern.compile("[$%]\\((project_id|tenant_id|user_id)\\)s");

    private final Database database;
    private final Access access;
    private final Map<String, Set<String>> filters = new ConcurrentHashMap<>();
    private volatile List<Offer> offers;
    private volatile long edition;

    @Inject
    Catalog(Database database, Access access, Revocations revocations) {
        this.database = database;
        this.access = access;
        revocations.onStale(id -> {
            if (id.equals(ID)) {
                forget();
            }
        });
    }

    /** A service with where it is. */
    public record Offer(String id, String type, String name, List<Address> addresses) {}

    /**
     * One endpoint.
     *
     * @param face {@code public}, {@code internal} or {@code admin}
     */
    public record Address(String id, String face, Optional<String> region, String url) {}

    /**
     * The catalogue for a token of this scope.
     *
     * @param baseUrl by which the client came: what endpoints with a path alone stand on
     */
    public List<Offer> offers(Optional<String> projectId, String userId, String baseUrl) {
        Set<String> only = projectId.map(this::filter).orElse(Set.of());
        return all().stream()
                .map(offer -> new Offer(
                        offer.id,
                        offer.type,
                        offer.name,
                        offer.addresses.stream()
                                .filter(address -> only.isEmpty() || only.contains(address.id))
                                .flatMap(address -> filled(address, projectId, userId, baseUrl).stream())
                                .toList()))
                .filter(offer -> !offer.addresses.isEmpty())
                .toList();
    }

    /** As {@link #offers} for somebody's own token. */
    public List<Offer> mine(Caller caller, String baseUrl) {
        access.require(caller, "identity:get_auth_catalog", Map.of());
        return offers(caller.projectId(), caller.userId(), baseUrl);
    }

    private static Optional<Address> filled(Address address, Optional<String> project, String user, String baseUrl) {
        String url = address.url.startsWith("/") ? baseUrl + address.url : address.url;
        if (url.indexOf('(') < 0) {
            return Optional.of(new Address(address.id, address.face, address.region, url));
        }
        if (project.isEmpty() && url.contains("project_id)s") || project.isEmpty() && url.contains("tenant_id)s")) {
            // an address within a project means nothing without one
            return Optional.empty();
        }
        String whole = PLACEHOLDER
                .matcher(url)
                .replaceAll(m -> Matcher.quoteReplacement(m.group(1).equals("user_id") ? user : project.orElse("")));
        return Optional.of(new Address(address.id, address.face, address.region, whole));
    }

    /** The endpoints that a project's catalogue is cut down to; empty when it is not. */
    private Set<String> filter(String projectId) {
        Set<String> known = filters.get(projectId);
        if (known != null) {
            return known;
        }
        long before = edition;
        Set<String> loaded = database.read(em -> {
            Set<String> ids = new HashSet<>();
            if (!EndpointFilters.filters(em, projectId).isEmpty()) {
                EndpointFilters.given(em, projectId).forEach(endpoint -> ids.add(endpoint.id()));
                // given groups without an endpoint: a catalogue of nothing, not of all
                ids.add("");
            }
            return Set.copyOf(ids);
        });
        synchronized (this) {
            if (before == edition && !database.inTransaction()) {
                if (filters.size() >= MOST_FILTERS) {
                    filters.clear();
                }
                filters.put(projectId, loaded);
            }
        }
        return loaded;
    }

    private List<Offer> all() {
        List<Offer> current = offers;
        return current == null ? load() : current;
    }

    private List<Offer> load() {
        long before = edition;
        List<Offer> loaded = database.read(em -> {
            Map<String, List<Endpoint>> endpoints = em
                    .createQuery(
                            "select e from IdentityEndpoint e where e.enabled = true order by e.face, e.id",
                            Endpoint.class)
                    .getResultList()
                    .stream()
                    .collect(Collectors.groupingBy(Endpoint::serviceId));
            List<Offer> all = new ArrayList<>();
            for (Service service : em.createQuery(
                            "select s from IdentityService s where s.enabled = true order by s.type, s.id",
                            Service.class)
                    .getResultList()) {
                all.add(new Offer(
                        service.id(),
                        service.type(),
                        service.name(),
                        endpoints.getOrDefault(service.id(), List.of()).stream()
                                .map(e -> new Address(e.id(), e.face(), e.regionId(), e.url()))
                                .toList()));
            }
            return List.copyOf(all);
        });
        synchronized (this) {
            if (before == edition && !database.inTransaction()) {
                offers = loaded;
            }
        }
        return loaded;
    }

    private synchronized void forget() {
        edition++;
        filters.clear();
        offers = null;
    }
}
