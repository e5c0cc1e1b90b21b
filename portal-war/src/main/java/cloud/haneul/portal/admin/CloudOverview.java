package cloud.haneul.portal.admin;

import cloud.haneul.compute.Host;
import cloud.haneul.compute.Hosts;
import cloud.haneul.compute.Hosts.HostUse;
import cloud.haneul.identity.ProjectFilter;
import cloud.haneul.identity.Projects;
import cloud.haneul.identity.UserFilter;
import cloud.haneul.identity.Users;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.operation.Operation;
import cloud.haneul.kernel.operation.OperationState;
import cloud.haneul.kernel.operation.Operations;
import cloud.haneul.kernel.plugin.PluginInfo;
import cloud.haneul.kernel.plugin.Plugins;
import cloud.haneul.portal.Activity;
import cloud.haneul.portal.Me;
import cloud.haneul.portal.Ui;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;

/** Admin &gt; Overview: how the cloud is, and what wants an administrator's hand. Some few queries, however large the cloud. */
@Named("cloud")
@RequestScoped
public class CloudOverview {
    private static final int SHOWN = 5;

    @Inject
    private Me me;

    @Inject
    private Ui ui;

    @Inject
    private Hosts hosts;

    @Inject
    private Projects projects;

    @Inject
    private Users users;

    @Inject
    private Operations operations;

    @Inject
    private Plugins plugins;

    @Inject
    private Activity activity;

    private List<HostUse> all;

    private List<HostUse> hosts() {
        if (all == null) {
            all = hosts.list(me.caller(), Page.all());
        }
        return all;
    }

    public int getHostCount() {
        return hosts().size();
    }

    public long getUp() {
        return hosts().stream()
                .filter(use -> use.host().connection() == Host.Connection.UP)
                .count();
    }

    /** Hosts that do not answer. */
    public List<HostUse> getDown() {
        return hosts().stream()
                .filter(use -> use.host().connection() == Host.Connection.DOWN)
                .toList();
    }

    public long getServerCount() {
        return hosts().stream().mapToLong(HostUse::servers).sum();
    }

    public List<Capacity.Bar> getCapacity() {
        return Capacity.of(hosts(), ui);
    }

    public long getProjectCount() {
        return projects.count(me.caller(), ProjectFilter.ALL);
    }

    public long getUserCount() {
        return users.count(me.caller(), UserFilter.ALL);
    }

    public List<Operation> getStuck() {
        return operations.list(me.caller(), Optional.of(OperationState.STUCK), Page.first(SHOWN));
    }

    public List<Activity.Act> getFailed() {
        return activity.tell(operations.list(me.caller(), Optional.of(OperationState.FAILED), Page.first(SHOWN)));
    }

    /** Plugins that were found and cannot be used. */
    public List<PluginInfo> getBroken() {
        return plugins.list().stream().filter(plugin -> !plugin.isLoaded()).toList();
    }
}
