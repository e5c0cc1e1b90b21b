package cloud.haneul.portal.compute;

import cloud.haneul.compute.KeyPairs;
import cloud.haneul.portal.Me;
import cloud.haneul.portal.Notices;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import org.primefaces.PrimeFaces;

/** The dialog that brings a public key or makes a pair, on whatever page it is. A private key made here is shown once and kept nowhere. */
@Named("newKey")
@RequestScoped
public class NewKeyForm {
    @Inject
    private Me me;

    @Inject
    private Notices notices;

    @Inject
    private KeyPairs keyPairs;

    private String name;
    private String publicKey;
    private String privateKey = "";

    public void create() {
        notices.attempt(() -> {
            KeyPairs.Created made = keyPairs.create(
                    me.caller(),
                    me.getUserId(),
                    name == null ? "" : name.strip(),
                    Optional.ofNullable(publicKey).map(String::strip));
            privateKey = made.privateKey().orElse("");
            if (!privateKey.isEmpty()) {
                PrimeFaces.current().ajax().update("keyMadeText");
                PrimeFaces.current().executeScript("PF('keyMade').show()");
            }
            if (FacesContext.getCurrentInstance().getViewRoot().findComponent("wizard:keys") != null) {
                PrimeFaces.current().ajax().update("wizard:keys");
            }
            notices.done("keypairs.created", made.keyPair().name());
        });
    }

    /** Of the pair made by this request; chosen in a form that waits for it. */
    public String getMade() {
        return FacesContext.getCurrentInstance().isValidationFailed() || name == null ? "" : name.strip();
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getPublicKey() {
        return publicKey;
    }

    public void setPublicKey(String publicKey) {
        this.publicKey = publicKey;
    }

    public String getPrivateKey() {
        return privateKey;
    }
}
