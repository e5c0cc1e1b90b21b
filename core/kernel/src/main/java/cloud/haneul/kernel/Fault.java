package cloud.haneul.kernel;

import java.util.Optional;

/**
 * The one exception that reaches a user. {@link #getMessage()} is text for the user, {@link #detail()} is for the operator and
 * never leaves the log; {@link #kind()} becomes the HTTP status and the error body of the API family that was asked
 * (see {@code kernel.rest.ApiFamily}).
 */
public final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, with the HTTP status most API families use for it. */
    public enum Kind {
        BAD_REQUEST(400),
        UNAUTHORIZED(401),
        FORBIDDEN(403),
        NOT_FOUND(404),
        METHOD_NOT_ALLOWED(405),
        NOT_ACCEPTABLE(406),
        CONFLICT(409),
        GONE(410),
        PRECONDITION_FAILED(412),
        TOO_LARGE(413),
        UNSUPPORTED_MEDIA_TYPE(415),
        RANGE_NOT_SATISFIABLE(416),
        /** 403 in compute, 409 in network, 413 in image and volume. */
        OVER_QUOTA(403),
        TOO_MANY_REQUESTS(429),
        INTERNAL(500),
        BAD_GATEWAY(502),
        UNAVAILABLE(503),
        INSUFFICIENT_STORAGE(507);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    private final Kind kind;
    private final String type;
    private final String field;
    private final String detail;

    private Fault(Kind kind, String type, String field, String text, String detail, Throwable cause) {
        super(text, cause);
        this.kind = kind;
        this.type = type;
        this.field = field;
        this.detail = detail;
    }

    public static Fault of(Kind kind, String text) {
        return new Fault(kind, "", "", text, "", null);
    }

    /** 400 that names the offending field, for instance {@code "name"} or {@code "networks/0/uuid"}. */
    public static Fault badRequest(String field, String text) {
        return new Fault(Kind.BAD_REQUEST, "", field, text, "", null);
    }

    public static Fault badRequest(String text) {
        return of(Kind.BAD_REQUEST, text);
    }

    public static Fault unauthorized() {
        return of(Kind.UNAUTHORIZED, "The request you have made requires authentication.");
    }

    public static Fault forbidden(String text) {
        return of(Kind.FORBIDDEN, text);
    }

    /** @param what the resource's name in the user's words: {@code Instance}, {@code Network}, {@code Flavor} */
    public static Fault notFound(String what, Object id) {
        return new Fault(
                Kind.NOT_FOUND,
                what.replace(" ", "") + "NotFound",
                "",
                what + " " + id + " could not be found.",
                "",
                null);
    }

    public static Fault conflict(String text) {
        return of(Kind.CONFLICT, text);
    }

    public static Fault overQuota(String text) {
        return new Fault(Kind.OVER_QUOTA, "OverQuota", "", text, "", null);
    }

    public static Fault internal(String detail, Throwable cause) {
        return new Fault(
                Kind.INTERNAL,
                "",
                "",
                "An unexpected error prevented the server from fulfilling your request. Please report the request id.",
                detail,
                cause);
    }

    /** The exception class name that API families with typed errors send, such as neutron's {@code NetworkNotFound}. */
    public Fault type(String name) {
        return new Fault(kind, name, field, getMessage(), detail, getCause());
    }

    /** The field of the request that it is about, as in {@link #badRequest(String, String)}. */
    public Fault at(String place) {
        return new Fault(kind, type, place, getMessage(), detail, getCause());
    }

    /** What the operator should know and the user must not see. */
    public Fault detail(String text) {
        return new Fault(kind, type, field, getMessage(), text, getCause());
    }

    public Fault cause(Throwable cause) {
        return new Fault(kind, type, field, getMessage(), detail, cause);
    }

    public Kind kind() {
        return kind;
    }

    public String type() {
        return type;
    }

    public Optional<String> field() {
        return field.isEmpty() ? Optional.empty() : Optional.of(field);
    }

    public String detail() {
        return detail;
    }
}
