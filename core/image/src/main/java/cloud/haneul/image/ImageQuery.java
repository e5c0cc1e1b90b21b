package cloud.haneul.image;

import cloud.haneul.image.Image.Visibility;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.data.Json;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.data.PagedQuery;
import jakarta.persistence.EntityManager;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The one query of a list of images. */
final class ImageQuery {
    private static final UUID NONE = new UUID(0, 0);
    private static final PagedQuery.Order ORDER = PagedQuery.Order.of(
            Map.of(
                    "created_at", "createdAt",
                    "updated_at", "updatedAt",
                    "name", "name",
                    "id", "id",
                    "size", "size?",
                    "status", "status",
                    "disk_format", "diskFormat",
                    "container_format", "containerFormat"),
            "created_at",
            false);

    private ImageQuery() {}

    static List<Image> run(EntityManager em, Caller caller, ImageFilter filter, Page page) {
        PagedQuery<Image> query = new PagedQuery<>(Image.class, "image", Ids::parse);
        if (!caller.isAdmin()) {
            // a community image is shown to those who ask for such
            Set<Visibility> everybodys = filter.visibility().equals(Optional.of(Visibility.COMMUNITY))
                    ? EnumSet.of(Visibility.PUBLIC, Visibility.COMMUNITY)
                    : EnumSet.of(Visibility.PUBLIC);
            query.and("r.owner = :mine or r.visibility in :everybodys", "everybodys", everybodys);
            query.value("mine", caller.projectId().orElse(""));
        }
        filter.name().ifPresent(n -> query.and("r.name = :name", "name", n));
        filter.visibility().ifPresent(v -> query.and("r.visibility = :visibility", "visibility", v));
        filter.owner().ifPresent(o -> query.and("r.owner = :owner", "owner", o));
        filter.diskFormat().ifPresent(f -> query.and("r.diskFormat = :format", "format", f));
        filter.status().ifPresent(s -> status(query, s));
        filter.id().ifPresent(id -> query.and("r.id = :id", "id", Ids.parse(id).orElse(NONE)));
        int n = 0;
        for (String tag : filter.tags()) {
            // tags are a JSON list of texts: a tag is in it in its quotes
            query.and("r.tags like :tag" + n, "tag" + n, "%" + PagedQuery.literally(Json.write(tag)) + "%");
            n++;
        }
        query.and("r.hidden = :hidden", "hidden", filter.hidden());
        return query.page(em, ORDER, page);
    }

    private static void status(PagedQuery<Image> query, String status) {
        for (Image.Status known : Image.Status.values()) {
            if (known.name().equals(status.toUpperCase(Locale.ROOT))) {
                query.and("r.status = :status", "status", known);
                return;
            }
        }
        query.and("r.id is null");
    }
}
