package cloud.haneul.kernel.access;

import java.util.ArrayList;
import java.util.List;

/**
 * A word or a parenthesis of a check. Words end at white space; parentheses stick to words, as in
 * {@code (role:reader and project_id:%(project_id)s)}, so those that a word does not open itself are taken from its end.
 */
record Token(String text, int position) {

    /** The tokens of a text; the last one is empty and stands behind it. */
    static List<Token> of(String text) {
        List<Token> tokens = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                i++;
            } else if (c == '(' || c == ')') {
                tokens.add(new Token(String.valueOf(c), ++i));
            } else {
                int start = i;
                while (i < text.length() && !Character.isWhitespace(text.charAt(i))) {
                    i++;
                }
                int end = wordEnd(text, start, i);
                tokens.add(new Token(text.substring(start, end), start + 1));
                for (int close = end; close < i; close++) {
                    tokens.add(new Token(")", close + 1));
                }
            }
        }
        tokens.add(new Token("", text.length() + 1));
        return tokens;
    }

    /** Where the word ends when the parentheses behind it that it did not open are not counted. */
    private static int wordEnd(String text, int start, int end) {
        int open = 0;
        for (int i = start; i < end; i++) {
            open += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
        }
        while (open < 0 && text.charAt(end - 1) == ')') {
            end--;
            open++;
        }
        if (open != 0) {
            throw new SyntaxError(
                    start + 1,
                    "the parentheses in '" + text.substring(start, end)
                            + "' do not match; leave a space around 'and', 'or' and 'not'");
        }
        return end;
    }

    boolean is(String keyword) {
        return text.equalsIgnoreCase(keyword);
    }
}
