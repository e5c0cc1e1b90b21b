package cloud.haneul.kernel;

import java.util.Locale;
import java.util.Optional;

/**
 * Turns the token of a request into its {@link Caller}; the identity service is the only one who can. Called for every
 * request that is not anonymous, so it must be fast.
 */
public interface Authenticator {

    /**
     * @param token what the client sent in {@code X-Auth-Token}: untrusted, not blank, at most 8 KiB
     * @throws Fault UNAUTHORIZED when the token is unknown, expired, revoked or not meant for this request
     */
    Caller authenticate(String token, RequestInfo info);

    /**
     * The request a token came with.
     *
     * @param requestId goes into {@link Caller#requestId()}
     * @param globalRequestId goes into {@link Caller#globalRequestId()}
     * @param method and {@code path} of the request, which the access rules of an application credential name
     * @param path starts with a slash, without the query
     * @param serviceToken what the client sent in {@code X-Service-Token}, as untrusted as the token
     */
    record RequestInfo(
            String requestId,
            Optional<String> globalRequestId,
            String method,
            String path,
            Optional<String> serviceToken,
            Locale locale,
            String address) {

        @Override
        public String toString() {
            return requestId + " " + method + " " + path + " from " + address;
        }
    }
}
