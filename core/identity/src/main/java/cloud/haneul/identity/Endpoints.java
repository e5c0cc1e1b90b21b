package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The use cases around endpoints. */
@Component
public class Endpoints {
    private static final Set<String> FACES = Set.of("public", "internal", "admin");

    private final Database database;
    private final Access access;
    private final Revocations revocations;
    private final Audit audit;

    @Inject
    Endpoints(Database database, Access access, Revocations revocations, Audit audit) {
        this.database = database;
        this.access = access;
        this.revocations = revocations;
        this.audit = audit;
    }

    /**
     * What an endpoint shall be, or shall become; empty is left as it is, or as usual.
     *
     * @param region empty text means none
     */
    public record EndpointChange(
            Optional<String> serviceId,
            Optional<String> face,
            Optional<String> region,
            Optional<String> url,
            Optional<Boolean> enabled,
            Map<String, Object> extra) {}

    /** Which endpoints are wanted. */
    public record EndpointFilter(Optional<String> serviceId, Optional<String> face, Optional<String> region) {
        public static final EndpointFilter ALL =
                new EndpointFilter(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The region is made when there is none of that name, as in the API's second version. */
    public Endpoint create(Caller caller, String serviceId, String face, String url, EndpointChange wanted) {
        access.require(caller, "identity:create_endpoint", Map.of());
        return database.write(em -> {
            Services.existing(em, serviceId);
            Endpoint endpoint = new Endpoint(Ids.newHexId(), serviceId, face(face), url(url), false);
            apply(em, endpoint, wanted);
            em.persist(endpoint);
            changed(caller, "identity:create_endpoint", endpoint);
            return endpoint;
        });
    }

    public Endpoint get(Caller caller, String id) {
        access.require(caller, "identity:get_endpoint", Map.of());
        return database.read(em -> existing(em, id));
    }

    public List<Endpoint> list(Caller caller, EndpointFilter filter) {
        access.require(caller, "identity:list_endpoints", Map.of());
        return database
                .read(em -> em.createQuery(
                                "select e from IdentityEndpoint e order by e.serviceId, e.face, e.id", Endpoint.class)
                        .getResultList())
                .stream()
                .filter(e -> filter.serviceId().map(e.serviceId()::equals).orElse(true))
                .filter(e -> filter.face().map(e.face()::equals).orElse(true))
                .filter(e -> filter.region().isEmpty() || filter.region().equals(e.regionId()))
                .toList();
    }

    public Endpoint update(Caller caller, String id, EndpointChange change) {
        access.require(caller, "identity:update_endpoint", Map.of());
        return database.write(em -> {
            Endpoint endpoint = existing(em, id);
            apply(em, endpoint, change);
            endpoint.adopt();
            changed(caller, "identity:update_endpoint", endpoint);
            return endpoint;
        });
    }

    public void delete(Caller caller, String id) {
        access.require(caller, "identity:delete_endpoint", Map.of());
        database.run(em -> {
            Endpoint endpoint = existing(em, id);
            Policies.forget(em, "endpointId", id);
            EndpointFilters.forgetThing(em, id);
            em.remove(endpoint);
            changed(caller, "identity:delete_endpoint", endpoint);
        });
    }

    private static void apply(EntityManager em, Endpoint endpoint, EndpointChange change) {
        change.serviceId()
                .ifPresent(id -> endpoint.service(Services.existing(em, id).id()));
        change.face().ifPresent(face -> endpoint.face(face(face)));
        change.region().ifPresent(id -> {
            if (!id.isEmpty() && em.find(Region.class, id) == null) {
                em.persist(new Region(Text.name("region", id, 255), Optional.empty(), "", Map.of()));
                em.flush();
            }
            endpoint.region(id);
        });
        change.url().ifPresent(url -> endpoint.url(url(url)));
        change.enabled().ifPresent(endpoint::enable);
        endpoint.extra(Text.merged(endpoint.extra(), change.extra()));
    }

    static String face(String word) {
        if (!FACES.contains(word)) {
            throw Fault.badRequest(
                    "interface",
                    "Invalid input for field 'interface': '" + Text.max("interface", word, 64)
                            + "' is not one of ['admin', 'internal', 'public']");
        }
        return word;
    }

    private static String url(String address) {
        if (!address.matches("(?i)(https?://|/)[^\\s<>\"]*")) {
            throw Fault.badRequest(
                    "url", "Invalid input for field 'url': it must be an http(s) address or a path on this server.");
        }
        return Text.max("url", address, 2000);
    }

    static Endpoint existing(EntityManager em, String id) {
        return Optional.ofNullable(em.find(Endpoint.class, id)).orElseThrow(() -> Faults.notFound("endpoint", id));
    }

    private void changed(Caller caller, String rule, Endpoint endpoint) {
        revocations.stale(Catalog.ID);
        audit.success(caller, rule, "endpoint", endpoint.id(), endpoint.face());
    }
}
