package cloud.haneul.portal;

import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;

/**
 * The texts of the frame and of every area of panels as one bundle, so that each area keeps its own file:
 * {@code cloud/haneul/portal/<area>/messages.properties}. Language by language a class, as bundles are found.
 */
public class AllText extends ResourceBundle {
    static final List<String> FILES = List.of(
            "messages",
            "image.messages",
            "network.messages",
            "compute.messages",
            "admin.messages",
            "identity.messages",
            "account.messages");
    private static final Control NO_FALLBACK = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    private final List<ResourceBundle> parts;

    public AllText() {
        this(Locale.ROOT);
    }

    AllText(Locale locale) {
        parts = FILES.stream()
                .map(file ->
                        getBundle("cloud.haneul.portal." + file, locale, AllText.class.getClassLoader(), NO_FALLBACK))
                .toList();
    }

    @Override
    protected Object handleGetObject(String key) {
        for (ResourceBundle part : parts) {
            if (part.containsKey(key)) {
                return part.getString(key);
            }
        }
        return null;
    }

    @Override
    public Enumeration<String> getKeys() {
        Set<String> keys = new LinkedHashSet<>();
        parts.forEach(part -> keys.addAll(part.keySet()));
        return Collections.enumeration(keys);
    }
}
