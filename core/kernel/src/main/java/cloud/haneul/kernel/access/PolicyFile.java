package cloud.haneul.kernel.access;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A policy file as written: a flat map in YAML (or JSON) from rule to check, with the lines for messages. Nothing is parsed
 * yet but the YAML. Read node by node instead of into objects, because {@code rule: !} and an empty value would otherwise
 * become the empty text, which allows everybody.
 */
record PolicyFile(String name, Map<String, Entry> rules) {

    /** @param check a {@code String}, or a list of strings and lists of strings */
    record Entry(Object check, int line) {
        String text() {
            return String.valueOf(check);
        }
    }

    private static final int LARGEST = 1 << 20;

    /** @throws PolicyMistakes when the text is not such a map */
    static PolicyFile read(String name, String text) {
        List<Mistake> mistakes = new ArrayList<>();
        Map<String, Entry> rules = new LinkedHashMap<>();
        Node root = compose(name, text);
        if (root instanceof MappingNode map) {
            for (NodeTuple tuple : map.getValue()) {
                read(name, tuple, rules, mistakes);
            }
        } else if (root != null) {
            mistakes.add(new Mistake(name, line(root), "", 0, "a policy file is a map from rule to check"));
        }
        if (!mistakes.isEmpty()) {
            throw new PolicyMistakes(mistakes);
        }
        return new PolicyFile(name, rules);
    }

    private static Node compose(String name, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setNestingDepthLimit(10);
        options.setMaxAliasesForCollections(0);
        try {
            return new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw new PolicyMistakes(List.of(new Mistake(name, line, "", 0, "not YAML: " + e.getProblem())));
        } catch (YAMLException e) {
            throw new PolicyMistakes(List.of(new Mistake(name, 0, "", 0, "not YAML: " + e.getMessage())));
        }
    }

    private static void read(String file, NodeTuple tuple, Map<String, Entry> rules, List<Mistake> mistakes) {
        int line = line(tuple.getKeyNode());
        if (!(tuple.getKeyNode() instanceof ScalarNode key) || key.getValue().isBlank()) {
            mistakes.add(new Mistake(file, line, "", 0, "a rule's name is plain text"));
            return;
        }
        String rule = key.getValue();
        Object check = check(tuple.getValueNode());
        if (check == null) {
            mistakes.add(new Mistake(
                    file, line, rule, 0, "has no check; write text in quotes, \"@\" for everybody, \"!\" for nobody"));
        } else if (rules.putIfAbsent(rule, new Entry(check, line)) != null) {
            mistakes.add(new Mistake(file, line, rule, 0, "is written twice, first in line " + rules.get(rule).line));
        }
    }

    /** Text or a list of texts and lists; null for everything else. */
    private static Object check(Node node) {
        if (node instanceof ScalarNode scalar) {
            boolean quoted = scalar.getScalarStyle() != ScalarStyle.PLAIN;
            return quoted || !scalar.getValue().isEmpty() ? scalar.getValue() : null;
        }
        if (node instanceof SequenceNode sequence) {
            List<Object> list = new ArrayList<>();
            for (Node element : sequence.getValue()) {
                Object check = check(element);
                if (check == null) {
                    return null;
                }
                list.add(check);
            }
            return List.copyOf(list);
        }
        return null;
    }

    private static int line(Node node) {
        return node.getStartMark() == null ? 0 : node.getStartMark().getLine() + 1;
    }
}
