package cloud.haneul.portal.admin;

import cloud.haneul.compute.Flavor;
import cloud.haneul.compute.Flavors;
import cloud.haneul.compute.NewFlavor;
import cloud.haneul.kernel.Caller;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import cloud.haneul.portal.Sift;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;

/** Admin &gt; Flavors: the sizes instances come in. */
@Named("flavors")
@ViewScoped
public class FlavorsPanel extends ResourcePanel<Flavor> {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Flavors flavors;

    public FlavorsPanel() {
        super("flavors", "flavor", Flavor::id, Flavor::name);
        form.with("vcpus", 1).with("ram", 1024L).with("disk", 10L).with("open", true);
    }

    @Override
    protected List<Flavor> load(Caller caller, Query query) {
        return Sift.search(query, page -> flavors.list(caller, Optional.empty(), 0, 0, page), this::id, this::name);
    }

    @Override
    protected List<RowAction<Flavor>> offers() {
        return List.of(RowAction.<Flavor>deletes((c, row) -> flavors.delete(c, row.id())));
    }

    public void create() {
        NewFlavor wanted = new NewFlavor(
                Optional.empty(),
                form.text("name"),
                Optional.empty(),
                (int) form.number("vcpus"),
                form.number("ram"),
                form.number("disk"),
                0,
                0,
                1.0,
                form.is("open"));
        submit(() -> flavors.create(me.caller(), wanted), "flavors.create.done", wanted.name());
    }
}
