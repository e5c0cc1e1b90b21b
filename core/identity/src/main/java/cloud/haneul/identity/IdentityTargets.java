package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.access.TargetSource;
import cloud.haneul.kernel.data.Database;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Users, projects, domains and groups as rules see them. */
@Component
class IdentityTargets implements TargetSource {
    private final Database database;

    @Inject
    IdentityTargets(Database database) {
        this.database = database;
    }

    @Override
    public Set<String> types() {
        return Set.of("user", "project", "domain", "group");
    }

    @Override
    public Optional<Target> target(String type, String id) {
        return database.read(em -> switch (type) {
            case "user" ->
                find(em, User.class, id)
                        .map(user -> target(
                                user.name(),
                                "identity:get_user",
                                of().user(user).map()));
            case "group" ->
                find(em, Group.class, id)
                        .map(group -> target(
                                group.name(),
                                "identity:get_group",
                                of().group(Optional.of(group)).map()));
            case "domain" ->
                find(em, Project.class, id)
                        .filter(Project::isDomain)
                        .map(domain -> target(
                                domain.name(),
                                "identity:get_domain",
                                of().domain(Optional.of(domain)).map()));
            default ->
                find(em, Project.class, id)
                        .map(project -> target(
                                project.name(),
                                "identity:get_project",
                                of().project(Optional.of(project)).map()));
        });
    }

    private static <E> Optional<E> find(EntityManager em, Class<E> type, String id) {
        return Optional.ofNullable(em.find(type, id));
    }

    private static Target target(String name, String seeRule, Map<String, ?> attributes) {
        return new Target(name, seeRule, attributes);
    }

    private static cloud.haneul.identity.Target of() {
        return cloud.haneul.identity.Target.of();
    }
}
