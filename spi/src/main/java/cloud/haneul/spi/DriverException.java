package cloud.haneul.spi;

/**
 * The one way a driver fails. The {@link Code} decides what the core does next; {@link #getMessage()} is shown to the user who
 * asked, {@link #detail()} to the operator alone.
 */
public final class DriverException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What the core does next. */
    public enum Recovery {
        /** The request cannot be met as it is: unwind and tell the user. */
        FIX_INPUT,
        /** Nothing happened: call again later. */
        RETRY,
        /** This back end cannot, another may: unwind this place and schedule again. */
        TRY_ELSEWHERE,
        /** Unknown whether it happened: call again, which observes first. */
        OBSERVE,
        /** Only a person can help: unwind, show the operator. */
        CALL_OPERATOR
    }

    /** Why a call failed. */
    public enum Code {
        /** A value the back end will never accept. */
        INVALID(Recovery.FIX_INPUT),
        /** The back end lacks the ability. */
        UNSUPPORTED(Recovery.FIX_INPUT),
        /** The thing the call is about is not there. */
        NOT_FOUND(Recovery.FIX_INPUT),
        /** The id is taken by something different. */
        CONFLICT(Recovery.FIX_INPUT),
        /** The back end is occupied with the same thing. */
        BUSY(Recovery.RETRY),
        /** No connection could be made; nothing happened. */
        UNREACHABLE(Recovery.RETRY),
        /** No answer in time; it may have happened. */
        TIMEOUT(Recovery.OBSERVE),
        /** The connection broke during the call; it may have happened. */
        INTERRUPTED(Recovery.OBSERVE),
        /** Not enough memory, CPU, addresses. */
        NO_CAPACITY(Recovery.TRY_ELSEWHERE),
        /** The back end's storage is full. */
        DISK_FULL(Recovery.TRY_ELSEWHERE),
        /** The back end refuses the credentials. */
        AUTHENTICATION_FAILED(Recovery.CALL_OPERATOR),
        /** Anything else the back end said. */
        BACKEND_ERROR(Recovery.TRY_ELSEWHERE),
        /** A mistake in the driver. */
        INTERNAL(Recovery.CALL_OPERATOR);

        private final Recovery recovery;

        Code(Recovery recovery) {
            this.recovery = recovery;
        }

        public Recovery recovery() {
            return recovery;
        }
    }

    private final Code code;
    private final String detail;

    public DriverException(Code code, String userText, String detail, Throwable cause) {
        super(userText, cause);
        this.code = code;
        this.detail = detail;
    }

    public static DriverException of(Code code, String userText) {
        return new DriverException(code, userText, "", null);
    }

    public Code code() {
        return code;
    }

    public String detail() {
        return detail;
    }
}
