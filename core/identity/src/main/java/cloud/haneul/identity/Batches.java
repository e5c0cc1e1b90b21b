package cloud.haneul.identity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Long lists of ids in parts: a statement has room for so many parameters and no more. */
final class Batches {
    private static final int MOST = 10_000;

    private Batches() {}

    static List<List<String>> of(Collection<String> ids) {
        List<String> all = List.copyOf(ids);
        List<List<String>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST) {
            parts.add(all.subList(from, Math.min(all.size(), from + MOST)));
        }
        return parts;
    }
}
