package cloud.haneul.kernel.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On an {@link java.time.Instant} of a view record: written with six digits after the second. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface Micros {
    /** Whether a {@code Z} follows: with it keystone's {@code 2026-01-02T03:04:05.000000Z}, without nova's for some fields. */
    boolean zone() default true;
}
