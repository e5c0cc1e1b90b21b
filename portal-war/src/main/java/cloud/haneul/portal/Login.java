package cloud.haneul.portal;

import cloud.haneul.identity.Login.DomainRef;
import cloud.haneul.identity.Login.PasswordProof;
import cloud.haneul.identity.Login.Proof;
import cloud.haneul.identity.Login.Scope;
import cloud.haneul.identity.Login.TotpProof;
import cloud.haneul.identity.Login.UserRef;
import cloud.haneul.identity.PasswordToken;
import cloud.haneul.identity.ReceiptNeeded;
import cloud.haneul.identity.SingleSignOn;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.shiro.SecurityUtils;
import org.apache.shiro.authc.AuthenticationException;
import org.apache.shiro.authc.IncorrectCredentialsException;

/** The login page. An unknown name and a wrong password look alike, and the session gets a new id when somebody is let in. */
@Named("login")
@RequestScoped
public class Login {
    @Inject
    private Ui ui;

    @Inject
    private SingleSignOn singleSignOn;

    private String name;
    private String password;
    private String domain = "Default";
    private String passcode;
    private boolean passcodeWanted;

    public void enter() throws IOException {
        ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
        HttpServletRequest request = (HttpServletRequest) external.getRequest();
        if (request.getSession(false) != null) {
            request.changeSessionId();
        }
        UserRef user = UserRef.name(name, DomainRef.name(domain == null ? "Default" : domain));
        List<Proof> proofs = new ArrayList<>(List.of(new PasswordProof(user, password)));
        if (passcode != null) {
            proofs.add(new TotpProof(user, passcode));
        }
        try {
            SecurityUtils.getSubject()
                    .login(new PasswordToken(
                            new cloud.haneul.identity.Login(proofs, Scope.PREFERRED), Me.visit(request)));
        } catch (IncorrectCredentialsException e) {
            passcodeWanted = e.getCause() != null && e.getCause().getCause() instanceof ReceiptNeeded;
            refuse(passcodeWanted ? "login.passcodeMissing" : "login.refused");
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

    /**
     * Somebody else who knows people and vouches for them.
     *
     * @param address where the browser goes to be known
     */
    public record Voucher(String name, String address) {}

    /** Who can be asked to vouch instead of giving a name and password here. */
    public List<Voucher> getVouchers() {
        return singleSignOn.choices().stream()
                .map(choice -> new Voucher(
                        choice.description().orElseGet(choice::providerId),
                        "/identity/v3/auth/OS-FEDERATION/identity_providers/" + part(choice.providerId())
                                + "/protocols/" + part(choice.protocolId()) + "/websso?origin=" + SingleSignOn.PORTAL))
                .toList();
    }

    private static String part(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
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

    public String getPasscode() {
        return passcode;
    }

    public void setPasscode(String passcode) {
        this.passcode = passcode;
    }

    /** Whether the password was right and is not enough: the rules of this user want a one-time password as well. */
    public boolean isPasscodeWanted() {
        return passcodeWanted;
    }

    /** Where to afterwards; kept on the page while the password is wrong. */
    public String getTo() {
        return FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterMap()
                .getOrDefault("to", "");
    }
}
