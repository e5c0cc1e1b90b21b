package cloud.haneul.compute;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.TargetSource;
import cloud.haneul.kernel.data.Database;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;

/** Servers as rules see them. */
@Component
class ComputeTargets implements TargetSource {
    private final Database database;

    @Inject
    ComputeTargets(Database database) {
        this.database = database;
    }

    @Override
    public Set<String> types() {
        return Set.of("server");
    }

    @Override
    public Optional<Target> target(String type, String id) {
        return Ids.parse(id)
                .flatMap(known -> database.read(em -> Optional.ofNullable(em.find(Server.class, known))))
                .map(server -> new Target(server.name(), "os_compute_api:servers:show", Servers.target(server)));
    }
}
