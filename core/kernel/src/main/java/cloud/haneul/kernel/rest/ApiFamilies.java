package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Component;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** All API families of this installation, found by path. */
@Component
class ApiFamilies {
    /** What lies outside of every family, such as an unknown path. */
    private static final ApiFamily ELSEWHERE = ApiFamily.of("other", "", ErrorShapes.keystone());

    private final List<ApiFamily> longestFirst;

    @Inject
    ApiFamilies(@Any Instance<ApiFamilySource> sources) {
        this(sources.stream().flatMap(s -> s.families().stream()).toList());
    }

    ApiFamilies(List<ApiFamily> families) {
        longestFirst = new ArrayList<>(families);
        longestFirst.sort(
                Comparator.comparing((ApiFamily f) -> f.prefix().length()).reversed());
        longestFirst.stream().collect(Collectors.groupingBy(ApiFamily::prefix)).forEach((prefix, same) -> {
            if (same.size() > 1) {
                throw new IllegalStateException("More than one API family at " + prefix + ": " + same);
            }
        });
    }

    /** @param path of the request, with a leading slash */
    ApiFamily of(String path) {
        for (ApiFamily family : longestFirst) {
            if (family.owns(path)) {
                return family;
            }
        }
        return ELSEWHERE;
    }
}
