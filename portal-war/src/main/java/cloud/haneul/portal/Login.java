package cloud.haneul.portal;

import cloud.haneul.identity.FederationPaths;
import cloud.haneul.identity.Login.DomainRef;
import cloud.haneul.identity.Login.PasswordProof;
import cloud.haneul.identity.Login.Proof;
import cloud.haneul.identity.Login.Scope;
import cloud.haneul.identity.Login.TotpProof;
import cloud.haneul.identity.Login.UserRef;
import cloud.haneul.identity.PasswordExpired;
import cloud.haneul.identity.ReceiptNeeded;
import cloud.haneul.identity.SingleSignOn;
import cloud.haneul.identity.Users;
import cloud.haneul.kernel.Fault;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.shiro.authc.AuthenticationException;
import org.apache.shiro.authc.IncorrectCredentialsException;

/**
 * The login page. An unknown name, a wrong password and somebody locked out look alike; whose password is right may be asked for
 * more: a one-time password, or a new password instead of one that has expired.
 */
@Named("login")
@RequestScoped
public class Login {
    @Inject
    private Ui ui;

    @Inject
    private Notices notices;

    @Inject
    private Entrance entrance;

    @Inject
    private Users users;

    @Inject
    private SingleSignOn singleSignOn;

    /** What the page asks for. */
    private enum Step {
        PASSWORD,
        PASSCODE,
        CHANGE
    }

    private String name;
    private String password;
    private String domain = "Default";
    private String passcode;
    private String wanted;
    private String again;
    private Step step;

    public void enter() throws IOException {
        if (isChanging()) {
            change();
        } else {
            enter(password, false);
        }
    }

    /** @param changed whether it is the password that he has just chosen */
    private void enter(String secret, boolean changed) throws IOException {
        ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
        HttpServletRequest request = (HttpServletRequest) external.getRequest();
        List<Proof> proofs = new ArrayList<>(List.of(new PasswordProof(user(), secret)));
        if (passcode != null) {
            proofs.add(new TotpProof(user(), passcode.replaceAll("\\s", "")));
        }
        try {
            entrance.enter(new cloud.haneul.identity.Login(proofs, Scope.PREFERRED), request);
        } catch (IncorrectCredentialsException e) {
            Throwable why = e.getCause() == null ? null : e.getCause().getCause();
            step = why instanceof ReceiptNeeded
                    ? Step.PASSCODE
                    : why instanceof PasswordExpired ? Step.CHANGE : Step.PASSWORD;
            refuse(
                    switch (step) {
                        case PASSCODE -> changed ? "login.changedPasscode" : "login.passcodeMissing";
                        case CHANGE -> "login.expired";
                        default -> changed ? "login.changed" : "login.refused";
                    });
            return;
        } catch (AuthenticationException e) {
            step = Step.PASSWORD;
            refuse("login.busy");
            return;
        }
        external.redirect(Redirects.isOurs(request, getTo()) ? getTo() : request.getContextPath() + Redirects.HOME);
    }

    /** His password was right and has expired: he gives it again, and the one he wants instead. */
    private void change() throws IOException {
        step = Step.CHANGE;
        if (!Objects.equals(wanted, again)) {
            refuse("account.different");
            return;
        }
        HttpServletRequest request = (HttpServletRequest)
                FacesContext.getCurrentInstance().getExternalContext().getRequest();
        try {
            users.changePassword(user(), password, wanted, Me.visit(request));
        } catch (Fault e) {
            if (e.kind() == Fault.Kind.UNAUTHORIZED) {
                refuse("login.refused");
            } else {
                Notices.Problem problem = notices.explain(e);
                tell((problem.text() + " " + problem.cure()).strip());
            }
            return;
        }
        enter(wanted, true);
    }

    private UserRef user() {
        return UserRef.name(name, DomainRef.name(domain == null ? "Default" : domain));
    }

    private void refuse(String key) {
        tell(ui.word(key));
    }

    private static void tell(String text) {
        FacesContext.getCurrentInstance().addMessage(null, new FacesMessage(FacesMessage.SEVERITY_ERROR, text, null));
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
                        FederationPaths.webLogin(choice.providerId(), choice.protocolId()) + "?origin="
                                + SingleSignOn.PORTAL))
                .toList();
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
        return step == Step.PASSCODE;
    }

    /** Whether the password was right and must be changed first; so it is while the form for that is filled in. */
    public boolean isChanging() {
        return step == null
                ? FacesContext.getCurrentInstance()
                        .getExternalContext()
                        .getRequestParameterMap()
                        .containsKey("changing")
                : step == Step.CHANGE;
    }

    public String getWanted() {
        return wanted;
    }

    public void setWanted(String wanted) {
        this.wanted = wanted;
    }

    public String getAgain() {
        return again;
    }

    public void setAgain(String again) {
        this.again = again;
    }

    /** Where to afterwards; kept on the page while the password is wrong. */
    public String getTo() {
        return FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterMap()
                .getOrDefault("to", "");
    }
}
