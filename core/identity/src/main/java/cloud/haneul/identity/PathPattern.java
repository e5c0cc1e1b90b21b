package cloud.haneul.identity;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path with {@code *} or <code>{name}</code> for one segment and {@code **} for any number of them. Users write these, so
 * matching takes time in proportion to pattern and path, whatever they are; a regular expression's would not.
 */
final class PathPattern {
    private static final Pattern PARTS = Pattern.compile("\\{[^}]*}|\\*\\*|\\*|[^{*]+|\\{");
    private static final String SEGMENT = "*";
    private static final String ANY = "**";

    private final List<String> parts = new ArrayList<>();

    PathPattern(String text) {
        Matcher matcher = PARTS.matcher(text);
        while (matcher.find()) {
            String part = matcher.group();
            parts.add(part.length() > 1 && part.startsWith("{") ? SEGMENT : part);
        }
    }

    long wildcards() {
        return parts.stream()
                .filter(part -> part.equals(SEGMENT) || part.equals(ANY))
                .count();
    }

    boolean matches(String path) {
        BitSet reached = new BitSet();
        reached.set(0);
        for (String part : parts) {
            reached = part.equals(ANY)
                    ? rest(path, reached)
                    : part.equals(SEGMENT) ? segment(path, reached) : literal(path, reached, part);
        }
        return reached.get(path.length());
    }

    private static BitSet rest(String path, BitSet from) {
        BitSet to = new BitSet();
        if (!from.isEmpty()) {
            to.set(from.nextSetBit(0), path.length() + 1);
        }
        return to;
    }

    private static BitSet segment(String path, BitSet from) {
        BitSet to = new BitSet();
        boolean within = false;
        for (int i = 0; i < path.length(); i++) {
            within = (within || from.get(i)) && path.charAt(i) != '/';
            to.set(i + 1, within);
        }
        return to;
    }

    private static BitSet literal(String path, BitSet from, String text) {
        BitSet to = new BitSet();
        for (int i = from.nextSetBit(0); i >= 0; i = from.nextSetBit(i + 1)) {
            to.set(i + text.length(), path.startsWith(text, i));
        }
        return to;
    }
}
