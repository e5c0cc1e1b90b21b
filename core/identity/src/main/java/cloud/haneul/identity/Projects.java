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
import java.util.Set;

/** The use cases around projects, their tree and their tags. */
@Component
public class Projects {
    static final int NAME = 64;

    private final Database database;
    private final Access access;
    private final Domains domains;
    private final Revocations revocations;
    private final Audit audit;
    private final Events events;
    private final Clock clock;

    @Inject
    Projects(
            Database database,
            Access access,
            Domains domains,
            Revocations revocations,
            Audit audit,
            Events events,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.domains = domains;
        this.revocations = revocations;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /**
     * @throws Fault CONFLICT when the domain has a project of that name; FORBIDDEN when a project above is disabled or the tree
     *     would get too deep
     */
    public Project create(Caller caller, NewProject wanted) {
        if (wanted.domain()) {
            return createDomain(caller, wanted);
        }
        Optional<Project> parent = wanted.parentId().flatMap(this::find);
        String domain = wanted.domainId()
                .or(() -> parent.map(Project::rootId))
                .or(caller::domainId)
                .orElse(Project.DEFAULT_DOMAIN);
        access.require(
                caller,
                "identity:create_project",
                Target.of().newIn("project", domain).map());
        Text.name("name", wanted.name(), NAME);
        Text.description(wanted.description());
        try {
            return database.write(em -> {
                Project above = above(em, wanted, domain);
                Project project = Project.below(above, Ids.newHexId(), wanted.name(), clock.instant());
                project.enable(wanted.enabled());
                project.describe(wanted.description());
                project.immutable(wanted.immutable());
                project.extra(Text.merged(Map.of(), wanted.extra()));
                em.persist(project);
                em.flush();
                ProjectTags.replace(em, project.id(), wanted.tags());
                audit.success(caller, "identity:create_project", "project", project.id(), project.name());
                published(project, "created");
                return project;
            });
        } catch (DuplicateKey e) {
            throw Faults.duplicate("project", wanted.name() + " at domain ID " + domain);
        }
    }

    private Project createDomain(Caller caller, NewProject wanted) {
        if (wanted.domainId().isPresent() || wanted.parentId().isPresent()) {
            throw Fault.badRequest("is_domain", "A project that acts as a domain has neither domain_id nor parent_id.");
        }
        Domain domain = domains.create(caller, wanted);
        return database.read(em -> Domains.existing(em, domain.id()));
    }

    private static Project above(EntityManager em, NewProject wanted, String domain) {
        Project root = Domains.existing(em, domain);
        Project above = wanted.parentId()
                .filter(id -> !id.equals(domain))
                .map(id -> existing(em, id))
                .orElse(root);
        if (!above.rootId().equals(domain)) {
            throw Fault.badRequest("parent_id", "The parent project is in another domain than " + domain + ".");
        }
        List<Project> path = Effective.path(em, above.id());
        path.stream().filter(project -> !project.isEnabled()).findFirst().ifPresent(project -> {
            throw Fault.forbidden(
                    "Cannot create project in a branch containing a disabled project: " + project.id() + ".");
        });
        if (path.size() + 1 > LimitModel.current().depth()) {
            throw Fault.forbidden("Max hierarchy depth reached for " + above.id() + " branch.");
        }
        return above;
    }

    public Project get(Caller caller, String id) {
        return visible(caller, "identity:get_project", id);
    }

    /** The projects the caller may see; for a domain's own people those of their domain. */
    public List<Project> list(Caller caller, ProjectFilter filter, Page page) {
        requireList(caller);
        return database.read(em -> rows(caller, filter).page(em, page, Project::name));
    }

    public long count(Caller caller, ProjectFilter filter) {
        requireList(caller);
        return database.read(em -> rows(caller, filter).count(em));
    }

    private void requireList(Caller caller) {
        access.require(
                caller,
                "identity:list_projects",
                Target.of().domainId(caller.domainId()).map());
    }

    private static Rows<Project> rows(Caller caller, ProjectFilter filter) {
        Rows<Project> rows = filter.rows();
        caller.domainId().ifPresent(own -> rows.and("(r.domainId = :own or r.id = :own)", "own", own));
        return rows;
    }

    /** Disabling ends all tokens that are scoped to the project. */
    public Project update(Caller caller, String id, ProjectChange change) {
        Project known = visible(caller, "identity:update_project", id);
        if (known.isDomain()) {
            domains.update(caller, id, change);
            return database.read(em -> existing(em, id));
        }
        change.name().ifPresent(name -> Text.name("name", name, NAME));
        change.description().ifPresent(Text::description);
        try {
            return database.write(em -> {
                Project project = existing(em, id);
                requireMutable(project, change);
                change.enabled().filter(on -> on != project.isEnabled()).ifPresent(on -> enable(em, project, on));
                apply(em, project, change);
                revocations.stale(id);
                audit.success(caller, "identity:update_project", "project", id, project.name());
                published(project, "updated");
                return project;
            });
        } catch (DuplicateKey e) {
            throw Faults.duplicate("project", change.name().orElse(""));
        }
    }

    private void enable(EntityManager em, Project project, boolean on) {
        if (on) {
            Effective.path(em, project.id()).stream()
                    .skip(1)
                    .filter(above -> !above.isEnabled())
                    .findFirst()
                    .ifPresent(above -> {
                        throw Fault.forbidden(
                                "Cannot enable project " + project.id() + " since it has disabled parents.");
                    });
        } else {
            if (Effective.below(em, Set.of(project.id())).stream().anyMatch(Project::isEnabled)) {
                throw Fault.forbidden(
                        "Cannot disable project " + project.id() + " since its subtree contains enabled projects.");
            }
            revocations.project(project.id());
        }
        project.enable(on);
    }

    /** What projects and domains have in common. */
    static void apply(EntityManager em, Project project, ProjectChange change) {
        change.name().ifPresent(project::rename);
        change.description().ifPresent(project::describe);
        change.immutable().ifPresent(project::immutable);
        project.extra(Text.merged(project.extra(), change.extra()));
        change.tags().ifPresent(tags -> ProjectTags.replace(em, project.id(), tags));
    }

    static void requireMutable(Project project, ProjectChange change) {
        if (project.isImmutable() && !change.unlocks()) {
            throw Faults.immutable(project.isDomain() ? "domain" : "project", project.id(), "update");
        }
    }

    /** @throws Fault FORBIDDEN while it has children */
    public void delete(Caller caller, String id) {
        Project known = visible(caller, "identity:delete_project", id);
        if (known.isDomain()) {
            domains.delete(caller, id);
            return;
        }
        database.run(em -> {
            Project project = existing(em, id);
            if (project.isImmutable()) {
                throw Faults.immutable("project", id, "delete");
            }
            if (Effective.hasChildren(em, id)) {
                throw Fault.forbidden("Cannot delete the project " + id + " since it is not a leaf in the hierarchy.");
            }
            remove(em, project);
            audit.success(caller, "identity:delete_project", "project", id, project.name());
        });
    }

    /** The projects above, nearest first, the domain left out. */
    public List<Project> parents(Caller caller, String id) {
        visible(caller, "identity:get_project", id);
        return database.read(em -> Effective.path(em, id).stream()
                .skip(1)
                .filter(project -> !project.isDomain())
                .toList());
    }

    /** The projects below, level by level. */
    public List<Project> subtree(Caller caller, String id) {
        visible(caller, "identity:get_project", id);
        return database.read(em -> Effective.below(em, Set.of(id)));
    }

    /** The names of projects by id, for pages that show whose something is. */
    public Map<String, String> names(Collection<String> ids) {
        return database.read(em -> Names.of(em, "Project", ids));
    }

    /** For a cascade, in its transaction. */
    void remove(EntityManager em, Project project) {
        domains.forget(em, project);
        published(project, "deleted");
    }

    private void published(Project project, String what) {
        events.publish(new ResourceEvent("project", project.id(), Optional.of(project.id()), what));
    }

    Optional<Project> find(String id) {
        return database.read(em -> Optional.ofNullable(em.find(Project.class, id)));
    }

    static Project existing(EntityManager em, String id) {
        return Optional.ofNullable(em.find(Project.class, id)).orElseThrow(() -> Faults.notFound("project", id));
    }

    Project visible(Caller caller, String rule, String id) {
        Optional<Project> project = find(id);
        access.require(caller, rule, Target.of().project(project).map());
        return project.orElseThrow(() -> Faults.notFound("project", id));
    }
}
