package cloud.haneul.identity;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A path with {@code *} or <code>{name}</code> for one segment and {@code **} for any number of them. */
record PathPattern(Pattern pattern) {
    private static final Pattern PARTS = Pattern.compile("\\{[^}]*}|\\*\\*|\\*|[^{*]+|\\{");

    static PathPattern of(String text) {
        StringBuilder regex = new StringBuilder();
        Matcher parts = PARTS.matcher(text);
        while (parts.find()) {
            String part = parts.group();
            regex.append(
                    part.equals("**")
                            ? ".*"
                            : part.equals("*") || part.length() > 1 && part.startsWith("{")
                                    ? "[^/]+"
                                    : Pattern.quote(part));
        }
        return new PathPattern(Pattern.compile(regex.toString()));
    }

    boolean matches(String path) {
        return pattern.matcher(path).matches();
    }
}
