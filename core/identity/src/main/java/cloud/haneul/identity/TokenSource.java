package cloud.haneul.identity;

import cloud.haneul.kernel.Delegation;

/** What a token borrows its power from: a trust or an application credential, by its id. */
record TokenSource(Delegation.Kind kind, String id) {
    static TokenSource trust(String id) {
        return new TokenSource(Delegation.Kind.TRUST, id);
    }

    static TokenSource application(String id) {
        return new TokenSource(Delegation.Kind.APPLICATION_CREDENTIAL, id);
    }
}
