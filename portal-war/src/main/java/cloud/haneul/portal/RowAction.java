package cloud.haneul.portal;

import cloud.haneul.kernel.Caller;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Something one can do with a row of a list: an entry of its menu, and a button over the list when it can be done with many.
 * Texts are found by the list's prefix and the name: {@code instances.stop} is the label, {@code instances.stop.ask} the question
 * before, {@code instances.stop.done} what is told after; in the latter two {0} is how many and {1} the first one's name.
 *
 * <pre>{@code
 * RowAction.of("stop", "pi-stop", (caller, server) -> servers.stop(caller, server.id()))
 *         .when(server -> server.vmState() == ACTIVE).bulk().confirmed()
 * }</pre>
 */
public final class RowAction<T> {
    private final String name;
    private final String icon;
    private final BiConsumer<Caller, T> work;
    private final Function<T, String> address;
    private final String dialog;
    private Predicate<T> when = row -> true;
    private String rule = "";
    private boolean bulk;
    private boolean confirmed;
    private boolean dangerous;

    private RowAction(
            String name, String icon, BiConsumer<Caller, T> work, Function<T, String> address, String dialog) {
        this.name = name;
        this.icon = icon;
        this.work = work;
        this.address = address;
        this.dialog = dialog;
    }

    public static <T> RowAction<T> of(String name, String icon, BiConsumer<Caller, T> work) {
        return new RowAction<>(name, icon, work, row -> "", "");
    }

    /** {@code delete}, of one or many. */
    public static <T> RowAction<T> deletes(BiConsumer<Caller, T> work) {
        return of("delete", "pi-trash", work).bulk().dangerous();
    }

    /** Leads to another page. */
    public static <T> RowAction<T> link(String name, String icon, Function<T, String> address) {
        return new RowAction<>(name, icon, (caller, row) -> {}, address, "");
    }

    /** Opens a form, filled by {@code prepare}; {@code dialog} is the {@code of} of its {@code hn:formDialog}. */
    public static <T> RowAction<T> opens(String name, String icon, String dialog, BiConsumer<Caller, T> prepare) {
        return new RowAction<>(name, icon, prepare, row -> "", dialog);
    }

    /** Offered only for rows of which this holds. */
    public RowAction<T> when(Predicate<T> condition) {
        when = condition;
        return this;
    }

    /** Offered only to whom this rule of the policy lets do it with what is his; the core asks once more. */
    public RowAction<T> needs(String ruleOfPolicy) {
        rule = ruleOfPolicy;
        return this;
    }

    /** Also for many rows at once. */
    public RowAction<T> bulk() {
        bulk = true;
        return this;
    }

    /** Asks before. */
    public RowAction<T> confirmed() {
        confirmed = true;
        return this;
    }

    /** Cannot be taken back: asks before, and looks like it. */
    public RowAction<T> dangerous() {
        dangerous = true;
        return confirmed();
    }

    public boolean appliesTo(T row) {
        return when.test(row);
    }

    boolean isFor(Me me) {
        return rule.isEmpty() || me.may(rule);
    }

    void run(Caller caller, T row) {
        work.accept(caller, row);
    }

    public String address(T row) {
        return address.apply(row);
    }

    public String getName() {
        return name;
    }

    public String getIcon() {
        return icon;
    }

    public String getDialog() {
        return dialog;
    }

    public boolean isBulk() {
        return bulk;
    }

    public boolean isConfirmed() {
        return confirmed;
    }

    /** Whether a dialog comes first. */
    public boolean isAsking() {
        return confirmed || !dialog.isEmpty();
    }

    public boolean isDangerous() {
        return dangerous;
    }
}
