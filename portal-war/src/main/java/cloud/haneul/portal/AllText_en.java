package cloud.haneul.portal;

import java.util.Locale;

/** {@link AllText} in the language of its name. */
public class AllText_en extends AllText {
    public AllText_en() {
        super(Locale.ENGLISH);
    }
}
