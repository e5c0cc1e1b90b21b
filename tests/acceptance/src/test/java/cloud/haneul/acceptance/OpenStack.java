package cloud.haneul.acceptance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The {@code openstack} command as it is installed: {@code openstack.json("server", "show", "first").path("status")}. */
final class OpenStack {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Map<String, String> environment = new TreeMap<>();

    OpenStack(Credentials credentials) {
        credentials.variables().forEach((name, value) -> environment.put("OS_" + name.toUpperCase(Locale.ROOT), value));
        environment.put("OS_INTERFACE", "public");
        environment.put("OS_IDENTITY_API_VERSION", "3");
        environment.put("PYTHONWARNINGS", "ignore");
    }

    static Optional<String> missing() {
        try {
            return Shell.run("openstack", "--version").worked()
                    ? Optional.empty()
                    : Optional.of("openstack does not run");
        } catch (IllegalStateException e) {
            return Optional.of("the openstack command is not installed (apt-get install python3-openstackclient)");
        }
    }

    Shell run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("openstack"));
        command.addAll(List.of(arguments));
        return Shell.run(environment, command);
    }

    /** A script that reads the same settings as the command does. */
    Shell python(String python, String script) {
        return Shell.run(environment, List.of(python, script));
    }

    /** For many commands, which together cost little more than one. */
    OpenStackShell shell() {
        return new OpenStackShell(environment);
    }

    /** Says nothing when it goes well. */
    void must(String... arguments) {
        run(arguments).orFail();
    }

    String text(String... arguments) {
        return run(arguments).orFail().out();
    }

    JsonNode json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-f", "json"));
        String text = text(all.toArray(String[]::new));
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(String.join(" ", arguments) + ": no JSON: " + text, e);
        }
    }
}
