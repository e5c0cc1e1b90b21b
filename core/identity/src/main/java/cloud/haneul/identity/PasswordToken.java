package cloud.haneul.identity;

import cloud.haneul.kernel.Authenticator.RequestInfo;
import org.apache.shiro.authc.AuthenticationToken;

/** What the login page hands to Shiro: user, password, wished scope, and where the request came from. */
public final class PasswordToken implements AuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient Login login;
    private final transient RequestInfo request;

    public PasswordToken(Login login, RequestInfo request) {
        this.login = login;
        this.request = request;
    }

    Login login() {
        return login;
    }

    RequestInfo request() {
        return request;
    }

    @Override
    public Object getPrincipal() {
        return login.proofs().get(0).toString();
    }

    @Override
    public Object getCredentials() {
        // the proofs are checked by the realm itself, which gives every refusal the same time
        return "";
    }
}
