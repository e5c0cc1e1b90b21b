package cloud.haneul.network;

import cloud.haneul.kernel.data.Page;
import java.util.List;
import java.util.Map;

/**
 * Which part of a list is wanted.
 *
 * @param filters values by the API's attribute names; a row matches when it has one of the values, for each attribute
 * @param backward the page before the marker instead of the one after it
 */
public record ListQuery(Map<String, List<String>> filters, Page page, boolean backward) {
    public ListQuery {
        filters = Map.copyOf(filters);
    }

    public static ListQuery all() {
        return new ListQuery(Map.of(), Page.all(), false);
    }

    /** All whose attribute has this value. */
    public static ListQuery where(String attribute, Object value) {
        return new ListQuery(Map.of(attribute, List.of(value.toString())), Page.all(), false);
    }
}
