package cloud.haneul.portal;

import cloud.haneul.compute.Server;
import cloud.haneul.compute.ServerFilter;
import cloud.haneul.compute.Servers;
import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.data.Page;
import cloud.haneul.kernel.operation.Operations;
import cloud.haneul.kernel.quota.Quotas;
import cloud.haneul.kernel.quota.Quotas.Quota;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;

/** The first page: how much of the project's quota is used, what runs, and what happened last. */
@Named("overview")
@RequestScoped
public class Overview {
    private static final int SHOWN = 8;

    /** One ring; {@code text} says in words what it shows. */
    public record Ring(String label, long used, long limit, String text) {}

    @Inject
    private Me me;

    @Inject
    private Ui ui;

    @Inject
    private Quotas quotas;

    @Inject
    private Servers servers;

    @Inject
    private Operations operations;

    @Inject
    private Activity activity;

    private List<Server> newest;

    public List<Ring> getRings() {
        Caller caller = me.caller();
        List<Quota> all = new ArrayList<>(quotas.show(
                caller.project(),
                List.of("instances", "cores", "ram", "network", "router", "floatingip", "security_group", "port")));
        all.addAll(quotas.show("user:" + caller.userId(), List.of("key_pairs")));
        return all.stream().map(this::ring).toList();
    }

    private Ring ring(Quota quota) {
        String used = amount(quota.resource(), quota.used());
        String text = quota.limit() < 0
                ? ui.word("quota.unlimited", used)
                : ui.word("quota.of", used, amount(quota.resource(), quota.limit()));
        return new Ring(ui.word("quota." + quota.resource()), quota.used(), quota.limit(), text);
    }

    private String amount(String resource, long value) {
        return resource.equals("ram") ? ui.mib(value) : String.valueOf(value);
    }

    public List<Server> getNewest() {
        if (newest == null) {
            newest = servers.list(me.caller(), ServerFilter.none(), Page.first(SHOWN));
        }
        return newest;
    }

    /** The last thing that was done to each of the newest instances, newest first. */
    public List<Activity.Act> getActs() {
        return activity.tell(getNewest().stream()
                .flatMap(server -> operations.ofResource("server", server.id(), 1).stream())
                .sorted((a, b) -> b.createdAt().compareTo(a.createdAt()))
                .toList());
    }

    /** Drawing anew is all a script of the page asks for. */
    public void handle() {}
}
