package cloud.haneul.identity.rest;

import cloud.haneul.identity.Project;
import cloud.haneul.identity.Tagging;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.rest.Call;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A project as JSON. */
final class ProjectView {
    private ProjectView() {}

    static View of(Call call, Project project, List<String> tags) {
        return View.of()
                .with("id", project.id())
                .with("name", project.name())
                .with("domain_id", project.domainId())
                .with("description", project.description())
                .with("enabled", project.isEnabled())
                .with("parent_id", project.parentId())
                .with("is_domain", project.isDomain())
                .with("tags", tags)
                .with("options", View.options(project.isImmutable()))
                .self(call, "/projects/" + project.id())
                .extra(project.extra());
    }

    static View of(Call call, Project project, Tagging tagging) {
        return of(call, project, tagging.tagsOf(List.of(project.id())).getOrDefault(project.id(), List.of()));
    }

    static Map<String, Object> list(Call call, List<Project> rows, Tagging tagging) {
        return View.list(call, "projects", rows, withTags(call, rows, tagging));
    }

    static Map<String, Object> page(Call call, Page page, List<Project> rows, Tagging tagging) {
        return View.page(call, "projects", page, rows, Project::id, withTags(call, rows, tagging));
    }

    private static Function<Project, View> withTags(Call call, List<Project> rows, Tagging tagging) {
        Map<String, List<String>> tags =
                tagging.tagsOf(rows.stream().map(Project::id).toList());
        return project -> of(call, project, tags.getOrDefault(project.id(), List.of()));
    }
}
