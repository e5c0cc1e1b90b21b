package cloud.haneul.portal.account;

import cloud.haneul.identity.Login;
import cloud.haneul.identity.Login.Scope;
import cloud.haneul.identity.OwnPassword;
import cloud.haneul.identity.Tokens;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.portal.Entrance;
import cloud.haneul.portal.Form;
import cloud.haneul.portal.Me;
import cloud.haneul.portal.Notices;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;

/** What a person does about himself: a new password, and an end to all his sessions when something was lost. */
@Named("account")
@ViewScoped
public class AccountPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Me me;

    @Inject
    private transient Notices notices;

    @Inject
    private transient Entrance entrance;

    @Inject
    private transient OwnPassword ownPassword;

    @Inject
    private transient Tokens tokens;

    private final Form form = new Form();

    /** The new password ends all sessions but this one, which is begun anew with it. */
    public void changePassword() {
        String current = form.secret("current");
        String wanted = form.secret("password");
        String again = form.secret("again");
        notices.attempt(
                () -> {
                    if (!wanted.equals(again)) {
                        throw notices.wrong("again", "account.different");
                    }
                    Tokens.Issued issued;
                    try {
                        issued = ownPassword.change(Me.login().token(), current, wanted, me.visit());
                    } catch (Fault e) {
                        throw e.kind() == Fault.Kind.UNAUTHORIZED ? notices.wrong("current", "account.wrong") : e;
                    }
                    entrance.enter(Login.token(issued.token(), Scope.PREFERRED), (HttpServletRequest)
                            FacesContext.getCurrentInstance()
                                    .getExternalContext()
                                    .getRequest());
                },
                "account.password.done");
    }

    /** Every token of his is dead from now on, here and elsewhere. */
    public void signOutEverywhere() throws IOException {
        tokens.revokeAll(me.caller(), me.getUserId());
        me.signOut();
    }

    public Caller getCaller() {
        return me.caller();
    }

    public Set<String> getRoles() {
        return new TreeSet<>(me.caller().roles());
    }

    public Form getForm() {
        return form;
    }
}
