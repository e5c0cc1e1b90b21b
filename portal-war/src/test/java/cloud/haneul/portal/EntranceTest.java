package cloud.haneul.portal;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.identity.Login.DomainRef;
import cloud.haneul.identity.Login.PasswordProof;
import cloud.haneul.identity.Login.Scope;
import cloud.haneul.identity.Login.UserRef;
import cloud.haneul.identity.NewUser;
import cloud.haneul.identity.PasswordRealm;
import cloud.haneul.identity.PortalSessions;
import cloud.haneul.identity.PortalSessions.Session;
import cloud.haneul.identity.Tokens;
import cloud.haneul.identity.Users;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import jakarta.faces.component.UIViewRoot;
import jakarta.faces.context.FacesContextWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.shiro.mgt.DefaultSecurityManager;
import org.apache.shiro.subject.Subject;
import org.apache.shiro.util.ThreadContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is remembered of who comes in, at a portal whose operator vouches for the proxy before it. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
@With("haneul.rest.trust-forwarded=true")
class EntranceTest {
    private static final String NAME = "ann";
    private static final String PASSWORD = "correct horse battery staple";

    private final PortalSessions sessions;
    private final Tokens tokens;
    private final DefaultSecurityManager shiro;
    private final NoPage page = new NoPage();

    EntranceTest(TestCloud cloud) {
        sessions = cloud.get(PortalSessions.class);
        tokens = cloud.get(Tokens.class);
        shiro = new DefaultSecurityManager(cloud.get(PasswordRealm.class));
        cloud.get(Users.class).create(Caller.inner("test"), NewUser.named(NAME).withPassword(PASSWORD));
    }

    /** What a request has of Faces while there is no view. */
    private static final class NoPage extends FacesContextWrapper {
        NoPage() {
            super(null);
        }

        void begin() {
            setCurrentInstance(this);
        }

        @Override
        public UIViewRoot getViewRoot() {
            return null;
        }

        @Override
        public void release() {
            setCurrentInstance(null);
        }
    }

    @BeforeEach
    void begin() {
        page.begin();
    }

    @AfterEach
    void end() {
        page.release();
        ThreadContext.remove();
        shiro.destroy();
    }

    @Test
    void aSessionTellsTheAddressOfTheClientAndNotOfTheProxy() {
        enter("198.51.100.1, 192.0.2.9");
        enter("<script>");
        enter(null);
        HttpServletRequest request = request(null);
        String token = Me.login().token();
        assertThat(sessions.list(tokens.authenticate(token, Me.visit(request)), token))
                .allSatisfy(session -> assertThat(session.browser()).isEqualTo("a browser"))
                .extracting(Session::address)
                .containsExactlyInAnyOrder("192.0.2.9", "10.0.0.1", "10.0.0.1");
    }

    private void enter(String forwardedFor) {
        ThreadContext.bind(new Subject.Builder(shiro).buildSubject());
        new Entrance(new Me(), sessions)
                .enter(
                        new cloud.haneul.identity.Login(
                                List.of(new PasswordProof(UserRef.name(NAME, DomainRef.name("Default")), PASSWORD)),
                                Scope.NONE),
                        request(forwardedFor));
    }

    /** By a proxy at 10.0.0.1. */
    private static HttpServletRequest request(String forwardedFor) {
        Map<String, Object> attributes = new HashMap<>();
        return (HttpServletRequest) Proxy.newProxyInstance(
                EntranceTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, values) -> switch (method.getName()) {
                    case "getSession" -> null;
                    case "getMethod" -> "POST";
                    case "getRequestURI" -> "/dashboard/login.xhtml";
                    case "getRemoteAddr" -> "10.0.0.1";
                    case "getAttribute" -> attributes.get((String) values[0]);
                    case "setAttribute" -> attributes.put((String) values[0], values[1]);
                    case "getHeader" ->
                        switch ((String) values[0]) {
                            case "X-Forwarded-For" -> forwardedFor;
                            case "User-Agent" -> "a browser";
                            default -> null;
                        };
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
