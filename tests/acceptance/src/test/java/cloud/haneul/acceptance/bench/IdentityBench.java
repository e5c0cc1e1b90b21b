package cloud.haneul.acceptance.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Logins, token checks and lists of identity, beside the trivial endpoint and, when it was run before, beside its figures
 * of then: first on a database in which there is little more than a page of everything, then on the same with a crowd of
 * 100,000 users in it ({@code bench/crowd.sql}), so that both have pages of {@value #PAGE} rows. Who logs in is a user with
 * a project or two at first, and one of the crowd with a dozen later.
 */
final class IdentityBench {
    private static final int PAGE = 100;
    private static final String V3 = "/identity/v3";
    private static final String PASSWORD = "bench-password-1";

    private final BenchCloud cloud;
    private final Path file;
    private final Properties before = new Properties();
    private final Properties now = new Properties();
    private double trivial;

    /** @param file keeps the figures, in milliseconds, for the next run */
    IdentityBench(BenchCloud cloud, Path file) {
        this.cloud = cloud;
        this.file = file;
    }

    void measure() {
        cloud.logIn();
        boolean crowd = Files.exists(file);
        if (crowd) {
            read();
        } else {
            someOfEverything();
        }
        String user = crowd ? "user-1000" : "bench-user";
        warmUp(user);
        logins(user);
        lists(crowd ? "user-55555" : "bench-005", crowd ? "project-5555" : "bench-005");
        if (crowd) {
            deletion("domain-9");
        }
        write();
    }

    /** Of one of the crowd's ten domains, each with 5,000 users, 500 projects and their part of the assignments. */
    private void deletion(String name) {
        String path = V3 + "/domains/" + idOf("domains", name);
        cloud.patch(path, "{\"domain\": {\"enabled\": false}}");
        Stopwatch.line(
                "deleting a domain with 5,000 users and 500 projects",
                "%.0f ms".formatted(Stopwatch.median(1, () -> cloud.delete(path))));
    }

    /** A little more than a page. */
    private void someOfEverything() {
        String member = idOf("roles", "member");
        String user = made("user", "\"name\": \"bench-user\", \"password\": \"" + PASSWORD + "\"");
        for (int i = 0; i < PAGE + 10; i++) {
            String name = "\"name\": \"bench-%03d\"".formatted(i);
            String project = made("project", name);
            made("group", name);
            String other = made("user", name);
            grant(project, other, member);
            if (i < 2) {
                grant(project, user, member);
            }
        }
    }

    private void grant(String project, String user, String role) {
        cloud.put(V3 + "/projects/" + project + "/users/" + user + "/roles/" + role, "");
    }

    private String made(String kind, String fields) {
        return cloud.post(V3 + "/" + kind + "s", "{\"" + kind + "\": {" + fields + "}}")
                .at("/" + kind + "/id")
                .asText();
    }

    private String idOf(String kind, String name) {
        return cloud.get(V3 + "/" + kind + "?name=" + name)
                .at("/" + kind + "/0/id")
                .asText();
    }

    /** The server's code is compiled while it is used; nothing is to be the first that is measured. */
    private void warmUp(String user) {
        Stopwatch.run(4, 4000, () -> cloud.bytes("/health/live"));
        Stopwatch.run(4, 2000, cloud::checkToken);
        Stopwatch.run(4, 1000, () -> cloud.bytes(V3 + "/users?limit=" + PAGE));
        Stopwatch.run(1, 5, () -> cloud.issueToken(user, PASSWORD, "\"unscoped\""));
    }

    private void logins(String user) {
        trivial = Stopwatch.rate("trivial endpoint", 1, 1000, () -> cloud.bytes("/health/live"));
        String unscoped = BenchCloud.tokenOf(cloud.issueToken(user, PASSWORD, "\"unscoped\""));
        List<String> scopes = new ArrayList<>();
        for (JsonNode project : cloud.get(V3 + "/auth/projects", unscoped).path("projects")) {
            scopes.add("{\"project\": {\"id\": \"" + project.path("id").asText() + "\"}}");
        }
        if (scopes.size() < 2) {
            throw new IllegalStateException(user + " has " + scopes.size() + " projects");
        }
        String scoped = BenchCloud.tokenOf(cloud.issueToken(user, PASSWORD, scopes.get(0)));
        row("password login to a project", 20, () -> cloud.issueToken(user, PASSWORD, scopes.get(0)));
        row("token check", 1000, () -> cloud.checkToken(scoped));
        row("rescope", 400, () -> cloud.rescope(scoped, scopes.get(1)));
        row("projects of one's own", 400, () -> cloud.get(V3 + "/auth/projects", scoped));
    }

    private void lists(String someUser, String someProject) {
        String user = idOf("users", someUser);
        String project = idOf("projects", someProject);
        String role = idOf("roles", "member");
        list("users", "users?");
        list("users, from the middle", "users?marker=" + (before.isEmpty() ? idOf("users", "bench-000") : user));
        list("users of a domain", "users?domain_id=default");
        list("projects", "projects?");
        list("groups", "groups?");
        list("assignments", "role_assignments?");
        list("assignments with names", "role_assignments?include_names");
        list("assignments of a role", "role_assignments?role.id=" + role);
        list("effective assignments", "role_assignments?effective");
        list("effective assignments of a role", "role_assignments?effective&role.id=" + role);
        some("a user by his name", "users?name=" + someUser);
        some("a project by its name", "projects?name=" + someProject);
        some("assignments of a user", "role_assignments?user.id=" + user);
        some("effective assignments of a user", "role_assignments?effective&user.id=" + user);
        some("effective assignments in a project", "role_assignments?effective&scope.project.id=" + project);
    }

    /** A full page. */
    private void list(String what, String query) {
        String path = V3 + "/" + query + "&limit=" + PAGE;
        JsonNode answer = cloud.get(path);
        int rows = answer.elements().next().size();
        if (rows != PAGE) {
            throw new IllegalStateException(path + ": " + rows + " rows");
        }
        row(what + ", a page of " + PAGE, 200, () -> cloud.bytes(path));
    }

    /** As many as there are. */
    private void some(String what, String query) {
        String path = V3 + "/" + query;
        int rows = cloud.get(path).elements().next().size();
        row(what, 200, () -> cloud.bytes(path), " (" + rows + " rows)");
    }

    private void row(String what, int times, Runnable work) {
        row(what, times, work, "");
    }

    private void row(String what, int times, Runnable work, String remark) {
        Stopwatch.run(1, times / 4, work);
        double median = Stopwatch.median(times, work);
        now.setProperty(what, Double.toString(median));
        String was = before.getProperty(what);
        Stopwatch.line(
                what + remark,
                "median %.1f ms: %.1f times the trivial one".formatted(median, median / trivial)
                        + (was == null
                                ? ""
                                : ", %.2f times its %.1f ms on the empty database"
                                        .formatted(median / Double.parseDouble(was), Double.parseDouble(was))));
    }

    private void read() {
        try (Reader in = Files.newBufferedReader(file)) {
            before.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write() {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            now.store(out, "milliseconds");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
