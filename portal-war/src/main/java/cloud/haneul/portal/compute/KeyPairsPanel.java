package cloud.haneul.portal.compute;

import cloud.haneul.compute.KeyPair;
import cloud.haneul.compute.KeyPairs;
import cloud.haneul.kernel.Caller;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import cloud.haneul.portal.Sift;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** Project &gt; Key pairs: the person's own, by whatever project; new ones come by {@link NewKeyForm}. */
@Named("keypairs")
@ViewScoped
public class KeyPairsPanel extends ResourcePanel<KeyPair> {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient KeyPairs keyPairs;

    public KeyPairsPanel() {
        super("keypairs", "keypair", KeyPair::name, KeyPair::name);
    }

    @Override
    protected List<KeyPair> load(Caller caller, Query query) {
        return Sift.search(query, page -> keyPairs.list(caller, caller.userId(), page), this::id, this::name);
    }

    @Override
    protected List<RowAction<KeyPair>> offers() {
        return List.of(RowAction.<KeyPair>deletes((c, k) -> keyPairs.delete(c, k.userId(), k.name())));
    }
}
