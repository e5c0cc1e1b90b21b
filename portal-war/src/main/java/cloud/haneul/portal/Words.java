package cloud.haneul.portal;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/** All text of the pages in one language; the keys are in {@code messages.properties}. */
final class Words {
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_CLASS);

    private final ResourceBundle bundle;
    private final Locale locale;

    private Words(Locale locale) {
        this.locale = locale;
        // the server's own language must not show through
        this.bundle =
                ResourceBundle.getBundle(AllText.class.getName(), locale, Words.class.getClassLoader(), NO_FALLBACK);
    }

    static Words of(Locale locale) {
        return new Words(locale);
    }

    /** With {@code {0}} and so on replaced. A key that does not exist is shown as itself, to be noticed. */
    String text(String key, Object... values) {
        return find(key)
                .map(text -> values.length == 0 ? text : new MessageFormat(text, locale).format(values))
                .orElse(key);
    }

    Optional<String> find(String key) {
        return bundle.containsKey(key) ? Optional.of(bundle.getString(key)) : Optional.empty();
    }
}
