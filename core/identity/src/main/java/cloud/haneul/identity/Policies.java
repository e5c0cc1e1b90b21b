package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The use cases around policies and what they are for. */
@Component
public class Policies {
    private static final int TYPE = 255;
    private static final int BLOB = 1_000_000;

    private final Database database;
    private final Access access;
    private final Audit audit;

    @Inject
    Policies(Database database, Access access, Audit audit) {
        this.database = database;
        this.access = access;
        this.audit = audit;
    }

    /** What a policy shall become; empty is left as it is. */
    public record Change(Optional<String> type, Optional<String> blob, Map<String, Object> extra) {}

    /** What has a policy: an endpoint, a service, or a service in one region. */
    public record Place(Optional<String> endpointId, Optional<String> serviceId, Optional<String> regionId) {
        public static Place endpoint(String id) {
            return new Place(Optional.of(id), Optional.empty(), Optional.empty());
        }

        public static Place service(String id) {
            return new Place(Optional.empty(), Optional.of(id), Optional.empty());
        }

        public static Place region(String serviceId, String id) {
            return new Place(Optional.empty(), Optional.of(serviceId), Optional.of(id));
        }

        String key() {
            return endpointId.orElse("") + "|" + serviceId.orElse("") + "|" + regionId.orElse("");
        }

        private String rule(String verb) {
            return "identity:" + verb + "_policy_association_for_"
                    + (endpointId.isPresent() ? "endpoint" : regionId.isPresent() ? "region_and_service" : "service");
        }
    }

    public Policy create(Caller caller, String type, String blob, Map<String, Object> extra) {
        access.require(caller, "identity:create_policy", Map.of());
        return database.write(em -> {
            Policy policy = new Policy(Ids.newHexId(), Text.name("type", type, TYPE), Text.max("blob", blob, BLOB));
            policy.extra(Text.merged(Map.of(), extra));
            em.persist(policy);
            audit.success(caller, "identity:create_policy", "policy", policy.id(), type);
            return policy;
        });
    }

    public Policy get(Caller caller, String id) {
        access.require(caller, "identity:get_policy", Map.of());
        return database.read(em -> existing(em, id));
    }

    public List<Policy> list(Caller caller, Optional<String> type, Page page) {
        access.require(caller, "identity:list_policies", Map.of());
        return database.read(em -> Rows.of(Policy.class, "IdentityPolicy")
                .by("type")
                .where("type", type)
                .page(em, page, Policy::type));
    }

    public Policy update(Caller caller, String id, Change change) {
        access.require(caller, "identity:update_policy", Map.of());
        return database.write(em -> {
            Policy policy = existing(em, id);
            change.type().ifPresent(type -> policy.type(Text.name("type", type, TYPE)));
            change.blob().ifPresent(blob -> policy.blob(Text.max("blob", blob, BLOB)));
            policy.extra(Text.merged(policy.extra(), change.extra()));
            audit.success(caller, "identity:update_policy", "policy", id, policy.type());
            return policy;
        });
    }

    public void delete(Caller caller, String id) {
        access.require(caller, "identity:delete_policy", Map.of());
        database.run(em -> {
            Policy policy = existing(em, id);
            forget(em, "policyId", id);
            em.remove(policy);
            audit.success(caller, "identity:delete_policy", "policy", id, policy.type());
        });
    }

    /** Says that a policy is for a place, instead of the one that was. */
    public void link(Caller caller, String id, Place place) {
        String rule = place.rule("create");
        access.require(caller, rule, Map.of());
        database.writeRetrying(em -> {
            requireThere(em, id, place);
            PolicyLink link = em.find(PolicyLink.class, place.key());
            if (link == null) {
                em.persist(new PolicyLink(id, place));
            } else {
                link.policy(id);
            }
            audit.success(caller, rule, "policy", id, place.key());
            return id;
        });
    }

    /** @throws Fault NOT_FOUND when the policy is not for that place */
    public void check(Caller caller, String id, Place place) {
        access.require(caller, place.rule("check"), Map.of());
        database.read(em -> linked(em, id, place));
    }

    /** @throws Fault NOT_FOUND when the policy is not for that place */
    public void unlink(Caller caller, String id, Place place) {
        String rule = place.rule("delete");
        access.require(caller, rule, Map.of());
        database.run(em -> {
            em.remove(linked(em, id, place));
            audit.success(caller, rule, "policy", id, place.key());
        });
    }

    /** The policy of an endpoint: its own, else that of its service in its region or one above, else that of its service. */
    public Policy of(Caller caller, String endpointId) {
        access.require(caller, "identity:get_policy_for_endpoint", Map.of());
        return database.read(em -> {
            Endpoint endpoint = Endpoints.existing(em, endpointId);
            Optional<PolicyLink> link = find(em, Place.endpoint(endpointId));
            Optional<String> region = endpoint.regionId();
            while (link.isEmpty() && region.isPresent()) {
                link = find(em, Place.region(endpoint.serviceId(), region.get()));
                region = Regions.existing(em, region.get()).parentId();
            }
            return link.or(() -> find(em, Place.service(endpoint.serviceId())))
                    .map(found -> existing(em, found.policyId()))
                    .orElseThrow(() -> Fault.of(
                            Fault.Kind.NOT_FOUND, "No policy is associated with endpoint " + endpointId + "."));
        });
    }

    /** The endpoints that a policy is for. */
    public List<Endpoint> endpoints(Caller caller, String id) {
        access.require(caller, "identity:list_endpoints_for_policy", Map.of());
        return database.read(em -> {
            existing(em, id);
            List<Place> places = em
                    .createQuery("select l from PolicyLink l where l.policyId = :id", PolicyLink.class)
                    .setParameter("id", id)
                    .getResultList()
                    .stream()
                    .map(PolicyLink::place)
                    .toList();
            List<Region> regions = em.createQuery("select r from IdentityRegion r", Region.class)
                    .getResultList();
            return em
                    .createQuery("select e from IdentityEndpoint e order by e.serviceId, e.face, e.id", Endpoint.class)
                    .getResultList()
                    .stream()
                    .filter(endpoint -> places.stream().anyMatch(place -> isFor(place, endpoint, regions)))
                    .toList();
        });
    }

    private static boolean isFor(Place place, Endpoint endpoint, List<Region> regions) {
        if (place.endpointId().isPresent()) {
            return place.endpointId().get().equals(endpoint.id());
        }
        return place.serviceId().equals(Optional.of(endpoint.serviceId()))
                && place.regionId()
                        .map(region -> below(region, regions)
                                .contains(endpoint.regionId().orElse("")))
                        .orElse(true);
    }

    private static Set<String> below(String top, List<Region> regions) {
        Set<String> found = new HashSet<>(Set.of(top));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Region region : regions) {
                grown |= region.parentId().filter(found::contains).isPresent() && found.add(region.id());
            }
        }
        return found;
    }

    /** For a cascade: the links of a policy, endpoint, service or region that goes. */
    static void forget(EntityManager em, String field, String id) {
        em.createQuery("delete from PolicyLink l where l." + field + " = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    private static PolicyLink linked(EntityManager em, String id, Place place) {
        requireThere(em, id, place);
        return find(em, place)
                .filter(link -> link.policyId().equals(id))
                .orElseThrow(() -> Fault.of(
                        Fault.Kind.NOT_FOUND, "Could not find policy association of policy " + id + " there."));
    }

    private static void requireThere(EntityManager em, String id, Place place) {
        existing(em, id);
        place.endpointId().ifPresent(endpoint -> Endpoints.existing(em, endpoint));
        place.serviceId().ifPresent(service -> Services.existing(em, service));
        place.regionId().ifPresent(region -> Regions.existing(em, region));
    }

    private static Optional<PolicyLink> find(EntityManager em, Place place) {
        return Optional.ofNullable(em.find(PolicyLink.class, place.key()));
    }

    private static Policy existing(EntityManager em, String id) {
        return Optional.ofNullable(em.find(Policy.class, id)).orElseThrow(() -> Faults.notFound("policy", id));
    }
}
