package cloud.haneul.identity;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.data.Database;
import cloud.haneul.kernel.event.Audit;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The use cases around the tags of projects. */
@Component
public class Tagging {
    private final Database database;
    private final Projects projects;
    private final Audit audit;

    @Inject
    Tagging(Database database, Projects projects, Audit audit) {
        this.database = database;
        this.projects = projects;
        this.audit = audit;
    }

    public List<String> tags(Caller caller, String id) {
        projects.visible(caller, "identity:list_project_tags", id);
        return tagsOf(List.of(id)).getOrDefault(id, List.of());
    }

    /** The tags of projects the caller was shown, by project; one query. */
    public Map<String, List<String>> tagsOf(Collection<String> ids) {
        return database.read(em -> ProjectTags.of(em, ids));
    }

    /** @throws Fault NOT_FOUND when the project does not have the tag */
    public void checkTag(Caller caller, String id, String tag) {
        projects.visible(caller, "identity:get_project_tag", id);
        requireTag(tagsOf(List.of(id)).getOrDefault(id, List.of()), tag);
    }

    public void addTag(Caller caller, String id, String tag) {
        projects.visible(caller, "identity:create_project_tag", id);
        changeTags(caller, "identity:create_project_tag", id, tags -> tags.add(ProjectTags.checked(tag)));
    }

    public List<String> setTags(Caller caller, String id, Set<String> tags) {
        projects.visible(caller, "identity:update_project_tags", id);
        return changeTags(caller, "identity:update_project_tags", id, all -> {
            all.clear();
            all.addAll(tags);
        });
    }

    public void removeTag(Caller caller, String id, String tag) {
        projects.visible(caller, "identity:delete_project_tag", id);
        changeTags(caller, "identity:delete_project_tag", id, tags -> {
            requireTag(tags, tag);
            tags.remove(tag);
        });
    }

    public void clearTags(Caller caller, String id) {
        projects.visible(caller, "identity:delete_project_tags", id);
        changeTags(caller, "identity:delete_project_tags", id, Set::clear);
    }

    private List<String> changeTags(
            Caller caller, String rule, String id, java.util.function.Consumer<Set<String>> change) {
        return database.writeRetrying(em -> {
            Project project = Projects.existing(em, id);
            Projects.requireMutable(project, ProjectChange.NONE);
            Set<String> tags = new TreeSet<>(ProjectTags.of(em, List.of(id)).getOrDefault(id, List.of()));
            change.accept(tags);
            ProjectTags.replace(em, id, tags);
            audit.success(caller, rule, "project", id, project.name());
            return List.copyOf(tags);
        });
    }

    private static void requireTag(Collection<String> tags, String tag) {
        if (!tags.contains(tag)) {
            throw Faults.notFound("project tag", tag);
        }
    }
}
