package cloud.haneul.portal;

import java.util.Locale;

/** {@link AllText} in the language of its name. */
public class AllText_ko extends AllText {
    public AllText_ko() {
        super(Locale.KOREAN);
    }
}
