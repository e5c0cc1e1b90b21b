package cloud.haneul.portal;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.Fault;
import cloud.haneul.kernel.Ids;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A page about one resource, for {@code hn:detailPage}: {@code ?id=} says which, {@code ?tab=} which tab. The resource is read once a
 * request. The page begins by {@code <f:viewAction action="#{bean.begin}"/>}, so that what is not there is a proper 404.
 */
public abstract class ResourcePage<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    protected transient Me me;

    @Inject
    protected transient Notices notices;

    @Inject
    protected transient Ui ui;

    private final String prefix;
    private final String watch;
    private final String list;
    private final List<String> tabs;
    private UUID id;
    private String tab;
    private transient T resource;
    private transient Actions<T> actions;

    /** @param list the page to go back to, also when the resource is gone */
    protected ResourcePage(String prefix, String watch, String list, List<String> tabs) {
        this.prefix = prefix;
        this.watch = watch;
        this.list = list;
        this.tabs = List.copyOf(tabs);
        this.tab = tabs.get(0);
    }

    /** @throws Fault NOT_FOUND */
    protected abstract T load(Caller caller, UUID id);

    protected abstract String name(T resource);

    protected List<RowAction<T>> offers() {
        return List.of();
    }

    public void begin() {
        Map<String, String> asked =
                FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap();
        id = Ids.parse(asked.getOrDefault("id", ""))
                .orElseThrow(() -> Fault.notFound("Page", asked.getOrDefault("id", "")));
        tab = Optional.ofNullable(asked.get("tab")).filter(tabs::contains).orElse(tabs.get(0));
        resource = load(me.caller(), id);
    }

    public T getResource() {
        if (resource == null) {
            resource = load(me.caller(), id);
        }
        return resource;
    }

    /** What a script of the page asks, see {@link ResourcePanel#handle}. */
    public void handle() throws IOException {
        Map<String, String> asked =
                FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap();
        try {
            T now = getResource();
            switch (asked.getOrDefault("hn-do", "")) {
                case "ask" ->
                    getActions()
                            .ask(
                                    asked.getOrDefault("hn-action", ""),
                                    List.of(now),
                                    r -> id.toString(),
                                    "detailConfirm",
                                    me.caller(),
                                    notices,
                                    ui);
                case "yes" -> getActions().perform(List.of(now), me.caller(), notices);
                default -> {
                    /* refresh: reading is all */
                }
            }
            resource = null;
            getResource();
        } catch (Fault e) {
            if (e.kind() != Fault.Kind.NOT_FOUND) {
                throw e;
            }
            notices.done("detail.gone");
            notices.keep();
            FacesContext.getCurrentInstance().getExternalContext().redirect(list);
        }
    }

    public Actions<T> getActions() {
        if (actions == null) {
            actions = new Actions<>(prefix, Actions.of(me, offers()), this::name);
        }
        return actions;
    }

    public boolean isThere() {
        return id != null;
    }

    public UUID getId() {
        return id;
    }

    public String getTitle() {
        return name(getResource());
    }

    public List<String> getTabs() {
        return tabs;
    }

    public String getTab() {
        return tab;
    }

    public String getWatch() {
        return watch;
    }
}
