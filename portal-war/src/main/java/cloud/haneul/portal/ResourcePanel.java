package cloud.haneul.portal;

import cloud.haneul.kernel.Caller;
import cloud.haneul.kernel.data.Page;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseId;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A page with a list, for {@code hn:resourceTable}: holds what is searched, sorted and paged; the rows are read when the page is
 * drawn and never kept. A panel says how to read rows and what can be done with them:
 *
 * <pre>{@code
 * @Named("keypairs")
 * @ViewScoped
 * public class KeyPairsPanel extends ResourcePanel<KeyPair> {
 *     @Inject private transient KeyPairs keyPairs;
 *
 *     public KeyPairsPanel() { super("keypairs", "keypair", KeyPair::name, KeyPair::name); }
 *
 *     protected List<KeyPair> load(Caller caller, Query query) { return keyPairs.list(caller, caller.userId(), query.page()); }
 *     protected List<RowAction<KeyPair>> offers() {
 *         return List.of(RowAction.<KeyPair>of("delete", "pi-trash", (c, k) -> keyPairs.delete(c, k.userId(), k.name())).bulk().dangerous());
 *     }
 * }
 * }</pre>
 *
 * Services are injected into transient fields: the bean lives in the session, they do not.
 */
public abstract class ResourcePanel<T> implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int PAGE = 25;

    /** What is to be read: {@code search} is part of a name, empty for all. */
    public record Query(String search, Page page) {
        /** For services whose lists know no search and are short: filter after reading. */
        public boolean matches(String... texts) {
            return Arrays.stream(texts).anyMatch(text -> text.toLowerCase().contains(search.toLowerCase()));
        }
    }

    /** A part of a row, kept in the session with the bean. */
    @FunctionalInterface
    public interface Part<T> extends Function<T, Object>, Serializable {}

    @Inject
    protected transient Me me;

    @Inject
    protected transient Notices notices;

    @Inject
    protected transient Ui ui;

    private final String prefix;
    private final String watch;
    private final Part<T> id;
    private final Part<T> name;
    /** What is typed into the panel's forms. */
    protected final Form form = new Form();

    /** What the address asks for to begin with. */
    private String search = Requested.text("search");

    private String sort = "";
    private boolean ascending = true;
    private final List<String> markers = new ArrayList<>();
    private transient Actions<T> actions;
    private transient List<T> rows;
    private transient boolean more;
    private transient Notices.Problem problem;

    /**
     * @param prefix of its texts: {@code keypairs.title}, {@code keypairs.empty} ...
     * @param watch types of the resource events, divided by blanks, after which the list is read anew
     * @param id of a row: stable, and good as a marker for the next page
     * @param name what people call it
     */
    protected ResourcePanel(String prefix, String watch, Part<T> id, Part<T> name) {
        this.prefix = prefix;
        this.watch = watch;
        this.id = id;
        this.name = name;
    }

    protected abstract List<T> load(Caller caller, Query query);

    public String id(T row) {
        return String.valueOf(id.apply(row));
    }

    public String name(T row) {
        return String.valueOf(name.apply(row));
    }

    /** What can be done with rows, in the order of the menu. */
    protected List<RowAction<T>> offers() {
        return List.of();
    }

    /** An action that shows a form about a row; {@code dialog} is the {@code of} of its {@code hn:formDialog}. */
    protected RowAction<T> form(String action, String icon, String dialog) {
        return RowAction.opens(action, icon, dialog, (caller, row) -> form.begin(id(row), name(row)));
    }

    /** Does what a form asks for and says so; the form is empty then, and keeps what was typed when it was refused. */
    protected boolean submit(Notices.Action action, String doneKey, Object... values) {
        boolean done = notices.attempt(action, doneKey, values);
        if (done) {
            form.reset();
        }
        return done;
    }

    public Form getForm() {
        return form;
    }

    // ---- for the table

    /** Rows of this page. Only for drawing: while a form is being read there are none. */
    public List<T> getRows() {
        if (FacesContext.getCurrentInstance().getCurrentPhaseId() != PhaseId.RENDER_RESPONSE) {
            return List.of();
        }
        if (rows == null) {
            read();
        }
        return rows;
    }

    private void read() {
        try {
            List<T> found = fetch(PAGE + 1);
            if (found.isEmpty() && !markers.isEmpty()) {
                // the last row of the last page is gone
                markers.remove(markers.size() - 1);
                found = fetch(PAGE + 1);
            }
            more = found.size() > PAGE;
            rows = more ? found.subList(0, PAGE) : found;
            problem = null;
        } catch (RuntimeException e) {
            rows = List.of();
            problem = notices.refusal(e);
        }
    }

    private List<T> fetch(int limit) {
        Optional<String> marker = markers.isEmpty() ? Optional.empty() : Optional.of(markers.get(markers.size() - 1));
        List<Page.Sort> order = sort.isEmpty() ? List.of() : List.of(new Page.Sort(sort, ascending));
        return load(me.caller(), new Query(search, new Page(limit, marker, order)));
    }

    /** The one door for what a script of the list asks: {@code hn-do} says what. */
    public void handle() {
        switch (parameter("hn-do")) {
            case "search" -> restart(() -> search = parameter("hn-search").strip());
            case "sort" ->
                restart(() -> {
                    ascending = !sort.equals(parameter("hn-sort")) || !ascending;
                    sort = parameter("hn-sort");
                });
            case "next" -> markers.add(parameter("hn-marker"));
            case "back" -> markers.remove(markers.size() - 1);
            case "ask" -> {
                List<String> ids = parameter("hn-one").isEmpty() ? selected() : List.of(parameter("hn-one"));
                getActions()
                        .ask(parameter("hn-action"), chosen(ids), this::id, "listConfirm", me.caller(), notices, ui);
            }
            case "yes" -> getActions().perform(chosen(getActions().pendingIds()), me.caller(), notices);
            default -> {
                /* refresh: reading is all */
            }
        }
        rows = null;
    }

    private void restart(Runnable change) {
        change.run();
        markers.clear();
    }

    private List<T> chosen(List<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : fetch(PAGE).stream().filter(row -> ids.contains(id(row))).toList();
    }

    private static List<String> selected() {
        String[] values = FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterValuesMap()
                .get("hn-selected");
        return values == null ? List.of() : List.of(values);
    }

    /** So that rows stay selected when the list is drawn anew. */
    public boolean isSelected(T row) {
        return selected().contains(id(row)) && !List.of("next", "back", "yes").contains(parameter("hn-do"));
    }

    private static String parameter(String name) {
        return FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterMap()
                .getOrDefault(name, "");
    }

    public Actions<T> getActions() {
        if (actions == null) {
            actions = new Actions<>(prefix, Actions.of(me, offers()), this::name);
        }
        return actions;
    }

    /** Of the reading; null when there was none. */
    public Notices.Problem getProblem() {
        getRows();
        return problem;
    }

    public boolean isNone() {
        return getRows().isEmpty();
    }

    public String getPrefix() {
        return prefix;
    }

    public String getWatch() {
        return watch;
    }

    public String getSearch() {
        return search;
    }

    public boolean isMore() {
        return more;
    }

    public boolean isLater() {
        return !markers.isEmpty();
    }

    public int getPageNumber() {
        return markers.size() + 1;
    }

    public String getMarker() {
        return rows == null || rows.isEmpty() ? "" : id(rows.get(rows.size() - 1));
    }

    /** Icon of a column's head. */
    public String sortIcon(String field) {
        return !sort.equals(field) ? "pi-sort-alt" : ascending ? "pi-sort-amount-up-alt" : "pi-sort-amount-down";
    }

    public String sortWord(String field) {
        return !sort.equals(field) ? "" : ui.word(ascending ? "list.ascending" : "list.descending");
    }
}
