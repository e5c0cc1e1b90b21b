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

    private String newName;
    private int vcpus = 1;
    private long ramMib = 1024;
    private long diskGib = 10;
    private boolean open = true;

    public FlavorsPanel() {
        super("flavors", "flavor");
    }

    @Override
    protected List<Flavor> load(Caller caller, Query query) {
        return Sift.search(query, page -> flavors.list(caller, Optional.empty(), 0, 0, page), this::id, this::name);
    }

    @Override
    public String id(Flavor row) {
        return row.id();
    }

    @Override
    public String name(Flavor row) {
        return row.name();
    }

    @Override
    protected List<RowAction<Flavor>> offers() {
        return List.of(RowAction.<Flavor>of("delete", "pi-trash", (c, row) -> flavors.delete(c, row.id()))
                .bulk()
                .dangerous());
    }

    public void create() {
        boolean done = notices.attempt(
                () -> flavors.create(
                        me.caller(),
                        new NewFlavor(
                                Optional.empty(), newName, Optional.empty(), vcpus, ramMib, diskGib, 0, 0, 1.0, open)),
                "flavors.create.done",
                newName);
        if (done) {
            newName = null;
        }
    }

    public String getNewName() {
        return newName;
    }

    public void setNewName(String text) {
        newName = text;
    }

    public int getVcpus() {
        return vcpus;
    }

    public void setVcpus(int number) {
        vcpus = number;
    }

    public long getRamMib() {
        return ramMib;
    }

    public void setRamMib(long mib) {
        ramMib = mib;
    }

    public long getDiskGib() {
        return diskGib;
    }

    public void setDiskGib(long gib) {
        diskGib = gib;
    }

    public boolean isOpen() {
        return open;
    }

    public void setOpen(boolean on) {
        open = on;
    }
}
