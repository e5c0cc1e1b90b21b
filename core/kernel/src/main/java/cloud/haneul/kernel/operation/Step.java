package cloud.haneul.kernel.operation;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One step of an operation: what it does and how it is undone. Both are repeated after a crash or a failure midway, so both
 * must be safe to repeat; the undo is also called for a step that failed or never began.
 *
 * @param name stable and kebab-case: it is stored, and translated for people under {@code operation.<kind>.<name>}
 */
public record Step<P>(String name, Function<Context<P>, Outcome> action, Consumer<Context<P>> undo) {

    public static <P> Step<P> of(String name, Consumer<Context<P>> action, Consumer<Context<P>> undo) {
        return new Step<>(
                name,
                context -> {
                    action.accept(context);
                    return Outcome.DONE;
                },
                undo);
    }

    /** A step that leaves nothing to undo. */
    public static <P> Step<P> of(String name, Consumer<Context<P>> action) {
        return of(name, action, context -> {});
    }

    /** A step that may answer {@link Outcome#wait} and is then called again. */
    public static <P> Step<P> waiting(String name, Function<Context<P>, Outcome> action, Consumer<Context<P>> undo) {
        return new Step<>(name, action, undo);
    }

    public static <P> Step<P> waiting(String name, Function<Context<P>, Outcome> action) {
        return new Step<>(name, action, context -> {});
    }
}
