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
import java.util.UUID;

/** Admin &gt; Hosts: hypervisors by their drivers, with what they have and what is wrong, and the driver plugins themselves. */
@Named("hosts")
@ViewScoped
public class HostsPanel extends ResourcePanel<HostUse> {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Hosts hosts;

    @Inject
    private transient Plugins plugins;

    private String driver;
    private String uri = "qemu:///system";
    private String newName;
    private String zone;
    private UUID chosen;
    private String chosenName = "";
    private String reason;

    public HostsPanel() {
        super("hosts", "host server");
    }

    @Override
    protected List<HostUse> load(Caller caller, Query query) {
        return Sift.whole(query, page -> hosts.list(caller, page), this::id, this::name, row -> true);
    }

    @Override
    public String id(HostUse row) {
        return row.host().id().toString();
    }

    @Override
    public String name(HostUse row) {
        return row.host().name();
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
                RowAction.<HostUse>opens("disable", "pi-ban", "disableHost", (c, row) -> {
                            chosen = row.host().id();
                            chosenName = row.host().name();
                        })
                        .when(row -> row.host().isEnabled()),
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
        notices.attempt(
                () -> hosts.add(
                        me.caller(),
                        new NewHost(text(driver), text(uri), text(newName), text(zone), Map.of(), 16.0, 1.5, 1.0)),
                "hosts.add.done",
                uri);
    }

    public void disable() {
        notices.attempt(
                () -> hosts.setEnabled(me.caller(), chosen, false, text(reason)),
                "hosts.disable.done",
                1,
                getChosenName());
        reason = null;
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    public String getChosenName() {
        return chosenName;
    }

    public String getDriver() {
        return driver;
    }

    public void setDriver(String text) {
        driver = text;
    }

    public String getUri() {
        return uri;
    }

    public void setUri(String text) {
        uri = text;
    }

    public String getNewName() {
        return newName;
    }

    public void setNewName(String text) {
        newName = text;
    }

    public String getZone() {
        return zone;
    }

    public void setZone(String text) {
        zone = text;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String text) {
        reason = text;
    }
}
