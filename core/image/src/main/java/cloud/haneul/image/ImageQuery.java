package cloud.haneul.image;

import cloud.haneul.image.Image.Visibility;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Json;
import cloud.haneul.kernel.data.Page;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Builds the one query of a list of images. */
final class ImageQuery {
    private static final Map<String, String> FIELDS = Map.of(
            "created_at", "createdAt",
            "updated_at", "updatedAt",
            "name", "name",
            "id", "id",
            "size", "size",
            "status", "status",
            "disk_format", "diskFormat",
            "container_format", "containerFormat");

    private ImageQuery() {}

    static List<Image> run(EntityManager em, Caller caller, ImageFilter filter, Page page) {
        List<String> where = new ArrayList<>();
        Map<String, Object> values = new HashMap<>();
        if (!caller.isAdmin()) {
            where.add("(i.owner = :mine or i.visibility = :public"
                    + (filter.visibility().equals(java.util.Optional.of(Visibility.COMMUNITY))
                            ? " or i.visibility = :community"
                            : "")
                    + ")");
            values.put("mine", caller.projectId().orElse(""));
            values.put("public", Visibility.PUBLIC);
            if (filter.visibility().equals(java.util.Optional.of(Visibility.COMMUNITY))) {
                values.put("community", Visibility.COMMUNITY);
            }
        }
        filter.name().ifPresent(n -> add(where, values, "i.name = :name", "name", n));
        filter.visibility().ifPresent(v -> add(where, values, "i.visibility = :visibility", "visibility", v));
        filter.owner().ifPresent(o -> add(where, values, "i.owner = :owner", "owner", o));
        filter.diskFormat().ifPresent(f -> add(where, values, "i.diskFormat = :format", "format", f));
        filter.status().ifPresent(s -> status(where, values, s));
        filter.id()
                .ifPresent(id ->
                        add(where, values, "i.id = :id", "id", Ids.parse(id).orElse(new UUID(0, 0))));
        int n = 0;
        for (String tag : filter.tags()) {
            // tags are a JSON list of texts: a tag is in it in its quotes
            add(where, values, "i.tags like :tag" + n + "", "tag" + n, "%" + escaped(Json.write(tag)) + "%");
            n++;
        }
        add(where, values, "i.hidden = :hidden", "hidden", filter.hidden());
        Page.Sort sort = page.sort().isEmpty()
                ? new Page.Sort("created_at", false)
                : page.sort().get(0);
        String field = FIELDS.get(sort.field());
        if (field == null) {
            throw Fault.badRequest(
                    "sort_key",
                    "Invalid sort key: " + sort.field() + ". It must be one of " + Set.copyOf(FIELDS.keySet()) + ".");
        }
        page.marker().ifPresent(marker -> {
            UUID id = Ids.parse(marker)
                    .filter(i -> em.find(Image.class, i) != null)
                    .orElseThrow(() ->
                            Fault.badRequest("marker", "Invalid marker: image " + marker + " could not be found."));
            String of = "(select m." + field + " from Image m where m.id = :marker)";
            where.add("(i." + field + (sort.ascending() ? " > " : " < ") + of + " or (i." + field + " = " + of
                    + " and i.id > :marker))");
            values.put("marker", id);
        });
        TypedQuery<Image> query = em.createQuery(
                "select i from Image i where " + String.join(" and ", where) + " order by i." + field
                        + (sort.ascending() ? " asc" : " desc") + ", i.id",
                Image.class);
        values.forEach(query::setParameter);
        return query.setMaxResults(page.limit()).getResultList();
    }

    private static void status(List<String> where, Map<String, Object> values, String status) {
        for (Image.Status known : Image.Status.values()) {
            if (known.name().equals(status.toUpperCase(Locale.ROOT))) {
                add(where, values, "i.status = :status", "status", known);
                return;
            }
        }
        where.add("i.id is null");
    }

    private static void add(
            List<String> where, Map<String, Object> values, String condition, String name, Object value) {
        where.add(condition);
        values.put(name, value);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
