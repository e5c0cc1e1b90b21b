package cloud.haneul.network;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.TargetSource;
import cloud.haneul.kernel.data.Database;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Networks and all that belongs to them as rules see them. */
@Component
class NetworkTargets implements TargetSource {
    private interface Finding {
        Optional<Target> of(EntityManager em, UUID id);
    }

    private static final Map<String, Finding> TYPES = Map.of(
            "network",
            (em, id) -> find(em, Network.class, id).map(n -> new Target(n.name(), "get_network", n.target())),
            "subnet",
            (em, id) -> find(em, Subnet.class, id).map(subnet -> {
                subnet.of(em.find(Network.class, subnet.networkId()));
                return new Target(subnet.name(), "get_subnet", Finder.target(subnet));
            }),
            "port",
            (em, id) -> find(em, Port.class, id).map(port -> {
                Finder.load(em, List.of(port));
                return new Target(port.name(), "get_port", port.target());
            }),
            "router",
            (em, id) -> find(em, Router.class, id).map(r -> new Target(r.name(), "get_router", r.target())),
            "floatingip",
            (em, id) ->
                    find(em, FloatingIp.class, id).map(f -> new Target(f.floatingIp(), "get_floatingip", f.target())),
            "security_group",
            (em, id) -> find(em, SecurityGroup.class, id)
                    .map(group -> new Target(group.name(), "get_security_group", group.target())));

    private final Database database;

    @Inject
    NetworkTargets(Database database) {
        this.database = database;
    }

    @Override
    public Set<String> types() {
        return TYPES.keySet();
    }

    @Override
    public Optional<Target> target(String type, String id) {
        return Ids.parse(id)
                .flatMap(known -> database.read(em -> TYPES.get(type).of(em, known)));
    }

    private static <R extends Resource> Optional<R> find(EntityManager em, Class<R> type, UUID id) {
        return Optional.ofNullable(em.find(type, id));
    }
}
