package cloud.haneul.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cloud.haneul.identity.rest.ApiClient.Answer;
import cloud.haneul.kernel.reconcile.Reconciler;
import cloud.haneul.kernel.testing.TestCloud;
import cloud.haneul.kernel.testing.With;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A domain whose users and groups are kept by an OpenLDAP server. */
@ExtendWith(TestCloud.class)
@With("haneul.identity.password-hash-memory=1024")
@With("haneul.identity.ldap-connect-timeout=PT1S")
@With("haneul.identity.ldap-timeout=PT1S")
@With("haneul.identity.login-failures=100")
class LdapDomainTest {
    private final ApiClient api;
    private final Reconciler reconciler;
    private Slapd slapd;
    private String domain;
    private String ann;
    private String bob;

    LdapDomainTest(TestCloud cloud) {
        api = ApiClient.admin(cloud);
        reconciler =
                cloud.get(BeanManager.class).createInstance().select(Reconciler.class, Any.Literal.INSTANCE).stream()
                        .filter(one -> one.name().equals("directories"))
                        .findFirst()
                        .orElseThrow();
    }

    @BeforeEach
    void directory() {
        assumeTrue(Slapd.isInstalled(), "slapd is not installed");
        slapd = new Slapd();
        ann = slapd.person("ann", "employeeType: TRUE", "employeeNumber: 512", "title: Dr");
        bob = slapd.person("bob", "employeeType: FALSE", "employeeNumber: 514");
        slapd.team("makers", ann, bob);
        domain = api.made("/domains", "{\"domain\":{\"name\":\"d" + System.nanoTime() + "\"}}");
        configure("");
    }

    @AfterEach
    void close() {
        api.close();
        if (slapd != null) {
            slapd.close();
        }
    }

    private void configure(String more) {
        Answer answer = api.put("/domains/" + domain + "/config", """
                {"config":{"identity":{"driver":"ldap"},"ldap":{
                  "url":"%s","user":"%s","password":"%s",
                  "user_tree_dn":"ou=people,%s","group_tree_dn":"ou=teams,%s",
                  "user_id_attribute":"uid","user_name_attribute":"uid","page_size":2%s}}}""".formatted(
                        slapd.url(), Slapd.ADMIN, Slapd.PASSWORD, Slapd.SUFFIX, Slapd.SUFFIX, more));
        assertThat(answer.status()).isIn(200, 201);
    }

    private JsonNode users(String query) {
        return api.get("/users?domain_id=" + domain + query).is(200).json().path("users");
    }

    private String userId(String name) {
        return users("&name=" + name).path(0).path("id").asText();
    }

    private int login(String name, String password) {
        return api.login(name, domain, password, "").status();
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void itsUsersAreReadAndKeepTheirIds() throws Exception {
        configure(",\"user_additional_attribute_mapping\":[\"title:title\"]");
        JsonNode all = users("");
        assertThat(all.findValuesAsText("name")).containsExactly("ann", "bob");
        JsonNode one = api.get("/users/" + userId("ann")).is(200).json().path("user");
        assertThat(one.path("id").asText()).isEqualTo(sha256(domain + "user" + "ann"));
        assertThat(one.path("email").asText()).isEqualTo("ann@cloud.test");
        assertThat(one.path("title").asText()).isEqualTo("Dr");
        assertThat(one.path("domain_id").asText()).isEqualTo(domain);
        slapd.modify("dn: " + ann, "changetype: modify", "replace: mail", "mail: new@cloud.test");
        assertThat(api.get("/users/" + one.path("id").asText()).at("/user/email"))
                .isEqualTo("new@cloud.test");
        assertThat(users("&name=nobody")).isEmpty();
        assertThat(users("&name=*")).isEmpty();
        assertThat(users("&name=ann)(uid=*")).isEmpty();
        assertThat(users("&name__contains=n").findValuesAsText("name")).containsExactly("ann");
        // he is gone there, so he is gone here
        String id = userId("bob");
        slapd.delete(bob);
        api.get("/users/" + id).is(404);
        assertThat(users("").findValuesAsText("name")).containsExactly("ann");
    }

    @Test
    void longListsComeInPages() {
        for (int i = 0; i < 7; i++) {
            slapd.person("user" + i);
        }
        List<String> names = new ArrayList<>();
        String marker = "";
        JsonNode page = users("&limit=4");
        while (!page.isEmpty()) {
            names.addAll(page.findValuesAsText("name"));
            marker = page.get(page.size() - 1).path("id").asText();
            page = users("&limit=4&marker=" + marker);
        }
        assertThat(names).hasSize(9).isSorted();
        api.get("/users?domain_id=" + domain + "&marker=nope").is(400);
    }

    @Test
    void theirPasswordIsCheckedThereAndRolesAreGivenHere() {
        assertThat(login("ann", "ann-pw")).isEqualTo(201);
        assertThat(login("ann", "bob-pw")).isEqualTo(401);
        assertThat(login("ann", "")).isEqualTo(401);
        assertThat(login("nobody", "ann-pw")).isEqualTo(401);
        assertThat(login("*", "ann-pw")).isEqualTo(401);
        assertThat(login("ann)(uid=ann", "ann-pw")).isEqualTo(401);
        String project = api.made("/projects", "{\"project\":{\"name\":\"p" + System.nanoTime() + "\"}}");
        String scope = "{\"project\":{\"id\":\"" + project + "\"}}";
        api.login("ann", domain, "ann-pw", scope).is(401);
        api.put("/projects/" + project + "/users/" + userId("ann") + "/roles/" + api.role("reader"))
                .is(204);
        Answer token = api.login("ann", domain, "ann-pw", scope).is(201);
        assertThat(token.json().at("/token/roles").findValuesAsText("name")).containsExactly("reader");
        assertThat(token.at("/token/user/domain/id")).isEqualTo(domain);
        JsonNode named = api.get("/role_assignments?include_names&scope.project.id=" + project)
                .json()
                .at("/role_assignments/0/user");
        assertThat(named.path("name").asText()).isEqualTo("ann");
    }

    @Test
    void theirGroupsGiveThemRoles() {
        String group =
                api.get("/groups?domain_id=" + domain).json().at("/groups/0/id").asText();
        assertThat(api.get("/groups/" + group).is(200).at("/group/name")).isEqualTo("makers");
        String project = api.made("/projects", "{\"project\":{\"name\":\"p" + System.nanoTime() + "\"}}");
        String scope = "{\"project\":{\"id\":\"" + project + "\"}}";
        api.put("/projects/" + project + "/groups/" + group + "/roles/" + api.role("member"))
                .is(204);
        String token = api.login("ann", domain, "ann-pw", scope).is(201).header("X-Subject-Token");
        assertThat(api.get("/groups/" + group + "/users").json().path("users").findValuesAsText("name"))
                .containsExactly("ann", "bob");
        String id = userId("ann");
        assertThat(api.get("/users/" + id + "/groups").json().path("groups").findValuesAsText("name"))
                .containsExactly("makers");
        api.get("/groups/" + group + "/users/" + id).is(204);
        api.with(token).get("/auth/catalog").is(200);
        // out of the group there, out of the role here: at the next login, and for tokens at the next refresh
        slapd.modify(
                "dn: cn=makers,ou=teams," + Slapd.SUFFIX, "changetype: modify", "delete: member", "member: " + ann);
        reconciler.reconcile();
        api.with(token).get("/auth/catalog").is(401);
        api.login("ann", domain, "ann-pw", scope).is(401);
        api.get("/groups/" + group + "/users/" + id).is(404);
    }

    @Test
    void whoIsDisabledOrRemovedThereIsOutHereSoon() {
        configure(",\"user_enabled_attribute\":\"employeeType\"");
        slapd.modify("dn: " + bob, "changetype: modify", "replace: employeeType", "employeeType: TRUE");
        String anns = api.login("ann", domain, "ann-pw", "").is(201).header("X-Subject-Token");
        String bobs = api.login("bob", domain, "bob-pw", "").is(201).header("X-Subject-Token");
        slapd.modify("dn: " + ann, "changetype: modify", "replace: employeeType", "employeeType: FALSE");
        slapd.delete(bob);
        reconciler.reconcile();
        api.with(anns).get("/auth/catalog").is(401);
        api.with(bobs).get("/auth/catalog").is(401);
        assertThat(login("ann", "ann-pw")).isEqualTo(401);
    }

    @Test
    void falseIsNotTrueHoweverItIsWritten() {
        configure(",\"user_enabled_attribute\":\"employeeType\"");
        assertThat(login("ann", "ann-pw")).isEqualTo(201);
        assertThat(login("bob", "bob-pw")).isEqualTo(401);
        for (String no : List.of("false", "False", "no", "0", "off", "disabled", "nein")) {
            slapd.modify("dn: " + ann, "changetype: modify", "replace: employeeType", "employeeType: " + no);
            assertThat(login("ann", "ann-pw")).as(no).isEqualTo(401);
            assertThat(users("&name=ann").path(0).path("enabled").asBoolean(true))
                    .isFalse();
        }
        configure(",\"user_enabled_attribute\":\"employeeType\",\"user_enabled_invert\":true");
        assertThat(login("bob", "bob-pw")).isEqualTo(201);
        slapd.modify("dn: " + bob, "changetype: modify", "replace: employeeType", "employeeType: TRUE");
        assertThat(login("bob", "bob-pw")).isEqualTo(401);
        configure(",\"user_enabled_attribute\":\"employeeNumber\",\"user_enabled_mask\":2,"
                + "\"user_enabled_default\":\"512\"");
        assertThat(login("ann", "ann-pw")).isEqualTo(201);
        assertThat(login("bob", "bob-pw")).isEqualTo(401);
        configure(",\"user_enabled_emulation\":true,\"user_enabled_emulation_dn\":\"cn=staff,ou=teams," + Slapd.SUFFIX
                + "\"");
        slapd.team("staff", bob);
        assertThat(login("ann", "ann-pw")).isEqualTo(401);
        assertThat(login("bob", "bob-pw")).isEqualTo(201);
        assertThat(users("&enabled=true").findValuesAsText("name")).containsExactly("bob");
    }

    @Test
    void aFilterLetsOnlyThoseInWhomItTakes() {
        configure(",\"user_filter\":\"(title=Dr)\"");
        assertThat(users("").findValuesAsText("name")).containsExactly("ann");
        assertThat(login("ann", "ann-pw")).isEqualTo(201);
        assertThat(login("bob", "bob-pw")).isEqualTo(401);
    }

    @Test
    void nothingIsWrittenThere() {
        String id = userId("ann");
        String group =
                api.get("/groups?domain_id=" + domain).json().at("/groups/0/id").asText();
        List<Answer> refusals = List.of(
                api.post("/users", "{\"user\":{\"name\":\"x\",\"domain_id\":\"" + domain + "\"}}"),
                api.patch("/users/" + id, "{\"user\":{\"password\":\"x\"}}"),
                api.delete("/users/" + id),
                api.post(
                        "/users/" + id + "/password",
                        "{\"user\":{\"password\":\"x\",\"original_password\":\"ann-pw\"}}"),
                api.post("/groups", "{\"group\":{\"name\":\"x\",\"domain_id\":\"" + domain + "\"}}"),
                api.patch("/groups/" + group, "{\"group\":{\"name\":\"x\"}}"),
                api.delete("/groups/" + group),
                api.put("/groups/" + group + "/users/" + id),
                api.delete("/groups/" + group + "/users/" + id));
        assertThat(refusals).extracting(Answer::status).containsOnly(403);
        assertThat(refusals.get(0).at("/error/message")).isEqualTo("LDAP does not support write operations");
        String mine = api.made("/groups", "{\"group\":{\"name\":\"g" + System.nanoTime() + "\"}}");
        api.put("/groups/" + mine + "/users/" + id).is(403);
    }

    @Test
    void aServerThatIsFrozenHoldsNobodyElseUp() throws Exception {
        assertThat(login("ann", "ann-pw")).isEqualTo(201);
        String token = api.login("ann", domain, "ann-pw", "").header("X-Subject-Token");
        String local = api.made("/users", "{\"user\":{\"name\":\"l" + System.nanoTime() + "\",\"password\":\"pw\"}}");
        String name = api.get("/users/" + local).at("/user/name");
        slapd.freeze();
        try {
            ExecutorService threads = Executors.newFixedThreadPool(12);
            long start = System.nanoTime();
            List<CompletableFuture<Integer>> stuck = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                stuck.add(CompletableFuture.supplyAsync(() -> login("ann", "ann-pw"), threads));
            }
            for (CompletableFuture<Integer> one : stuck) {
                assertThat(one.get()).isEqualTo(503);
            }
            threads.shutdown();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
            // everybody else is let in, and so is his token
            start = System.nanoTime();
            api.login(name, "default", "pw", "").is(201);
            api.with(token).get("/auth/catalog").is(200);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            Answer list = api.get("/users?domain_id=" + domain).is(503);
            assertThat(list.at("/error/message")).contains("directory").doesNotContain("127.0.0.1");
            reconciler.reconcile();
            api.with(token).get("/auth/catalog").is(200);
        } finally {
            slapd.thaw();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> login("ann", "ann-pw") == 201);
    }

    @Test
    void aServerThatDiedIsAskedAgainWhenItIsBack() {
        assertThat(login("ann", "ann-pw")).isEqualTo(201);
        slapd.kill();
        assertThat(login("ann", "ann-pw")).isEqualTo(503);
        slapd.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> login("ann", "ann-pw") == 201);
    }

    @Test
    void aDomainWithADirectoryIsDeletedWithAllItsCopies() {
        userId("ann");
        slapd.kill();
        api.patch("/domains/" + domain, "{\"domain\":{\"enabled\":false}}").is(200);
        api.delete("/domains/" + domain).is(204);
    }
}
