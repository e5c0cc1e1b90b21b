package cloud.haneul.kernel.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * All rules in force: the defaults of every service with the operator's own over them, every check parsed and every
 * reference followed. Never changed; a changed file makes another book, or none when it has a mistake.
 *
 * <p>Services have base rules of the same names ({@code owner}, {@code default}), so a reference is looked for in its own
 * service first and then among the {@linkplain #COMMON common} rules. From outside, a rule's bare name is enough where only
 * one service has it; otherwise it is {@code network/default}. The operator's file may use either: a bare name there is meant
 * for every service that has such a rule.
 */
final class PolicyBook {
    /** The house's own rules, which every service may refer to. */
    static final String COMMON = "haneul";

    /** A service may name what all of its rules need besides: a token with a project, say. */
    static final String SCOPE = "scope";

    private final Map<String, Rule> byName;
    private final Map<String, List<String>> ambiguous;
    private final List<Rule> rules;

    private PolicyBook(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        this.byName = new HashMap<>();
        this.ambiguous = new HashMap<>();
        for (Rule rule : rules) {
            String qualified = rule.service() + "/" + rule.name();
            byName.put(qualified, rule);
            ambiguous.computeIfAbsent(rule.name(), name -> new ArrayList<>()).add(qualified);
        }
        ambiguous.values().removeIf(names -> {
            if (names.size() == 1) {
                Rule rule = byName.get(names.get(0));
                byName.put(rule.name(), rule);
            }
            return names.size() == 1;
        });
    }

    /**
     * @param defaults by service
     * @throws PolicyMistakes with all mistakes in all files
     */
    static PolicyBook of(Map<String, PolicyFile> defaults, Optional<PolicyFile> overrides) {
        return new Binder(defaults, overrides).bind();
    }

    /** @throws IllegalArgumentException for a name that no service or more than one has: a mistake in our own code */
    Rule rule(String name) {
        Rule rule = byName.get(name);
        if (rule == null) {
            throw new IllegalArgumentException(
                    ambiguous.containsKey(name)
                            ? "Several services have a policy rule " + name + ": say one of " + ambiguous.get(name)
                            : "There is no policy rule " + name + Nearest.hint(name, byName.keySet()));
        }
        return rule;
    }

    boolean knows(String name) {
        return byName.containsKey(name);
    }

    /** All names by which a rule can be asked for. */
    Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    /** Every rule, in the order of services and files. */
    List<Rule> rules() {
        return rules;
    }

    /** Builds a book. Lives as long as that takes. */
    private static final class Binder {
        private record Source(PolicyFile.Entry entry, String file, boolean overridden) {}

        private final Map<String, Map<String, Source>> sources = new LinkedHashMap<>();
        private final Map<String, Check> bound = new HashMap<>();
        private final List<String> path = new ArrayList<>();
        private final List<Mistake> mistakes = new ArrayList<>();

        Binder(Map<String, PolicyFile> defaults, Optional<PolicyFile> overrides) {
            defaults.forEach((service, file) -> {
                Map<String, Source> own = new LinkedHashMap<>();
                file.rules().forEach((name, entry) -> own.put(name, new Source(entry, file.name(), false)));
                sources.put(service, own);
            });
            overrides.ifPresent(this::override);
        }

        private void override(PolicyFile file) {
            Map<String, Source> helpers = new LinkedHashMap<>();
            file.rules().forEach((name, entry) -> {
                Source source = new Source(entry, file.name(), true);
                if (!replace(name, source)) {
                    helpers.put(name, source);
                }
            });
            // A name of his own is a helper when another rule of his refers to it; otherwise a typing error.
            helpers.forEach((name, source) -> {
                boolean used = file.rules().entrySet().stream()
                        .anyMatch(other -> !other.getKey().equals(name)
                                && refersTo(other.getValue().text(), name));
                if (used && !name.contains("/")) {
                    sources.computeIfAbsent(COMMON, common -> new LinkedHashMap<>())
                            .put(name, source);
                } else {
                    mistakes.add(new Mistake(
                            file.name(),
                            source.entry.line(),
                            name,
                            0,
                            "there is no such rule" + Nearest.hint(name, names())));
                }
            });
        }

        /** Replaces the defaults meant by the name; false when there are none. */
        private boolean replace(String name, Source source) {
            boolean found = false;
            for (Map.Entry<String, Map<String, Source>> service : sources.entrySet()) {
                String prefix = service.getKey() + "/";
                String bare = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
                // "scope" is every service's own affair; as a bare name it would open or shut all of them at once.
                boolean meant = !name.equals(SCOPE) && service.getValue().containsKey(bare);
                if (meant) {
                    service.getValue().put(bare, source);
                    found = true;
                }
            }
            return found;
        }

        private static boolean refersTo(String check, String name) {
            int at = check.indexOf("rule:" + name);
            while (at >= 0) {
                int end = at + 5 + name.length();
                if (end == check.length() || " \t\n),]".indexOf(check.charAt(end)) >= 0) {
                    return true;
                }
                at = check.indexOf("rule:" + name, end);
            }
            return false;
        }

        private Collection<String> names() {
            TreeSet<String> names = new TreeSet<>();
            sources.values().forEach(own -> names.addAll(own.keySet()));
            return names;
        }

        PolicyBook bind() {
            List<Rule> rules = new ArrayList<>();
            sources.forEach((service, own) -> {
                Check scope = own.containsKey(SCOPE) ? bind(service, SCOPE) : new Check.Always();
                own.forEach((name, source) -> rules.add(new Rule(
                        service,
                        name,
                        source.entry.text(),
                        source.file + ":" + source.entry.line(),
                        source.overridden,
                        name.equals(SCOPE) ? new Check.Always() : scope,
                        bind(service, name))));
            });
            if (!mistakes.isEmpty()) {
                throw new PolicyMistakes(mistakes);
            }
            return new PolicyBook(rules);
        }

        private Check bind(String service, String name) {
            String key = service + "/" + name;
            Check known = bound.get(key);
            if (known != null) {
                return known;
            }
            Source source = sources.get(service).get(name);
            path.add(key);
            Check check;
            try {
                CheckParser.Rules references = (other, position) -> follow(service, other, position);
                check = source.entry.check() instanceof List<?> list
                        ? CheckParser.parse(list, references)
                        : CheckParser.parse(source.entry.text(), references);
            } catch (SyntaxError e) {
                mistakes.add(new Mistake(source.file, source.entry.line(), name, e.position(), e.getMessage()));
                check = new Check.Never();
            } finally {
                path.remove(path.size() - 1);
            }
            bound.put(key, check);
            return check;
        }

        private Check follow(String service, String name, int position) {
            String owner = has(service, name) ? service : has(COMMON, name) ? COMMON : "";
            if (owner.isEmpty()) {
                throw new SyntaxError(position, "there is no rule '" + name + "'" + Nearest.hint(name, names()));
            }
            int before = path.indexOf(owner + "/" + name);
            if (before >= 0) {
                List<String> circle = new ArrayList<>(path.subList(before, path.size()));
                Collections.addAll(circle, owner + "/" + name);
                throw new SyntaxError(position, "leads back to itself: " + String.join(" -> ", circle));
            }
            return bind(owner, name);
        }

        private boolean has(String service, String name) {
            return sources.getOrDefault(service, Map.of()).containsKey(name);
        }
    }
}
