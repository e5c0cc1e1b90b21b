package cloud.haneul.kernel.rest;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A field of a change request, where not sent, sent as null and sent with a value are three different wishes. */
public final class Field<T> {
    private static final Field<?> ABSENT = new Field<>(false, Optional.empty());
    private static final Field<?> NULL = new Field<>(true, Optional.empty());

    private final boolean sent;
    private final Optional<T> value;

    private Field(boolean sent, Optional<T> value) {
        this.sent = sent;
        this.value = value;
    }

    @SuppressWarnings("unchecked")
    public static <T> Field<T> absent() {
        return (Field<T>) ABSENT;
    }

    @SuppressWarnings("unchecked")
    public static <T> Field<T> ofNull() {
        return (Field<T>) NULL;
    }

    public static <T> Field<T> of(T value) {
        return new Field<>(true, Optional.of(value));
    }

    /** Whether the client said anything about this field, be it null. */
    public boolean isSent() {
        return sent;
    }

    public boolean isNull() {
        return sent && value.isEmpty();
    }

    /** The value; empty both when not sent and when null. */
    public Optional<T> value() {
        return value;
    }

    /** The value that holds after the change: the sent one (empty for null), or {@code current} when nothing was sent. */
    public Optional<T> over(Optional<T> current) {
        return sent ? value : current;
    }

    /** As {@link #over(Optional)} where null means {@code ifNull}. */
    public T over(T current, T ifNull) {
        return sent ? value.orElse(ifNull) : current;
    }

    /** Does something with what was sent, an empty Optional for null; nothing when nothing was sent. */
    public void ifSent(Consumer<Optional<T>> action) {
        if (sent) {
            action.accept(value);
        }
    }

    public <R> Field<R> map(Function<T, R> mapping) {
        return value.isPresent() ? of(mapping.apply(value.get())) : sent ? ofNull() : absent();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Field<?> field && sent == field.sent && value.equals(field.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode() + (sent ? 1 : 0);
    }

    @Override
    public String toString() {
        return !sent ? "not sent" : value.map(Object::toString).orElse("null");
    }
}
