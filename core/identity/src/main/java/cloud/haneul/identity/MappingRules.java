package cloud.haneul.identity;

import cloud.haneul.kernel.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The rules of a {@link Mapping}, in keystone's language. A rule whose {@code remote} conditions all hold for what an identity
 * provider says gives its {@code local} part; the first user that is given counts, groups and projects add up. What a condition
 * without {@code any_one_of} and {@code not_any_of} finds stands for {@code {0}}, {@code {1}} and so on in the local part.
 *
 * <p>Values from outside are values and nothing else: none is split, parsed or read as a list, whatever it looks like.
 */
final class MappingRules {
    private static final Set<String> REMOTE =
            Set.of("type", "any_one_of", "not_any_of", "blacklist", "whitelist", "regex");
    private static final List<String> TESTS = List.of("any_one_of", "not_any_of", "blacklist", "whitelist");

    private final List<Rule> rules;

    private MappingRules(List<Rule> rules) {
        this.rules = rules;
    }

    private record Rule(List<Remote> remote, List<MappingLocal> local) {}

    /** @param test one of the words, or empty text for "whatever there is" */
    private record Remote(String type, String test, Set<String> values, List<Pattern> patterns) {
        boolean matches(String value) {
            return patterns.isEmpty()
                    ? values.contains(value)
                    : patterns.stream()
                            .anyMatch(pattern -> pattern.matcher(value).find());
        }
    }

    /** @throws Fault BAD_REQUEST that says where the rules make no sense */
    static MappingRules of(List<Map<String, Object>> rules, boolean withDomains) {
        if (rules.isEmpty()) {
            throw ill("rules", "is too short");
        }
        List<Rule> all = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            String where = "rules/" + i;
            Map<String, Object> rule = rules.get(i);
            if (!rule.keySet().equals(Set.of("local", "remote"))) {
                throw ill(where, "has not just the parts 'local' and 'remote'");
            }
            List<Remote> remote = new ArrayList<>();
            List<?> conditions = list(where + "/remote", rule.get("remote"));
            if (conditions.isEmpty()) {
                throw ill(where + "/remote", "is too short");
            }
            for (int n = 0; n < conditions.size(); n++) {
                remote.add(remote(where + "/remote/" + n, map(where + "/remote/" + n, conditions.get(n))));
            }
            int found = (int) remote.stream().filter(MappingRules::isFinding).count();
            List<MappingLocal> local = new ArrayList<>();
            List<?> parts = list(where + "/local", rule.get("local"));
            for (int n = 0; n < parts.size(); n++) {
                String at = where + "/local/" + n;
                local.add(MappingLocal.of(at, map(at, parts.get(n)), found, withDomains));
            }
            all.add(new Rule(remote, local));
        }
        return new MappingRules(all);
    }

    /**
     * What somebody is here.
     *
     * @param said by the identity provider: attributes with their values
     * @return empty when no rule gives a user
     */
    Optional<Mapped> apply(Map<String, List<String>> said) {
        Mapped.Collector collector = new Mapped.Collector();
        for (Rule rule : rules) {
            found(rule, said).ifPresent(values -> rule.local.forEach(local -> local.give(values, collector)));
        }
        return collector.mapped();
    }

    /** What the conditions found, each its values; empty when one of them does not hold. */
    private static Optional<List<List<String>>> found(Rule rule, Map<String, List<String>> said) {
        List<List<String>> found = new ArrayList<>();
        for (Remote remote : rule.remote) {
            List<String> values = said.getOrDefault(remote.type, List.of());
            if (values.isEmpty()) {
                return Optional.empty();
            }
            boolean any = values.stream().anyMatch(remote::matches);
            switch (remote.test) {
                case "any_one_of" -> {
                    if (!any) {
                        return Optional.empty();
                    }
                }
                case "not_any_of" -> {
                    if (any) {
                        return Optional.empty();
                    }
                }
                case "blacklist" ->
                    found.add(values.stream()
                            .filter(value -> !remote.matches(value))
                            .toList());
                case "whitelist" ->
                    found.add(values.stream().filter(remote::matches).toList());
                default -> found.add(values);
            }
        }
        return Optional.of(found);
    }

    private static boolean isFinding(Remote remote) {
        return !remote.test.equals("any_one_of") && !remote.test.equals("not_any_of");
    }

    private static Remote remote(String where, Map<String, Object> condition) {
        if (!(condition.get("type") instanceof String type) || !REMOTE.containsAll(condition.keySet())) {
            throw ill(where, "has no 'type', or parts that are not known");
        }
        List<String> tests = TESTS.stream().filter(condition::containsKey).toList();
        if (tests.size() > 1 || tests.isEmpty() && condition.containsKey("regex")) {
            throw ill(where, "must have one test at most, and 'regex' only with one");
        }
        Set<String> values = new HashSet<>();
        List<Pattern> patterns = new ArrayList<>();
        boolean regex = Boolean.TRUE.equals(condition.get("regex"));
        if (condition.containsKey("regex") && !(condition.get("regex") instanceof Boolean)) {
            throw ill(where + "/regex", "is not of type 'boolean'");
        }
        for (String test : tests) {
            for (Object value : list(where + "/" + test, condition.get(test))) {
                if (!(value instanceof String text)) {
                    throw ill(where + "/" + test, "is not a list of strings");
                }
                values.add(text);
                if (regex) {
                    patterns.add(pattern(where + "/" + test, text));
                }
            }
        }
        return new Remote(type, tests.isEmpty() ? "" : tests.get(0), values, patterns);
    }

    private static Pattern pattern(String where, String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw ill(where, "has something that is no regular expression").cause(e);
        }
    }

    static List<?> list(String where, Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw ill(where, "is not of type 'array'");
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(String where, Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw ill(where, "is not of type 'object'");
    }

    static Fault ill(String where, String why) {
        return Fault.badRequest(where, "Invalid input for field/attribute " + where + ". It " + why + ".");
    }
}
