package cloud.haneul.portal;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.text.NumberFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Language, looks, and values as people read them: {@code #{ui.bytes(row.size())}}, {@code #{ui.text(row.hostId())}}. */
@Named("ui")
@RequestScoped
public class Ui {
    private static final Map<String, Locale> LANGUAGES = Map.of("en", Locale.ENGLISH, "ko", Locale.KOREAN);
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB");
    /** Changes with every start, so that browsers do not keep the styles and scripts of an older program. */
    private static final String BUILD = Long.toString(System.currentTimeMillis(), 36);

    @Inject
    private Clock clock;

    private Locale locale;

    /** The language chosen on the page, else the browser's. */
    public Locale getLocale() {
        if (locale == null) {
            locale = cookie("haneul-lang").map(LANGUAGES::get).orElseGet(Ui::browsers);
        }
        return locale;
    }

    private static Locale browsers() {
        return java.util.Collections.list(request().getLocales()).stream()
                .map(wanted -> LANGUAGES.get(wanted.getLanguage()))
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(Locale.ENGLISH);
    }

    /** {@code light}, {@code dark}, or {@code system} as long as nobody chose. */
    public String getTheme() {
        return cookie("haneul-theme")
                .filter(theme -> List.of("light", "dark").contains(theme))
                .orElse("system");
    }

    /** For which screens the style sheet of {@code theme} is. */
    public String media(String theme) {
        return switch (getTheme()) {
            case "system" -> "(prefers-color-scheme: " + theme + ")";
            default -> getTheme().equals(theme) ? "all" : "not all";
        };
    }

    public String getBuild() {
        return BUILD;
    }

    public String getRequestId() {
        String handedOver = request().getParameter("request");
        return handedOver != null && handedOver.matches("req-[0-9a-f-]{36}")
                ? handedOver
                : FrontFilter.requestId(request());
    }

    /** Of an error page: 403, 404 or 500, for whatever else it was. */
    public int getErrorStatus() {
        Object status = request().getAttribute("jakarta.servlet.error.status_code");
        String text = status == null ? String.valueOf(request().getParameter("status")) : status.toString();
        return text.equals("404") ? 404 : text.equals("403") || text.equals("401") ? 403 : 500;
    }

    /** Whether {@code page} is the one shown, for the navigation. */
    public boolean isAt(String page) {
        return FacesContext.getCurrentInstance().getViewRoot().getViewId().equals("/dashboard/" + page + ".xhtml");
    }

    /** The text of a key in the page's language. */
    public String word(String key, Object... values) {
        return Words.of(getLocale()).text(key, values);
    }

    /** With arguments from a page, where EL passes no array. */
    public String say(String key, Object value) {
        return word(key, value);
    }

    public String say(String key, Object first, Object second) {
        return word(key, first, second);
    }

    /** The text of a key, or what is shown when there is none: for names that drivers and services bring. */
    public String wordOr(String key, String fallback) {
        return Words.of(getLocale()).find(key).orElse(fallback);
    }

    /** A value that may be missing. */
    public String text(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(Object::toString).orElse("");
        }
        if (value instanceof OptionalLong optional) {
            return optional.isPresent() ? Long.toString(optional.getAsLong()) : "";
        }
        return value == null ? "" : value.toString();
    }

    /** {@code 3 minutes ago}; the exact time is for a tooltip, see {@link #time}. */
    public String ago(Object when) {
        return instant(when)
                .map(then -> {
                    long seconds =
                            Math.max(0, Duration.between(then, clock.instant()).toSeconds());
                    if (seconds < 60) {
                        return word("time.now");
                    }
                    return seconds < 3600
                            ? word("time.minutes", seconds / 60)
                            : seconds < 86_400
                                    ? word("time.hours", seconds / 3600)
                                    : word("time.days", seconds / 86_400);
                })
                .orElse("");
    }

    /** In UTC, as everywhere in Haneul. */
    public String time(Object when) {
        return instant(when)
                .map(then ->
                        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").format(then.atOffset(ZoneOffset.UTC)))
                .orElse("");
    }

    /** For the {@code datetime} attribute. */
    public String iso(Object when) {
        return instant(when).map(Instant::toString).orElse("");
    }

    private static Optional<Instant> instant(Object when) {
        Object value = when instanceof Optional<?> optional ? optional.orElse(null) : when;
        return value instanceof Instant instant ? Optional.of(instant) : Optional.empty();
    }

    /** {@code 1.5 GiB}. */
    public String bytes(Object amount) {
        Object value =
                amount instanceof OptionalLong optional ? (optional.isPresent() ? optional.getAsLong() : null) : amount;
        if (!(value instanceof Number number)) {
            return "";
        }
        double rest = number.doubleValue();
        int unit = 0;
        while (rest >= 1024 && unit < UNITS.size() - 1) {
            rest /= 1024;
            unit++;
        }
        NumberFormat format = NumberFormat.getInstance(getLocale());
        format.setMaximumFractionDigits(unit == 0 || rest >= 100 ? 0 : 1);
        return format.format(rest) + " " + UNITS.get(unit);
    }

    public String mib(long amount) {
        return bytes(amount << 20);
    }

    public String gib(long amount) {
        return bytes(amount << 30);
    }

    /** {@code 40 %} */
    public String percent(Object part, Object whole) {
        return NumberFormat.getPercentInstance(getLocale())
                .format(((Number) part).doubleValue() / ((Number) whole).doubleValue());
    }

    /** {@code 0.3 s}, {@code 2 min 5 s}. */
    public String duration(long millis) {
        NumberFormat format = NumberFormat.getInstance(getLocale());
        format.setMaximumFractionDigits(millis < 10_000 ? 1 : 0);
        if (millis < 1000) {
            return word("duration.millis", millis);
        }
        return millis < 60_000
                ? word("duration.seconds", format.format(millis / 1000.0))
                : word("duration.minutes", millis / 60_000, millis / 1000 % 60);
    }

    private static Optional<String> cookie(String name) {
        return Optional.ofNullable(FacesContext.getCurrentInstance()
                        .getExternalContext()
                        .getRequestCookieMap()
                        .get(name))
                .map(found -> ((Cookie) found).getValue());
    }

    private static HttpServletRequest request() {
        return (HttpServletRequest)
                FacesContext.getCurrentInstance().getExternalContext().getRequest();
    }
}
