package cloud.haneul.kernel.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Long lists of keys for {@code in}, a hundred at a time. H2 compares each row it has found with the whole list again, which
 * makes 1,000 keys in one query a hundred times slower than in ten; and no database takes more parameters than 65,535.
 */
public final class Batches {
    private static final int MOST = 100;

    private Batches() {}

    public static <K> List<List<K>> of(Collection<K> keys) {
        List<K> all = List.copyOf(keys);
        List<List<K>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST) {
            parts.add(all.subList(from, Math.min(all.size(), from + MOST)));
        }
        return parts;
    }

    /** What {@code query} finds for all of the keys; it is in the query's order only within what belongs to one key. */
    public static <K, R> List<R> read(Collection<K> keys, Function<List<K>, List<R>> query) {
        List<R> all = new ArrayList<>();
        of(keys).forEach(some -> all.addAll(query.apply(some)));
        return all;
    }
}
