package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Fault;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The habits of one API: under which path it lives, how its errors look, which statuses it uses for what, how it is versioned.
 * Each service contributes its own through an {@link ApiFamilySource}:
 *
 * <pre>{@code
 * ApiFamily.of("compute", "/compute", ErrorShapes.nova())
 *         .status(Fault.Kind.OVER_QUOTA, 403)
 *         .microversions(Microversions.of("compute", "2.1", "2.96").legacyHeader("X-OpenStack-Nova-API-Version"))
 *         .requestIdHeader("X-Compute-Request-Id")
 * }</pre>
 *
 * @param prefix path prefix with a leading and no trailing slash; the longest matching one wins
 * @param statuses HTTP statuses where this API differs from {@link Fault.Kind#status()}
 * @param requestIdHeaders headers with the request id beside {@code X-Openstack-Request-Id}
 */
public record ApiFamily(
        String name,
        String prefix,
        ErrorShape errors,
        Map<Fault.Kind, Integer> statuses,
        Optional<Microversions> microversions,
        List<String> requestIdHeaders) {

    public ApiFamily {
        statuses = Map.copyOf(statuses);
        requestIdHeaders = List.copyOf(requestIdHeaders);
        if (!prefix.isEmpty() && (!prefix.startsWith("/") || prefix.endsWith("/"))) {
            throw new IllegalArgumentException("Path prefix of API family " + name + ": " + prefix);
        }
    }

    public static ApiFamily of(String name, String prefix, ErrorShape errors) {
        return new ApiFamily(name, prefix, errors, Map.of(), Optional.empty(), List.of());
    }

    public ApiFamily status(Fault.Kind kind, int status) {
        Map<Fault.Kind, Integer> more = new EnumMap<>(Fault.Kind.class);
        more.putAll(statuses);
        more.put(kind, status);
        return new ApiFamily(name, prefix, errors, more, microversions, requestIdHeaders);
    }

    public ApiFamily microversions(Microversions policy) {
        return new ApiFamily(name, prefix, errors, statuses, Optional.of(policy), requestIdHeaders);
    }

    public ApiFamily requestIdHeader(String header) {
        return new ApiFamily(
                name,
                prefix,
                errors,
                statuses,
                microversions,
                Stream.concat(requestIdHeaders.stream(), Stream.of(header)).toList());
    }

    public int statusOf(Fault.Kind kind) {
        return statuses.getOrDefault(kind, kind.status());
    }

    boolean owns(String path) {
        return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }
}
