package cloud.haneul.kernel.access;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every rule of every service's policy file for every role, in what is one's own and in what is not, as a table that people
 * can read and that shows in a review what a changed line really changes. Run with {@code -Dgolden.update=true} to write it.
 */
class AccessMatrixTest {
    private static final Path MATRIX = Path.of("src/test/resources/access-matrix.txt");

    /** With the roles that each implies, as a token has them. */
    private static final Map<Character, String[]> ROLES = new LinkedHashMap<>();

    static {
        ROLES.put('n', new String[] {});
        ROLES.put('r', new String[] {"reader"});
        ROLES.put('m', new String[] {"member", "reader"});
        ROLES.put('g', new String[] {"manager", "member", "reader"});
        ROLES.put('a', new String[] {"admin", "manager", "member", "reader"});
        ROLES.put('s', new String[] {"service"});
    }

    private record Column(String name, Function<String[], Caller> caller, Map<String, ?> target) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("own", Callers::inProject, target("p1", "u1", "d1")),
            new Column("foreign", Callers::inProject, target("p2", "u2", "d2")),
            new Column("system", Callers::inSystem, target("p2", "u2", "d2")),
            new Column("domain", Callers::inDomain, target("p2", "u2", "d1")),
            new Column("fordom", Callers::inDomain, target("p2", "u2", "d2")));

    private static final String LEGEND = """
            Who may do what by default. A letter is a role that may, a dot one that may not:
            n no role, r reader, m member, g manager, a admin (each with the roles it implies), s service.
            own      token of the project, user and domain the target belongs to
            foreign  token of another project; the target is another project's, user's and domain's, and not shared
            system   token of the system
            domain   token of the domain the target's project, user or group is in
            fordom   token of another domain
            """;

    @Test
    void everyRuleIsWhatTheMatrixSays() throws IOException {
        String matrix = matrix(book());
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(MATRIX, matrix);
        }
        assertThat(matrix).isEqualTo(Files.readString(MATRIX));
    }

    @Test
    void nobodyWithoutARoleMayChangeAnything() throws IOException {
        List<String> mayWithoutRole = book().rules().stream()
                .filter(rule -> COLUMNS.stream().anyMatch(column -> may(rule, column, 'n')))
                .map(Rule::name)
                .filter(name -> name.matches(
                        ".*(create|update|delete|add|remove|set|upload|modify)_.*|.*:(create|update|delete)"))
                .toList();
        // What everybody may do with what is his own as a user; tasks are shut by tasks_api_access, a device owner by
        // create_port.
        assertThat(mayWithoutRole)
                .allMatch(name -> name.matches(
                        "identity:(create|update|delete)_(application_credential|credential|trust|access_rule)"
                                + "|os_compute_api:os-keypairs:(create|delete)|(add|modify)_task|(create|update)_port:device_owner"
                                + "|(create|update)_rbac_policy:target_tenant"));
    }

    @Test
    void onlyTheAdminChangesWhatIsForeign() throws IOException {
        Column foreign = COLUMNS.get(1);
        List<String> others = book().rules().stream()
                .filter(rule -> may(rule, foreign, 'g'))
                .map(Rule::name)
                .filter(name -> name.matches(
                        ".*(create|update|delete|add|remove|set|upload|modify)_.*|.*:(create|update|delete)"))
                .toList();
        assertThat(others)
                .allMatch(name -> name.matches("(add|modify)_task|(create|update)_port:device_owner"
                        + "|(create|update)_rbac_policy:target_tenant"));
    }

    @Test
    void theExampleInTheOperatorsGuideIsAccepted() throws IOException {
        String guide = Files.readString(Path.of("../../docs/operator/policy.md"));
        String example =
                guide.substring(guide.indexOf("```yaml") + 7, guide.indexOf("```", guide.indexOf("```yaml") + 7));
        Rule reboot = PolicyBook.of(files(), Optional.of(PolicyFile.read("policy.yaml", example)))
                .rule("os_compute_api:servers:reboot");
        assertThat(may(reboot, COLUMNS.get(1), 'm')).isFalse();
        assertThat(reboot.test(Callers.inProject("helpdesk"), COLUMNS.get(1).target()))
                .isTrue();
    }

    private static PolicyBook book() throws IOException {
        return PolicyBook.of(files(), Optional.empty());
    }

    private static Map<String, PolicyFile> files() throws IOException {
        Map<String, PolicyFile> files = new LinkedHashMap<>();
        try (Stream<Path> services = Files.list(Path.of(".."))) {
            for (Path service : services.sorted().toList()) {
                Path folder = service.resolve("src/main/resources/policy");
                if (Files.isDirectory(folder)) {
                    read(folder, files);
                }
            }
        }
        assertThat(files).containsKeys("haneul", "identity", "image", "placement", "network", "compute");
        return files;
    }

    private static void read(Path folder, Map<String, PolicyFile> files) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            for (Path file : found.sorted().toList()) {
                String name = file.getFileName().toString();
                files.put(name.replace(".yaml", ""), PolicyFile.read(name, Files.readString(file)));
            }
        }
    }

    private static String matrix(PolicyBook book) {
        StringBuilder text = new StringBuilder(LEGEND);
        String service = "";
        for (Rule rule : book.rules()) {
            if (!rule.service().equals(service)) {
                service = rule.service();
                text.append(String.format("%n%-60s", service));
                COLUMNS.forEach(column -> text.append(String.format(" %-8s", column.name())));
                trim(text);
            }
            text.append(String.format("%-60s", rule.name()));
            for (Column column : COLUMNS) {
                StringBuilder cell = new StringBuilder();
                ROLES.keySet().forEach(role -> cell.append(may(rule, column, role) ? role : Character.valueOf('.')));
                text.append(String.format(" %-8s", cell));
            }
            trim(text);
        }
        return text.toString();
    }

    private static void trim(StringBuilder text) {
        while (text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
        text.append('\n');
    }

    private static boolean may(Rule rule, Column column, char role) {
        return rule.test(column.caller().apply(ROLES.get(role)), column.target());
    }

    /** Something that says of itself all that any rule asks for. */
    private static Map<String, ?> target(String project, String user, String domain) {
        Map<String, Object> target = new HashMap<>();
        for (String name : List.of(
                "project_id",
                "tenant_id",
                "owner",
                "network:tenant_id",
                "ext_parent:tenant_id",
                "security_group:tenant_id",
                "target.project.id",
                "target.limit.project_id")) {
            target.put(name, project);
        }
        target.put("member_id", project);
        for (String name : List.of(
                "user_id",
                "target.user.id",
                "target.token.user_id",
                "target.credential.user_id",
                "target.trust.trustor_user_id",
                "target.trust.trustee_user_id")) {
            target.put(name, user);
        }
        for (String name : List.of(
                "target.user.domain_id",
                "target.group.domain_id",
                "target.project.domain_id",
                "target.domain.id",
                "target.domain_id",
                "target.limit.domain.id",
                "target.limit.project.domain_id")) {
            target.put(name, domain);
        }
        target.put("target.role.domain_id", Optional.empty());
        target.put("target.role.name", "member");
        target.put("visibility", "private");
        target.put("shared", false);
        target.put("router:external", false);
        target.put("device_owner", "");
        target.put("target_tenant", "p9");
        target.put("target_project", "p9");
        return target;
    }
}
