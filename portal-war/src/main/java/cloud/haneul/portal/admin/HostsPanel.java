package cloud.haneul.portal.admin;

import cloud.haneul.compute.Host;
import cloud.haneul.compute.Hosts;
import cloud.haneul.compute.Hosts.HostUse;
import cloud.haneul.compute.NewHost;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.plugin.PluginInfo;
import cloud.haneul.kernel.plugin.Plugins;
import cloud.haneul.portal.ResourcePanel;
import cloud.haneul.portal.RowAction;
import cloud.haneul.portal.Sift;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;

/** Admin &gt; Hosts: hypervisors by their drivers, with what they have and what is wrong, and the driver plugins themselves. */
@Named("hosts")
@ViewScoped
public class HostsPanel extends ResourcePanel<HostUse> {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Hosts hosts;

    @Inject
    private transient Plugins plugins;

    public HostsPanel() {
        super("hosts", "host server", row -> row.host().id(), row -> row.host().name());
        form.with("uri", "qemu:///system");
    }

    @Override
    protected List<HostUse> load(Caller caller, Query query) {
        return Sift.whole(query, page -> hosts.list(caller, page), this::id, this::name, row -> true);
    }

    @Override
    protected List<RowAction<HostUse>> offers() {
        return List.of(
                RowAction.<HostUse>of(
                                "enable",
                                "pi-check",
                                (c, row) -> hosts.setEnabled(c, row.host().id(), true, ""))
                        .when(row -> !row.host().isEnabled())
                        .bulk(),
                form("disable", "pi-ban", "disableHost").when(row -> row.host().isEnabled()),
                RowAction.<HostUse>of(
                                "remove",
                                "pi-trash",
                                (c, row) -> hosts.remove(c, row.host().id()))
                        .bulk()
                        .dangerous());
    }

    public String tone(HostUse row) {
        return row.host().connection() == Host.Connection.DOWN
                ? "bad"
                : row.host().connection() == Host.Connection.CONNECTING
                        ? "busy"
                        : row.host().isEnabled() ? "ok" : "warn";
    }

    /** Disabled is what people want to know of a host that is up. */
    public String state(HostUse row) {
        boolean off =
                row.host().connection() == Host.Connection.UP && !row.host().isEnabled();
        return ui.word("hosts.state." + (off ? "DISABLED" : row.host().connection()));
    }

    public List<Capacity.Bar> bars(HostUse row) {
        return Capacity.of(List.of(row), ui);
    }

    public List<PluginInfo> getPlugins() {
        return plugins.list();
    }

    /** Types of hypervisor drivers that are there to be chosen. */
    public List<String> getDrivers() {
        return plugins.list().stream()
                .flatMap(plugin -> plugin.drivers().stream())
                .filter(one -> one.kind().equals("Hypervisor"))
                .map(PluginInfo.DriverInfo::type)
                .toList();
    }

    public void add() {
        NewHost wanted = new NewHost(
                form.text("driver"), form.text("uri"), form.text("name"), form.text("zone"), Map.of(), 16.0, 1.5, 1.0);
        submit(() -> hosts.add(me.caller(), wanted), "hosts.add.done", wanted.uri());
    }

    public void disable() {
        submit(
                () -> hosts.setEnabled(me.caller(), form.uuid(), false, form.text("reason")),
                "hosts.disable.done",
                1,
                form.about());
    }
}
