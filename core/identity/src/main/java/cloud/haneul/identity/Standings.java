package cloud.haneul.identity;

import cloud.haneul.identity.TokenContext.Named;
import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.access.CallerBook;
import cloud.haneul.kernel.data.Database;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Who a user would be in a scope, whether or not he gets in there. */
@Component
class Standings implements CallerBook {
    private final Database database;
    private final Contexts contexts;

    @Inject
    Standings(Database database, Contexts contexts) {
        this.database = database;
        this.contexts = contexts;
    }

    @Override
    public Optional<Caller> caller(Caller asker, String userId, Scope scope) {
        Optional<Grant.Target> where = scope.system()
                ? Optional.of(Grant.Target.SYSTEM)
                : scope.projectId().map(Grant.Target::project).or(() -> scope.domainId()
                        .map(Grant.Target::domain));
        return contexts.find(userId, where).or(() -> outside(userId, scope)).map(context -> caller(asker, context));
    }

    /** Someone who gets no token for the scope: the same with no role there. */
    private Optional<TokenContext> outside(String userId, Scope scope) {
        return database.read(
                em -> Optional.ofNullable(em.find(User.class, userId)).map(user -> {
                    Named home = named(em.find(Project.class, user.domainId()));
                    return new TokenContext(
                            new Named(user.id(), user.name()),
                            home,
                            scope.projectId()
                                    .flatMap(id -> Optional.ofNullable(em.find(Project.class, id)))
                                    .map(project -> new TokenContext.Place(
                                            project.id(),
                                            project.name(),
                                            named(em.find(
                                                    Project.class,
                                                    project.domainId().orElse(project.id()))),
                                            project.isDomain())),
                            scope.domainId()
                                    .flatMap(id -> Optional.ofNullable(em.find(Project.class, id)))
                                    .filter(Project::isDomain)
                                    .map(Standings::named),
                            scope.system(),
                            List.of());
                }));
    }

    private static Named named(Project project) {
        return new Named(project.id(), project.name());
    }

    private static Caller caller(Caller asker, TokenContext context) {
        return context.caller(new RequestInfo(
                asker.requestId(), asker.globalRequestId(), "", "", Optional.empty(), asker.locale(), asker.address()));
    }
}
