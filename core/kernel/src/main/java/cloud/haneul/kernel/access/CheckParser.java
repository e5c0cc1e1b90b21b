package cloud.haneul.kernel.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.PatternSyntaxException;

/**
 * Reads one check in the language of oslo.policy:
 *
 * <pre>
 * check  = term { "or" term }        term = factor { "and" factor }
 * factor = "not" factor | "(" check ")" | word
 * word   = "@" | "!" | "rule:" name | "role:" name | "field:" resource ":" attribute "=" value | subject ":" template
 * </pre>
 */
final class CheckParser {
    /** Follows {@code rule:name}; throws {@link SyntaxError} when there is no such rule. */
    interface Rules {
        Check find(String name, int position);
    }

    /** Deep enough for any rule a person writes, shallow enough for the stack. */
    private static final int MAX_DEPTH = 100;

    private final Rules rules;
    private final List<Token> tokens;
    private int next;
    private int depth;

    private CheckParser(String text, Rules rules) {
        this.rules = rules;
        this.tokens = Token.of(text);
    }

    /** @throws SyntaxError naming the position */
    static Check parse(String text, Rules rules) {
        if (text.isEmpty()) {
            return new Check.Always();
        }
        CheckParser parser = new CheckParser(text, rules);
        Check check = parser.check();
        Token rest = parser.peek();
        if (!rest.text().isEmpty()) {
            throw new SyntaxError(
                    rest.position(),
                    rest.is(")") ? "this ) closes nothing" : "'and' or 'or' is missing before '" + rest.text() + "'");
        }
        return check;
    }

    /**
     * The older notation: a list of alternatives, each a word or a list of words that must all hold.
     *
     * @throws SyntaxError naming the alternative as position
     */
    static Check parse(List<?> alternatives, Rules rules) {
        if (alternatives.isEmpty()) {
            return new Check.Always();
        }
        List<Check> or = new ArrayList<>();
        for (int i = 0; i < alternatives.size(); i++) {
            List<Check> and = new ArrayList<>();
            List<?> words = alternatives.get(i) instanceof List<?> several ? several : List.of(alternatives.get(i));
            for (Object word : words) {
                String text = String.valueOf(word);
                if (text.isBlank() || text.chars().anyMatch(Character::isWhitespace)) {
                    throw new SyntaxError(i + 1, "'" + text + "' is not one single check, as the list notation needs");
                }
                and.add(word(new Token(text, i + 1), rules));
            }
            if (!and.isEmpty()) {
                or.add(and.size() == 1 ? and.get(0) : new Check.And(and));
            }
        }
        return or.isEmpty() ? new Check.Never() : or.size() == 1 ? or.get(0) : new Check.Or(or);
    }

    private Check check() {
        List<Check> terms = new ArrayList<>();
        terms.add(term());
        while (peek().is("or")) {
            next++;
            terms.add(term());
        }
        return terms.size() == 1 ? terms.get(0) : new Check.Or(terms);
    }

    private Check term() {
        List<Check> factors = new ArrayList<>();
        factors.add(factor());
        while (peek().is("and")) {
            next++;
            factors.add(factor());
        }
        return factors.size() == 1 ? factors.get(0) : new Check.And(factors);
    }

    private Check factor() {
        Token token = tokens.get(next);
        if (++depth > MAX_DEPTH) {
            throw new SyntaxError(token.position(), "more than " + MAX_DEPTH + " levels of parentheses");
        }
        try {
            if (token.text().isEmpty() || token.is(")") || token.is("and") || token.is("or")) {
                throw new SyntaxError(
                        token.position(),
                        "a check is missing "
                                + (token.text().isEmpty() ? "at the end" : "before '" + token.text() + "'"));
            }
            next++;
            if (token.is("not")) {
                return new Check.Not(factor());
            }
            if (token.is("(")) {
                Check inner = check();
                if (!peek().is(")")) {
                    throw new SyntaxError(token.position(), "this ( is not closed");
                }
                next++;
                return inner;
            }
            return word(token, rules);
        } finally {
            depth--;
        }
    }

    private Token peek() {
        return tokens.get(next);
    }

    private static Check word(Token token, Rules rules) {
        String text = token.text();
        if (text.equals("@")) {
            return new Check.Always();
        }
        if (text.equals("!")) {
            return new Check.Never();
        }
        int colon = afterQuote(text);
        if (colon <= 0) {
            throw new SyntaxError(
                    token.position(), "'" + text + "' is not a check: it has no colon, as in role:reader");
        }
        String kind = text.substring(0, colon);
        String match = text.substring(colon + 1);
        try {
            switch (kind) {
                case "rule":
                    return new Check.RuleCheck(match, rules.find(match, token.position()));
                case "role":
                    return role(match);
                case "field":
                    return field(match);
                case "is_admin":
                    return isAdmin(match);
                case "http", "https":
                    throw new IllegalArgumentException("checks by a remote server are not supported");
                default:
                    return new Check.Same(Subject.parse(kind), new Template(match));
            }
        } catch (PatternSyntaxException e) {
            throw new SyntaxError(token.position(), "'" + text + "': bad regular expression, " + e.getDescription());
        } catch (IllegalArgumentException e) {
            throw new SyntaxError(token.position(), "'" + text + "': " + e.getMessage());
        }
    }

    /** The colon between the two sides; one inside a quoted literal does not count. */
    private static int afterQuote(String text) {
        char first = text.charAt(0);
        int from = first == '\'' || first == '"' ? text.indexOf(first, 1) : 0;
        return from < 0 ? text.indexOf(':') : text.indexOf(':', from);
    }

    private static Check role(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the role's name is missing");
        }
        return name.contains("%(")
                ? new Check.Same(Subject.parse("roles"), new Template(name))
                : new Check.RoleCheck(name.toLowerCase(Locale.ROOT));
    }

    /** What {@code is_admin} says is decided by the admin role; keystone writes it with a number. */
    private static Check isAdmin(String match) {
        Check admin = new Check.RoleCheck("admin");
        switch (match.toLowerCase(Locale.ROOT)) {
            case "true", "1":
                return admin;
            case "false", "0":
                return new Check.Not(admin);
            default:
                throw new IllegalArgumentException("is_admin is True or False");
        }
    }

    private static Check field(String match) {
        int colon = match.indexOf(':');
        int equals = match.indexOf('=', colon + 1);
        if (colon <= 0 || equals <= colon + 1) {
            throw new IllegalArgumentException("a field check is written field:networks:shared=True");
        }
        return new Check.FieldCheck(
                match.substring(0, colon),
                new Attribute(match.substring(colon + 1, equals)),
                match.substring(equals + 1));
    }
}
