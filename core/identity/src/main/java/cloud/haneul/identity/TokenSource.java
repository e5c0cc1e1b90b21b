package cloud.haneul.identity;

import cloud.haneul.kernel.Delegation;

/** What a token borrows its power from: a trust, an application credential or an OAuth 1 access token, by its id. */
record TokenSource(Delegation.Kind kind, String id) {
    static TokenSource trust(String id) {
        return new TokenSource(Delegation.Kind.TRUST, id);
    }

    static TokenSource oauth1(String accessTokenId) {
        return new TokenSource(Delegation.Kind.OAUTH1, accessTokenId);
    }

    static TokenSource application(String id) {
        return new TokenSource(Delegation.Kind.APPLICATION_CREDENTIAL, id);
    }
}
