package cloud.haneul.identity;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import jakarta.inject.Inject;
import org.apache.shiro.authc.AuthenticationException;
import org.apache.shiro.authc.AuthenticationInfo;
import org.apache.shiro.authc.AuthenticationToken;
import org.apache.shiro.authc.IncorrectCredentialsException;
import org.apache.shiro.authc.SimpleAuthenticationInfo;
import org.apache.shiro.authc.credential.AllowAllCredentialsMatcher;
import org.apache.shiro.realm.AuthenticatingRealm;

/**
 * The database as a Shiro realm: takes a {@link PasswordToken}, gives a {@link SignedIn}. Whatever is wrong with a login, it is
 * the same {@link IncorrectCredentialsException}; only a server that is too busy says so.
 */
@Component
public class PasswordRealm extends AuthenticatingRealm {
    private final Tokens tokens;

    @Inject
    PasswordRealm(Tokens tokens) {
        this.tokens = tokens;
        setName("identity");
        setAuthenticationTokenClass(PasswordToken.class);
        setCredentialsMatcher(new AllowAllCredentialsMatcher());
        setAuthenticationCachingEnabled(false);
    }

    @Override
    protected AuthenticationInfo doGetAuthenticationInfo(AuthenticationToken given) {
        PasswordToken password = (PasswordToken) given;
        try {
            Tokens.Issued issued = tokens.issue(password.login(), password.request());
            return new SimpleAuthenticationInfo(
                    new SignedIn(issued.info().context().user().id(), issued.token()), "", getName());
        } catch (Fault e) {
            if (e.kind() == Fault.Kind.UNAUTHORIZED) {
                throw new IncorrectCredentialsException(e);
            }
            throw new AuthenticationException(e.getMessage(), e);
        }
    }
}
