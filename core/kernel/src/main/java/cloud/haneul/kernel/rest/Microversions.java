package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Fault;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * How an API family versions itself: {@code Microversions.of("compute", "2.1", "2.96").legacyHeader("X-OpenStack-Nova-API-Version")}.
 * A client chooses with {@code OpenStack-API-Version: compute 2.79} or the legacy header with the number alone;
 * {@code latest} is the maximum, silence is the minimum.
 *
 * @param service the service type that clients put before the number
 */
public record Microversions(String service, Microversion min, Microversion max, Optional<String> legacyHeader) {
    static final String HEADER = "OpenStack-API-Version";

    public static Microversions of(String service, String min, String max) {
        return new Microversions(service, Microversion.of(min), Microversion.of(max), Optional.empty());
    }

    public Microversions legacyHeader(String name) {
        return new Microversions(service, min, max, Optional.of(name));
    }

    /**
     * The version a client asked for.
     *
     * @param headers a header's lines joined by commas, empty when it was not sent
     * @throws Fault BAD_REQUEST when it is ill-formed, NOT_ACCEPTABLE when it is out of range
     */
    Microversion chosen(Function<String, Optional<String>> headers) {
        return headers.apply(HEADER)
                .flatMap(this::ofService)
                .or(() -> legacyHeader.flatMap(headers).map(String::strip))
                .map(this::accepted)
                .orElse(min);
    }

    /** All headers that the answer depends on. */
    List<String> headers() {
        return legacyHeader.map(legacy -> List.of(HEADER, legacy)).orElse(List.of(HEADER));
    }

    /** The number that follows this service's name; a client may name several services, and the last word counts. */
    private Optional<String> ofService(String header) {
        Optional<String> found = Optional.empty();
        for (String part : header.split(",", -1)) {
            String[] words = part.strip().split("\\s+", 2);
            if (words[0].toLowerCase(Locale.ROOT).equals(service)) {
                found = Optional.of(words.length == 2 ? words[1] : "");
            }
        }
        return found;
    }

    private Microversion accepted(String text) {
        if (text.equals("latest")) {
            return max;
        }
        Microversion version = Microversion.parse(text)
                .orElseThrow(() -> Fault.badRequest(
                        HEADER,
                        "API Version String " + Quote.of(text)
                                + " is of invalid format. Must be of format MajorNum.MinorNum."));
        if (!version.isAtLeast(min) || version.compareTo(max) > 0) {
            throw Fault.of(
                    Fault.Kind.NOT_ACCEPTABLE,
                    "Version " + version + " is not supported by the API. Minimum is " + min + " and maximum is " + max
                            + ".");
        }
        return version;
    }
}
