package cloud.haneul.kernel.data;

import cloud.haneul.kernel.Fault;
import java.util.List;
import java.util.Optional;

/**
 * Which part of a list is wanted, by marker as in the API family: rows after the row with id {@code marker} in the given
 * order, at most {@code limit}.
 *
 * @param limit 1 to {@link #MAX}
 * @param marker id of the last row of the page before
 * @param sort fields by the API's names, first the weightiest; empty for the service's default order
 */
public record Page(int limit, Optional<String> marker, List<Sort> sort) {
    /** No list answers with more rows than this, whatever was asked. */
    public static final int MAX = 1000;

    public Page {
        if (limit < 1) {
            throw Fault.badRequest("limit", "Invalid input for query parameter limit: it must be at least 1.");
        }
        limit = Math.min(limit, MAX);
        sort = List.copyOf(sort);
    }

    public static Page first(int limit) {
        return new Page(limit, Optional.empty(), List.of());
    }

    /** The largest page from the start in the default order. */
    public static Page all() {
        return first(MAX);
    }

    public record Sort(String field, boolean ascending) {}
}
