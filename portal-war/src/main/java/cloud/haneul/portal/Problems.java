package cloud.haneul.portal;

import cloud.haneul.kernel.Fault;
import java.util.Optional;

/**
 * Refusals of the core in the language of the page. The core speaks English, to programs too; here its fault is told by its type, its
 * kind, and the thing or field it names: {@code fault.type.NetworkInUse}, else {@code fault.say.CONFLICT}, as patterns of
 * <code>{0}</code>, the thing or field, and <code>{1}</code>, the core's own sentence. Where a text does without that sentence, it is
 * given as well, for what it says of numbers and names.
 */
final class Problems {
    private static final String NOT_FOUND = "NotFound";

    private Problems() {}

    static Notices.Problem of(Words words, Fault fault) {
        String own = fault.getMessage();
        String key = Optional.of("fault.type." + fault.type())
                .filter(k -> words.find(k).isPresent())
                .or(() -> fault.field().map(field -> "fault.say.field"))
                .or(() -> Optional.of("fault.say." + fault.kind())
                        .filter(k -> words.find(k).isPresent()))
                .orElse("fault.say.other");
        String text = words.text(key, subject(words, fault), own);
        String cure = words.find("fault.cure." + fault.type())
                .or(() -> words.find("fault." + fault.kind()))
                .orElse("");
        return new Notices.Problem(text, text.contains(own) ? cure : (cure + " (" + own + ")").strip());
    }

    /** Of an operation that failed: what its error code says, and what the driver or the core said. */
    static String of(Words words, String code, String own) {
        String text = words.find("problem." + code).isPresent() ? words.text("problem." + code, "", own) : own;
        return text.contains(own) ? text : text + " (" + own + ")";
    }

    private static String subject(Words words, Fault fault) {
        if (fault.field().isPresent()) {
            String path = fault.field().get();
            String field = path.substring(path.lastIndexOf('/') + 1);
            return words.find("field." + field).orElse(field);
        }
        String thing = fault.type().endsWith(NOT_FOUND)
                ? fault.type().substring(0, fault.type().length() - NOT_FOUND.length())
                : "";
        return words.find("thing." + thing).orElseGet(() -> words.text("thing.any"));
    }
}
