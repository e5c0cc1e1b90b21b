package cloud.haneul.kernel.access;

/**
 * Something wrong in a policy file, said so that its author finds it.
 *
 * @param file the file's path or resource name
 * @param line counted from 1; 0 when it concerns the whole file
 * @param rule the rule it is in; empty when it is outside of rules
 * @param position where in the rule's check, counted from 1; 0 when it concerns the whole rule
 */
public record Mistake(String file, int line, String rule, int position, String text) {
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "")
                + (rule.isEmpty() ? "" : ": rule '" + rule + "'")
                + (position > 0 ? " at " + position : "")
                + ": " + text;
    }
}
