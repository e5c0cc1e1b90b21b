package cloud.haneul.kernel.rest;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Network's {@code ?fields=id&fields=name}: which properties of a resource the client wants to see.
 * {@code Map.of("network", Fields.of(call).pick(view))} passes the view through untouched when no fields were asked for.
 */
public final class Fields {
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private final Set<String> wanted;

    private Fields(Set<String> wanted) {
        this.wanted = wanted;
    }

    public static Fields of(Call call) {
        Set<String> names = new LinkedHashSet<>();
        for (String value : call.queryAll("fields")) {
            names.addAll(List.of(value.split(",")));
        }
        names.remove("");
        return new Fields(names);
    }

    public boolean all() {
        return wanted.isEmpty();
    }

    /** The view itself, or those of its properties that are wanted; unknown names are ignored. */
    public Object pick(Object view) {
        if (all()) {
            return view;
        }
        Map<?, ?> whole =
                view instanceof Map<?, ?> map ? map : JsonMapper.mapper().convertValue(view, MAP);
        Map<String, Object> some = new LinkedHashMap<>();
        whole.forEach((name, value) -> {
            if (wanted.contains(name)) {
                some.put((String) name, value);
            }
        });
        return some;
    }

    public List<Object> pickAll(List<?> views) {
        return views.stream().map(this::pick).toList();
    }
}
