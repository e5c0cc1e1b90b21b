package cloud.haneul.portal.account;

import cloud.haneul.identity.OneTimeDevices;
import cloud.haneul.identity.OneTimeDevices.Device;
import cloud.haneul.kernel.Fault;
import cloud.haneul.portal.Form;
import cloud.haneul.portal.Me;
import cloud.haneul.portal.Notices;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;

/** The devices for one-time passwords of whoever is signed in, on the page about his account. */
@Named("oneTime")
@ViewScoped
public class OneTimePage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Me me;

    @Inject
    private transient Notices notices;

    @Inject
    private transient OneTimeDevices devices;

    private final Form form = new Form();
    /** Of the device that is being set up; another one once that is done. */
    private String secret = "";

    private transient List<Device> known;

    public List<Device> getDevices() {
        if (known == null) {
            known = devices.list(me.caller());
        }
        return known;
    }

    public String getSecret() {
        if (secret.isEmpty()) {
            secret = devices.newSecret();
        }
        return secret;
    }

    /** In groups of four letters, for who types it. */
    public String getSecretToRead() {
        return getSecret().replaceAll("(.{4})(?=.)", "$1 ");
    }

    /** For a link on the telephone itself, which has no second camera. */
    public String getAddress() {
        String host = FacesContext.getCurrentInstance().getExternalContext().getRequestServerName();
        return devices.address(me.caller(), getSecret(), "Haneul " + host);
    }

    public QrPicture getPicture() {
        return QrPicture.of(getAddress());
    }

    public void add() {
        String passcode = form.secret("passcode");
        if (notices.attempt(() -> devices.add(me.caller(), getSecret(), passcode), "onetime.add.done")) {
            secret = "";
        }
        known = null;
    }

    public void remove() {
        String password = form.secret("password");
        String passcode = form.secret("code").strip();
        notices.attempt(
                () -> {
                    if (password.isEmpty() && passcode.isEmpty()) {
                        throw notices.wrong("password", "onetime.proofMissing");
                    }
                    try {
                        devices.remove(me.caller(), form.text("device"), password, passcode, me.visit());
                    } catch (Fault e) {
                        throw e.kind() != Fault.Kind.UNAUTHORIZED
                                ? e
                                : passcode.isEmpty()
                                        ? notices.wrong("password", "account.wrong")
                                        : notices.wrong("code", "onetime.wrong");
                    }
                    form.reset();
                },
                "onetime.remove.done");
        known = null;
    }

    /** What his own rules say: {@code NOT_ASKED}, {@code POSSIBLE} or {@code ASKED}. */
    public String getUse() {
        return devices.use(me.caller()).name();
    }

    public boolean isMine() {
        return devices.mayDemand(me.caller());
    }

    public void demand(boolean on) {
        notices.attempt(
                () -> devices.demand(me.caller(), me.getUserId(), on),
                on ? "onetime.demand.done" : "onetime.waive.done");
    }

    public Form getForm() {
        return form;
    }
}
