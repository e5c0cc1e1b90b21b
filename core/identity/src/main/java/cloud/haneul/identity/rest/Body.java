package cloud.haneul.identity.rest;

import cloud.haneul.identity.ExpiryFilter;
import cloud.haneul.kernel.Authenticator.RequestInfo;
import cloud.haneul.kernel.rest.Call;
import cloud.haneul.kernel.rest.JsonIn;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the requests of the identity API have in common. */
final class Body {
    private Body() {}

    /** The attributes of an object beside the known ones: the client's own, kept for him. */
    static Map<String, Object> extra(JsonIn object, Set<String> known) {
        Map<String, Object> extra = new LinkedHashMap<>();
        for (String name : object.names()) {
            if (!known.contains(name)) {
                extra.put(name, object.any(name).orElse(null));
            }
        }
        return extra;
    }

    /** {@code options.immutable}. */
    static Optional<Boolean> immutable(JsonIn object) {
        return object.optObject("options").flatMap(options -> {
            Optional<Boolean> immutable = options.optBool("immutable");
            options.done();
            return immutable;
        });
    }

    /** Text to be set; null clears. */
    static Optional<String> clearable(JsonIn object, String name, int max) {
        return object.isNull(name) ? Optional.of("") : object.optText(name, 0, max);
    }

    /** An id: any text, for an unknown one is simply not found. */
    static Optional<String> optId(JsonIn object, String name) {
        return object.optText(name, 0, 64);
    }

    /** Refuses to move something to another domain, or to give it another id. */
    static void fixed(JsonIn object, String name, Optional<String> current) {
        if (object.has(name) && !optId(object, name).equals(current)) {
            throw object.invalid(name, "cannot be changed");
        }
    }

    /** A query flag: {@code ?enabled}, {@code ?enabled=1}, {@code ?enabled=False}. */
    static Optional<Boolean> flag(Call call, String name) {
        return call.query(name)
                .map(text -> !text.equals("0") && !text.toLowerCase(Locale.ROOT).equals("false"));
    }

    /** {@code ?password_expires_at=lt:2026-12-31T00:00:00Z}. */
    static Optional<ExpiryFilter> expiry(Call call) {
        String name = "password_expires_at";
        return call.query(name).map(text -> {
            int colon = Math.max(text.indexOf(':'), 0);
            return new ExpiryFilter(text.substring(0, colon), call.instant(name, text.substring(colon + 1)));
        });
    }

    /** The values of a query parameter with commas between them. */
    static Set<String> words(Call call, String name) {
        Set<String> words = new LinkedHashSet<>();
        call.query(name)
                .ifPresent(text ->
                        Arrays.stream(text.split(",")).filter(w -> !w.isEmpty()).forEach(words::add));
        return words;
    }

    /** The request's own facts, for where there is no caller yet. */
    static RequestInfo request(Call call) {
        return new RequestInfo(
                call.requestId(),
                Optional.empty(),
                call.method(),
                call.path(),
                Optional.empty(),
                Locale.ENGLISH,
                call.address());
    }
}
