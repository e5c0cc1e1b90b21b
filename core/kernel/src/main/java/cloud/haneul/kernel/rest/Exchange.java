package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the filters find out about one request, for those that come after: made by {@link RequestFilter} before anything can
 * fail, completed by {@link TokenFilter} and {@link MicroversionFilter}, read by {@link Call} and by the answer's filters.
 */
final class Exchange {
    private static final String PROPERTY = "cloud.haneul.exchange";
    private static final ThreadLocal<Exchange> CURRENT = new ThreadLocal<>();

    private final String what;
    private final String requestId;
    private final Optional<String> globalRequestId;
    private final ApiFamily family;
    private final String baseUrl;
    private final String address;
    private final JsonReader json;
    private final long started = System.nanoTime();
    private Optional<Microversion> version;
    private Optional<Caller> caller = Optional.empty();
    private Optional<Fault> fault = Optional.empty();

    /** @param what method and path, for the log */
    Exchange(
            String what,
            String requestId,
            Optional<String> globalRequestId,
            ApiFamily family,
            String baseUrl,
            String address,
            JsonReader json) {
        this.what = what;
        this.requestId = requestId;
        this.globalRequestId = globalRequestId;
        this.family = family;
        this.baseUrl = baseUrl;
        this.address = address;
        this.json = json;
        this.version = family.microversions().map(Microversions::min);
    }

    void attach(ContainerRequestContext request) {
        request.setProperty(PROPERTY, this);
        CURRENT.set(this);
    }

    /** The exchange on this thread, for exception mappers, which are not given the request. */
    static Optional<Exchange> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    static void forget() {
        CURRENT.remove();
    }

    /** The exchange of a request; empty when it failed before the first filter. */
    static Optional<Exchange> of(ContainerRequestContext request) {
        return from(request::getProperty);
    }

    static Optional<Exchange> from(Function<String, Object> properties) {
        return Optional.ofNullable((Exchange) properties.apply(PROPERTY));
    }

    String what() {
        return what;
    }

    String requestId() {
        return requestId;
    }

    Optional<String> globalRequestId() {
        return globalRequestId;
    }

    ApiFamily family() {
        return family;
    }

    String baseUrl() {
        return baseUrl;
    }

    String address() {
        return address;
    }

    JsonReader json() {
        return json;
    }

    long nanos() {
        return System.nanoTime() - started;
    }

    Optional<Microversion> version() {
        return version;
    }

    void choose(Microversion chosen) {
        version = Optional.of(chosen);
    }

    Optional<Caller> caller() {
        return caller;
    }

    /** What went wrong, once it has. */
    Optional<Fault> fault() {
        return fault;
    }

    void failed(Fault with) {
        fault = Optional.of(with);
    }

    void admit(Caller known) {
        caller = Optional.of(known);
    }
}
