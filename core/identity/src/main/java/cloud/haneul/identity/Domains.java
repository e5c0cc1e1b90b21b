package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.Access;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.data.Database.DuplicateKey;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.event.Audit;
import cloud.haneul.kernel.event.Events;
import cloud.haneul.kernel.event.ResourceEvent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The use cases around domains. */
@Component
public class Domains {
    private final Database database;
    private final Access access;
    private final Users users;
    private final Groups groups;
    private final Delegations delegations;
    private final Revocations revocations;
    private final Audit audit;
    private final Events events;
    private final Clock clock;

    @Inject
    Domains(
            Database database,
            Access access,
            Users users,
            Groups groups,
            Delegations delegations,
            Revocations revocations,
            Audit audit,
            Events events,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.users = users;
        this.groups = groups;
        this.delegations = delegations;
        this.revocations = revocations;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** @throws Fault CONFLICT when there is a domain of that name */
    public Domain create(Caller caller, NewProject wanted) {
        return create(caller, wanted, Ids.newHexId());
    }

    /** @param id chosen by the client: 32 hexadecimal digits */
    public Domain create(Caller caller, NewProject wanted, String id) {
        access.require(caller, "identity:create_domain", Map.of());
        Text.name("name", wanted.name(), Projects.NAME);
        Text.description(wanted.description());
        try {
            return database.write(em -> {
                Project domain = Project.domain(id, wanted.name(), clock.instant());
                domain.enable(wanted.enabled());
                domain.describe(wanted.description());
                domain.immutable(wanted.immutable());
                domain.extra(Text.merged(Map.of(), wanted.extra()));
                em.persist(domain);
                em.flush();
                ProjectTags.replace(em, id, wanted.tags());
                audit.success(caller, "identity:create_domain", "domain", id, domain.name());
                return Domain.of(domain);
            });
        } catch (DuplicateKey e) {
            throw Faults.duplicate("domain", wanted.name());
        }
    }

    public Domain get(Caller caller, String id) {
        return Domain.of(visible(caller, "identity:get_domain", id));
    }

    /** All domains, or the own one for a domain's own people. */
    public List<Domain> list(Caller caller, Optional<String> name, Optional<Boolean> enabled, Page page) {
        Optional<Project> own = caller.domainId().flatMap(this::find);
        access.require(caller, "identity:list_domains", Target.of().domain(own).map());
        return database.read(em -> Rows.of(Project.class, "Project")
                .where("domain", Optional.of(true))
                .where("name", name)
                .where("enabled", enabled)
                .where("id", caller.domainId())
                .page(em, page, Project::name)
                .stream()
                .map(Domain::of)
                .toList());
    }

    /** The enabled domains' names for a login page, where there is no caller yet; only when the operator shows them. */
    public Map<String, String> names(Collection<String> ids) {
        return database.read(em -> Names.of(em, "Project", ids));
    }

    /** Disabling ends the tokens of all its users and of all its projects. */
    public Domain update(Caller caller, String id, ProjectChange change) {
        visible(caller, "identity:update_domain", id);
        change.name().ifPresent(name -> Text.name("name", name, Projects.NAME));
        change.description().ifPresent(Text::description);
        try {
            return database.write(em -> {
                Project domain = existing(em, id);
                Projects.requireMutable(domain, change);
                change.enabled().filter(on -> on != domain.isEnabled()).ifPresent(on -> {
                    if (!on) {
                        requireNotDefault(id, "disable");
                        revocations.domain(id);
                    }
                    domain.enable(on);
                });
                Projects.apply(em, domain, change);
                revocations.stale(id);
                audit.success(caller, "identity:update_domain", "domain", id, domain.name());
                return Domain.of(domain);
            });
        } catch (DuplicateKey e) {
            throw Faults.duplicate("domain", change.name().orElse(""));
        }
    }

    /**
     * Deletes a domain and everything in it.
     *
     * @throws Fault FORBIDDEN while it is enabled
     */
    public void delete(Caller caller, String id) {
        visible(caller, "identity:delete_domain", id);
        requireNotDefault(id, "delete");
        database.run(em -> {
            Project domain = existing(em, id);
            if (domain.isImmutable()) {
                throw Faults.immutable("domain", id, "delete");
            }
            if (domain.isEnabled()) {
                throw Fault.forbidden("Cannot delete a domain that is enabled, please disable it first.");
            }
            inDomain(em, User.class, "IdentityUser", id).forEach(user -> users.remove(em, user));
            inDomain(em, Group.class, "IdentityGroup", id).forEach(group -> groups.remove(em, group));
            for (Role role : inDomain(em, Role.class, "IdentityRole", id)) {
                Roles.remove(em, role);
                revocations.allStale();
            }
            List<Project> projects = new ArrayList<>(Effective.below(em, Set.of(id)));
            Collections.reverse(projects);
            for (Project project : projects) {
                forget(em, project);
                em.flush();
                events.publish(new ResourceEvent("project", project.id(), Optional.of(project.id()), "deleted"));
            }
            revocations.domain(id);
            forget(em, domain);
            audit.success(caller, "identity:delete_domain", "domain", id, domain.name());
        });
    }

    /** Removes a project or domain that has nothing below it, with what hangs on it. */
    void forget(EntityManager em, Project project) {
        String id = project.id();
        em.createQuery("delete from Assignment a where a.targetId = :id")
                .setParameter("id", id)
                .executeUpdate();
        em.createQuery("update IdentityUser u set u.defaultProjectId = null where u.defaultProjectId = :id")
                .setParameter("id", id)
                .executeUpdate();
        ProjectTags.clear(em, id);
        Limits.forgetOwner(em, id);
        EndpointFilters.forgetProject(em, id);
        delegations.projectGone(em, id);
        IdentityProviders.forgetDomain(em, id);
        DomainConfigs.forget(em, id);
        Shadows.forget(em, id);
        revocations.stale(Directories.staleId(id));
        em.remove(project);
        revocations.project(id);
        revocations.stale(id);
    }

    private static <T> List<T> inDomain(EntityManager em, Class<T> type, String entity, String id) {
        return em.createQuery("select r from " + entity + " r where r.domainId = :id", type)
                .setParameter("id", id)
                .getResultList();
    }

    private static void requireNotDefault(String id, String verb) {
        if (id.equals(Project.DEFAULT_DOMAIN)) {
            throw Fault.forbidden("You are not authorized to " + verb + " the default domain.");
        }
    }

    static Project existing(EntityManager em, String id) {
        return Optional.ofNullable(em.find(Project.class, id))
                .filter(Project::isDomain)
                .orElseThrow(() -> Faults.notFound("domain", id));
    }

    private Optional<Project> find(String id) {
        return database.read(em -> Optional.ofNullable(em.find(Project.class, id)))
                .filter(Project::isDomain);
    }

    private Project visible(Caller caller, String rule, String id) {
        Optional<Project> domain = find(id);
        access.require(caller, rule, Target.of().domain(domain).map());
        return domain.orElseThrow(() -> Faults.notFound("domain", id));
    }
}
