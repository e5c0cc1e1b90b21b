package cloud.haneul.image;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Ids;
import cloud.haneul.kernel.access.TargetSource;
import cloud.haneul.kernel.data.Database;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;

/** Images as rules see them. */
@Component
class ImageTargets implements TargetSource {
    private final Database database;

    @Inject
    ImageTargets(Database database) {
        this.database = database;
    }

    @Override
    public Set<String> types() {
        return Set.of("image");
    }

    @Override
    public Optional<Target> target(String type, String id) {
        return Ids.parse(id)
                .flatMap(known -> database.read(em -> Optional.ofNullable(em.find(Image.class, known))))
                .map(image -> new Target(image.name(), "get_image", Images.target(image)));
    }
}
