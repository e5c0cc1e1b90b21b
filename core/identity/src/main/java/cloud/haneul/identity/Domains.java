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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The use cases around domains. */
@Component
public class Domains {
    private final Database database;
    private final Access access;
    private final Users users;
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
            Delegations delegations,
            Revocations revocations,
            Audit audit,
            Events events,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.users = users;
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

    /** The names of domains by id, for pages that show of which domain something is. */
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
     * Deletes a domain and everything in it, in one transaction and by as many statements however much that is.
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
            Delegations.domainGone(em, id);
            users.removeAll(em, id);
            Groups.removeAll(em, id);
            Roles.removeAll(em, id);
            removeProjects(em, id);
            forget(em, domain);
            revocations.domain(id);
            revocations.allStale();
            audit.success(caller, "identity:delete_domain", "domain", id, domain.name());
        });
    }

    /** Removes a project or domain that has nothing below it, with what hangs on it. */
    void forget(EntityManager em, Project project) {
        String id = project.id();
        removeWhatIsOf(em, Gone.one(id));
        delegations.projectGone(em, id);
        IdentityProviders.forgetDomain(em, id);
        DomainConfigs.forget(em, id);
        Gone.one(id).delete(em, "Shadow", "domainId");
        revocations.stale(Directories.staleId(id));
        em.remove(project);
        revocations.project(id);
        revocations.stale(id);
    }

    /** Who looks at projects is told once. */
    private void removeProjects(EntityManager em, String domainId) {
        removeWhatIsOf(em, Gone.allOf("Project", domainId));
        // so that they may go in any order
        em.createQuery("update Project p set p.parentId = null where p.domainId = :id")
                .setParameter("id", domainId)
                .executeUpdate();
        Gone.one(domainId).delete(em, "Project", "domainId");
        events.publish(new ResourceEvent("project", domainId, Optional.empty(), "deleted"));
    }

    /** All but the trusts, and what only domains have. */
    private static void removeWhatIsOf(EntityManager em, Gone projects) {
        projects.delete(em, "Assignment", "targetId");
        projects.clear(em, "IdentityUser", "defaultProjectId");
        projects.delete(em, "ProjectTag", "projectId");
        projects.delete(em, "IdentityLimit", "ownerId");
        projects.delete(em, "CatalogFilter", "projectId");
        Delegations.removeWhatIsOfProjects(em, projects);
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
