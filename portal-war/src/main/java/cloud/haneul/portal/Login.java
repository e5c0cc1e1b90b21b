package cloud.haneul.portal;

import cloud.haneul.identity.Login.DomainRef;
import cloud.haneul.identity.Login.Scope;
import cloud.haneul.identity.Login.UserRef;
import cloud.haneul.identity.PasswordToken;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.apache.shiro.SecurityUtils;
import org.apache.shiro.authc.AuthenticationException;
import org.apache.shiro.authc.IncorrectCredentialsException;

/** The login page. An unknown name and a wrong password look alike, and the session gets a new id when somebody is let in. */
@Named("login")
@RequestScoped
public class Login {
    @Inject
    private Ui ui;

    private String name;
    private String password;
    private String domain = "Default";

    public void enter() throws IOException {
        ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
        HttpServletRequest request = (HttpServletRequest) external.getRequest();
        if (request.getSession(false) != null) {
            request.changeSessionId();
        }
        UserRef user = UserRef.name(name, DomainRef.name(domain == null ? "Default" : domain));
        try {
            SecurityUtils.getSubject()
                    .login(new PasswordToken(
                            cloud.haneul.identity.Login.password(user, password, Scope.PREFERRED), Me.visit(request)));
        } catch (IncorrectCredentialsException e) {
            refuse("login.refused");
            return;
        } catch (AuthenticationException e) {
            refuse("login.busy");
            return;
        }
        external.redirect(Redirects.isOurs(request, getTo()) ? getTo() : request.getContextPath() + Redirects.HOME);
    }

    private void refuse(String key) {
        FacesContext.getCurrentInstance()
                .addMessage(null, new FacesMessage(FacesMessage.SEVERITY_ERROR, ui.word(key), null));
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getDomain() {
        return domain;
    }

    public void setDomain(String domain) {
        this.domain = domain;
    }

    /** Where to afterwards; kept on the page while the password is wrong. */
    public String getTo() {
        return FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterMap()
                .getOrDefault("to", "");
    }
}
