package cloud.haneul.kernel;

/**
 * That a caller acts by leave: his token was got by a trust, an application credential or an access token of OAuth 1 and can do
 * no more than that was given. What would let him keep or widen it asks {@link #mayDelegate()} first.
 *
 * @param id of the trust, application credential or access token
 * @param unrestricted whether an application credential may be used to make further credentials; false for all else
 */
public record Delegation(Kind kind, String id, boolean unrestricted) {

    /** What it is that lends the power. */
    public enum Kind {
        TRUST,
        APPLICATION_CREDENTIAL,
        /** An access token of OAuth 1. */
        OAUTH1
    }

    /** Whether the caller may hand on what he has: only by an application credential made for that. */
    public boolean mayDelegate() {
        return kind == Kind.APPLICATION_CREDENTIAL && unrestricted;
    }
}
