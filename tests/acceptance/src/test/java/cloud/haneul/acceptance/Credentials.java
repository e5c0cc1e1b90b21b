package cloud.haneul.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.Yaml;

/**
 * Who one is to a cloud, as the variables that every OpenStack tool reads.
 *
 * @param variables without their {@code OS_}, in lower case
 */
record Credentials(Map<String, String> variables) {
    /** The entry of a {@code clouds.yaml} with the name, or of the user. */
    static Credentials read(Path cloudsYaml, String user) {
        Map<String, Map<String, Map<String, Object>>> file;
        try {
            file = new Yaml().load(Files.readString(cloudsYaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Map.Entry<String, Map<String, Object>> cloud : file.get("clouds").entrySet()) {
            Map<String, String> variables = new TreeMap<>();
            collect(cloud.getValue(), variables);
            if (cloud.getKey().equals(user) || user.equals(variables.get("username"))) {
                return new Credentials(variables);
            }
        }
        throw new AssertionError(cloudsYaml + " knows no " + user);
    }

    private static void collect(Map<?, ?> from, Map<String, String> variables) {
        from.forEach((name, value) -> {
            if (value instanceof Map<?, ?> nested) {
                collect(nested, variables);
            } else {
                variables.put(name.toString(), String.valueOf(value));
            }
        });
    }

    Credentials inProject(String user, String password, String project) {
        Map<String, String> other = new TreeMap<>(variables);
        other.keySet()
                .removeIf(name -> name.startsWith("project") || name.startsWith("user") || name.equals("system_scope"));
        other.put("username", user);
        other.put("password", password);
        other.put("user_domain_name", "Default");
        other.put("project_name", project);
        other.put("project_domain_name", "Default");
        return new Credentials(other);
    }

    String get(String name) {
        return variables.getOrDefault(name, "");
    }
}
