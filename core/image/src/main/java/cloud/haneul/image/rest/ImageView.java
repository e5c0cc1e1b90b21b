package cloud.haneul.image.rest;

import cloud.haneul.image.Image;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** An image as the API shows it: one flat object in which own properties stand beside the known ones. */
final class ImageView {
    private ImageView() {}

    static Map<String, Object> of(Image image) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", image.id());
        view.put("name", image.name().isEmpty() ? null : image.name());
        view.put("status", image.status());
        view.put("visibility", image.visibility().name().toLowerCase(Locale.ROOT));
        view.put("owner", image.owner());
        view.put("disk_format", image.diskFormat().isEmpty() ? null : image.diskFormat());
        view.put("container_format", image.containerFormat().isEmpty() ? null : image.containerFormat());
        view.put("size", image.size().isPresent() ? image.size().getAsLong() : null);
        view.put(
                "virtual_size",
                image.virtualSize().isPresent() ? image.virtualSize().getAsLong() : null);
        view.put("checksum", image.checksum());
        view.put("os_hash_algo", image.sha512().isPresent() ? "sha512" : null);
        view.put("os_hash_value", image.sha512());
        view.put("min_disk", image.minDiskGib());
        view.put("min_ram", image.minRamMib());
        view.put("protected", image.isProtected());
        view.put("os_hidden", image.isHidden());
        view.put("tags", image.tags());
        view.put("created_at", image.createdAt());
        view.put("updated_at", image.updatedAt());
        view.put("self", "/v2/images/" + image.id());
        view.put("file", "/v2/images/" + image.id() + "/file");
        view.put("schema", "/v2/schemas/image");
        image.properties().forEach(view::putIfAbsent);
        return view;
    }
}
