package cloud.haneul.portal;

import cloud.haneul.kernel.Caller;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.primefaces.PrimeFaces;

/**
 * The actions of a list or of a detail page, and the one that waits for a yes. What comes from the browser is only names and
 * ids: the rows are read anew, and the core checks every right once more.
 *
 * @param <T> the resource
 */
public final class Actions<T> {
    /** What a person is asked before something is done. */
    public record Question(String title, String text, List<String> names, String yes, boolean isDangerous) {}

    private final String prefix;
    private final List<RowAction<T>> all;
    private final Function<T, String> name;
    private String pending = "";
    private List<String> pendingIds = List.of();
    private Question question;

    public Actions(String prefix, List<RowAction<T>> all, Function<T, String> name) {
        this.prefix = prefix;
        this.all = List.copyOf(all);
        this.name = name;
    }

    /** What of this he may use: nothing for who only looks. */
    static <T> List<RowAction<T>> of(Me me, List<RowAction<T>> offers) {
        return me.isMember() ? offers.stream().filter(offer -> offer.isFor(me)).toList() : List.of();
    }

    public List<RowAction<T>> of(T row) {
        return all.stream().filter(action -> action.appliesTo(row)).toList();
    }

    public List<RowAction<T>> getBulk() {
        return all.stream().filter(RowAction::isBulk).toList();
    }

    public boolean isAny() {
        return !all.isEmpty();
    }

    /** Names of what can be done with a row, for the script that enables the buttons over the list. */
    public String may(T row) {
        return of(row).stream().map(RowAction::getName).collect(Collectors.joining(" "));
    }

    public String getPrefix() {
        return prefix;
    }

    public Optional<Question> question() {
        return Optional.ofNullable(question);
    }

    public Question getQuestion() {
        return question;
    }

    List<String> pendingIds() {
        return pendingIds;
    }

    /** Does it, or asks first. */
    void ask(
            String actionName,
            List<T> chosen,
            Function<T, String> id,
            String dialog,
            Caller caller,
            Notices notices,
            Ui ui) {
        RowAction<T> action = action(actionName);
        List<T> rows = chosen.stream().filter(action::appliesTo).toList();
        if (rows.isEmpty()) {
            notices.warn("list.nothing");
        } else if (!action.getDialog().isEmpty()) {
            if (notices.attempt(() -> action.run(caller, rows.get(0)))) {
                PrimeFaces.current().ajax().update(action.getDialog() + "Form");
                PrimeFaces.current().executeScript("PF('" + action.getDialog() + "').show()");
            }
        } else if (action.isConfirmed()) {
            pending = actionName;
            pendingIds = rows.stream().map(id).toList();
            List<String> names = rows.stream().map(name).toList();
            String label = ui.word(prefix + "." + actionName);
            question = new Question(
                    label,
                    ui.word(prefix + "." + actionName + ".ask", names.size(), names.get(0)),
                    names,
                    label,
                    action.isDangerous());
            PrimeFaces.current().executeScript("PF('" + dialog + "').show()");
        } else {
            run(action, rows, caller, notices);
        }
    }

    /** The person said yes. */
    boolean perform(List<T> rows, Caller caller, Notices notices) {
        RowAction<T> action = action(pending);
        pending = "";
        pendingIds = List.of();
        return run(action, rows.stream().filter(action::appliesTo).toList(), caller, notices);
    }

    private boolean run(RowAction<T> action, List<T> rows, Caller caller, Notices notices) {
        int done = 0;
        String first = "";
        for (T row : rows) {
            try {
                action.run(caller, row);
                first = done++ == 0 ? name.apply(row) : first;
            } catch (RuntimeException e) {
                notices.failed(name.apply(row), e);
            }
        }
        if (done > 0) {
            notices.done(prefix + "." + action.getName() + ".done", done, first);
        }
        return done > 0;
    }

    private RowAction<T> action(String wanted) {
        return all.stream()
                .filter(action -> action.getName().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no action " + wanted));
    }
}
