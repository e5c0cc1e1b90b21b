package cloud.haneul.kernel;

/**
 * Something to be done when the controller starts, after the database is there and before requests are answered; found by CDI.
 * Must be safe to repeat and safe when two controllers start at once.
 */
public interface StartUp {
    /** Lower starts earlier and stops later: 0 to 99 the kernel, 100 to 199 rows a service needs, 200 and up workers. */
    int order();

    void start();

    default void stop() {}
}
