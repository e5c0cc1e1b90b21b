package cloud.haneul.image;

import cloud.haneul.image.Image.Visibility;
import java.util.Optional;
import java.util.Set;

/** Which images of a list are wanted; hidden ones only when asked for. */
public record ImageFilter(
        Optional<String> name,
        Optional<Visibility> visibility,
        Optional<String> owner,
        Optional<String> status,
        Optional<String> diskFormat,
        Optional<String> id,
        Set<String> tags,
        boolean hidden) {
    public static ImageFilter none() {
        return new ImageFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                false);
    }
}
