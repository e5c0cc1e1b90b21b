package cloud.haneul.portal.compute;

import cloud.haneul.compute.Consoles;
import cloud.haneul.compute.Server;
import cloud.haneul.compute.ServerFault;
import cloud.haneul.compute.Servers;
import cloud.haneul.image.Images;
import cloud.haneul.kernel.Caller;
import cloud.haneul.network.ServerPorts;
import cloud.haneul.network.ServerPorts.ServerPort;
import cloud.haneul.portal.Activity;
import cloud.haneul.portal.Notices;
import cloud.haneul.portal.ResourcePage;
import cloud.haneul.portal.RowAction;
import cloud.haneul.spi.compute.ConsoleKind;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One instance: what it is, its console, its log, its interfaces, and what was done to it. */
@Named("instance")
@ViewScoped
public class InstancePage extends ResourcePage<Server> {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Servers servers;

    @Inject
    private transient ServerActions serverActions;

    @Inject
    private transient Consoles consoles;

    @Inject
    private transient Images images;

    @Inject
    private transient ServerPorts ports;

    @Inject
    private transient Activity activity;

    private int lines = 200;
    private transient Notices.Problem logProblem;

    public InstancePage() {
        super(
                "instances",
                "server port floatingip",
                "instances.xhtml",
                List.of("overview", "console", "log", "interfaces", "activity"));
    }

    @Override
    protected Server load(Caller caller, UUID id) {
        return servers.show(caller, id);
    }

    @Override
    protected String name(Server resource) {
        return resource.name();
    }

    @Override
    protected List<RowAction<Server>> offers() {
        return serverActions.all(false);
    }

    public String getImage() {
        return getResource()
                .imageId()
                .flatMap(id -> Optional.ofNullable(images.names(List.of(id)).get(id)))
                .orElse("");
    }

    public List<ServerPort> getPorts() {
        return ports.of(List.of(getId())).getOrDefault(getId(), List.of());
    }

    public List<String> getAddresses() {
        return Addresses.of(getPorts());
    }

    public List<Activity.Act> getActs() {
        return activity.of("server", getId(), 50);
    }

    /** Why it could not be done, as the last operation that failed tells it in the language of the page. */
    public String getWhy() {
        return activity.of("server", getId(), 5).stream()
                .map(Activity.Act::why)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .or(() -> getResource().fault().map(ServerFault::text))
                .orElse("");
    }

    // ---- console

    public boolean isRunning() {
        return ServerActions.isRunning(getResource());
    }

    /** {@code vnc} or {@code serial}. */
    public String getConsole() {
        return "serial"
                        .equals(FacesContext.getCurrentInstance()
                                .getExternalContext()
                                .getRequestParameterMap()
                                .get("console"))
                ? "serial"
                : "vnc";
    }

    /** Good for one session, so a new one each time the page is drawn. */
    public String getConsoleToken() {
        return consoles.issue(
                me.caller(), getId(), getConsole().equals("serial") ? ConsoleKind.SERIAL : ConsoleKind.VNC);
    }

    // ---- log

    public String getLog() {
        try {
            return consoles.log(me.caller(), getId(), lines);
        } catch (RuntimeException e) {
            logProblem = notices.explain(e);
            return "";
        }
    }

    public Notices.Problem getLogProblem() {
        return logProblem;
    }

    public int getLines() {
        return lines;
    }

    public void setLines(int lines) {
        this.lines = lines;
    }
}
