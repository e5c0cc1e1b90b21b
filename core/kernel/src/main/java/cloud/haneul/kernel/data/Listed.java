package cloud.haneul.kernel.data;

/**
 * An entity whose rows are kept in lists: whatever is written of one counts as a change of its list, in the transaction that
 * writes it ({@link Database#listChanges}). What changes in a list without a row of it, or with a statement over many rows,
 * is told by {@link Database#listChanged}.
 */
public interface Listed {
    /**
     * The list that it is in for as long as it lives, such as {@code server/} and the project's id; the part before the slash
     * is the list of all projects.
     */
    String list();
}
