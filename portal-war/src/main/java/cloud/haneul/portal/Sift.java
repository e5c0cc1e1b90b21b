package cloud.haneul.portal;

import cloud.haneul.kernel.data.Page;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Searching and paging for lists whose service cannot search: without a search the service pages, with one the list is read whole,
 * as far as one answer goes, and looked through here.
 *
 * <pre>{@code
 * return Sift.search(query, page -> keyPairs.list(caller, caller.userId(), page), this::id, this::name);
 * }</pre>
 */
public final class Sift {
    private Sift() {}

    public static <T> List<T> search(
            ResourcePanel.Query query, Function<Page, List<T>> read, Function<T, String> id, Function<T, String> text) {
        return query.search().isEmpty() ? read.apply(query.page()) : whole(query, read, id, text, row -> true);
    }

    /** Always reads the whole list: for those that are short, or of which only some are meant. */
    public static <T> List<T> whole(
            ResourcePanel.Query query,
            Function<Page, List<T>> read,
            Function<T, String> id,
            Function<T, String> text,
            Predicate<T> wanted) {
        Page all = new Page(Page.MAX, java.util.Optional.empty(), query.page().sort());
        List<T> found = read.apply(all).stream()
                .filter(wanted)
                .filter(row -> query.matches(text.apply(row), id.apply(row)))
                .toList();
        int from = query.page().marker().map(marker -> after(found, marker, id)).orElse(0);
        return found.subList(from, Math.min(found.size(), from + query.page().limit()));
    }

    private static <T> int after(List<T> rows, String marker, Function<T, String> id) {
        for (int i = 0; i < rows.size(); i++) {
            if (id.apply(rows.get(i)).equals(marker)) {
                return i + 1;
            }
        }
        return 0;
    }
}
