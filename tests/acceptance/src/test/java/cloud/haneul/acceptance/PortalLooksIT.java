package cloud.haneul.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.acceptance.Browser.Look;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every page there is, in the looks people choose, with something in it of every kind, all of whose names are meant to break
 * out of the page.
 */
class PortalLooksIT {
    @RegisterExtension
    static final SharedCloud CLOUD = SharedCloud.simulated();

    private static final String EVIL = "<script>alert('x')</script><img src=x onerror=alert(1)>\"'{{7*7}}#{7*7}";

    /** By language, page and dialog. */
    private static final Map<String, Map<String, Set<String>>> TEXTS_SEEN = new HashMap<>();

    /** Pages about one thing each, to which lists lead. */
    private static final List<String> DETAILS = new ArrayList<>();

    /** What is not to be translated: what a first cloud is made of, and the words of the trade. */
    private static final Pattern NO_WORDS = Pattern.compile("(?i)"
            + String.join(
                    "|",
                    List.of(
                            "haneul.*|english|development|bad-input-.*",
                            "admin|demo|default|guest|public|private|router|nova|good|admin (\\(admin\\)|· (admin|demo))",
                            "(public|private)-subnet|public · .*|m1\\.\\w+|sim-.*|simulator.*|ovn.*|libvirt.*",
                            "the administrator's project|a project to begin with|the default domain|default security group",
                            "auto generated federated domain for identity provider: [\\w-]+",
                            "[0-9a-f. :/-]+|.*[0-9] ?%|[0-9.]+ [kmgt]?i?b|(req|controller)-[0-9a-f-]+",
                            "[0-9-]{10} [0-9:]{8} utc|mine|(raw|qcow2) · [0-9]+ ([kmg]i)?b",
                            "id|mac|mtu|dhcp|snat|uri|vcpus?|qcow2|raw|iso|vmdk|vdi|vhd|ssh|ipv[46]",
                            "(ssh|http|https|rdp|dns|icmp)( \\((tcp|udp) [0-9]+\\))?|tcp|udp",
                            "mozilla/.*|evil|openid( connect: ?)?|https?://[^ ]*|urn:[^ ]*( = email)?|chrome [0-9]+ · linux|127\\.0\\.0\\.1",
                            "member|manager|reader|service|ctrl\\+alt\\+del|ssh-ed25519 aaaa\\.\\.\\.|#cloud-config")));

    private static final String TEXTS = "(() => { const all = new Set();const walk ="
            + " document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);while (walk.nextNode()) { const at ="
            + " walk.currentNode.parentElement; if (!at.closest('script, style, textarea, pre, .xterm, .ui-growl,"
            + " [translate=no]')) all.add(walk.currentNode.textContent.trim()); }for (const at of"
            + " document.querySelectorAll('[aria-label], [title], [placeholder]')) for (const name of ['aria-label',"
            + " 'title', 'placeholder']) if (at.hasAttribute(name)) all.add(at.getAttribute(name).trim());return"
            + " [...all].filter(text => /[A-Za-z]{3}/.test(text)); })()";

    private static String server = "";

    @BeforeAll
    static void somethingOfEveryKind() {
        Browser.missing().ifPresent(Assumptions::abort);
        if (!server.isEmpty()) {
            return;
        }
        // the administrator's own project, whose pages show all panels
        Rest admin = CLOUD.cloud().as("admin");
        admin.post(
                "/identity/v3/projects", Map.of("project", Map.of("name", EVIL.substring(0, 60), "description", EVIL)));
        admin.post(
                "/identity/v3/users", Map.of("user", Map.of("name", EVIL, "password", "secret", "description", EVIL)));
        String role = admin.post("/identity/v3/roles", Map.of("role", Map.of("name", EVIL, "description", EVIL)))
                .ok()
                .at("/role/id")
                .asText();
        String people = admin.post("/identity/v3/groups", Map.of("group", Map.of("name", EVIL, "description", EVIL)))
                .ok()
                .at("/group/id")
                .asText();
        admin.put("/identity/v3/groups/" + people + "/users/" + admin.user(), Map.of())
                .ok();
        admin.put("/identity/v3/projects/" + admin.project() + "/groups/" + people + "/roles/" + role, Map.of())
                .ok();
        String implied = admin.get("/identity/v3/roles?name=reader")
                .ok()
                .at("/roles/0/id")
                .asText();
        admin.put("/identity/v3/roles/" + role + "/implies/" + implied, Map.of())
                .ok();
        admin.post("/compute/v2.1/flavors", Map.of("flavor", Map.of("name", EVIL, "ram", 64, "vcpus", 1, "disk", 1)));
        admin.post("/compute/v2.1/os-keypairs", Map.of("keypair", Map.of("name", EVIL)));
        admin.post("/compute/v2.1/os-keypairs", Map.of("keypair", Map.of("name", "good")));
        admin.post("/image/v2/images", Map.of("name", EVIL, "disk_format", "raw", "container_format", "bare"));
        String network = admin.post(
                        "/network/v2.0/networks", Map.of("network", Map.of("name", EVIL, "description", EVIL)))
                .ok()
                .at("/network/id")
                .asText();
        admin.post(
                        "/network/v2.0/subnets",
                        Map.of(
                                "subnet",
                                Map.of("name", EVIL, "network_id", network, "ip_version", 4, "cidr", "10.40.0.0/24")))
                .ok();
        admin.post("/network/v2.0/ports", Map.of("port", Map.of("name", EVIL, "network_id", network)))
                .ok();
        String router = admin.post("/network/v2.0/routers", Map.of("router", Map.of("name", EVIL)))
                .ok()
                .at("/router/id")
                .asText();
        String group = admin.post(
                        "/network/v2.0/security-groups",
                        Map.of("security_group", Map.of("name", EVIL, "description", EVIL)))
                .ok()
                .at("/security_group/id")
                .asText();
        String pool = admin.get("/network/v2.0/networks?router:external=true")
                .ok()
                .at("/networks/0/id")
                .asText();
        admin.post("/network/v2.0/floatingips", Map.of("floatingip", Map.of("floating_network_id", pool)))
                .ok();
        String image =
                admin.get("/image/v2/images?name=guest").ok().at("/images/0/id").asText();
        String flavor =
                admin.get("/compute/v2.1/flavors").ok().at("/flavors/0/id").asText();
        server = admin.post(
                        "/compute/v2.1/servers",
                        Map.of(
                                "server",
                                Map.of(
                                        "name", EVIL,
                                        "description", EVIL,
                                        "imageRef", image,
                                        "flavorRef", flavor,
                                        "metadata", Map.of("evil", EVIL),
                                        "networks", List.of(Map.of("uuid", network)))))
                .ok()
                .at("/server/id")
                .asText();
        String operation =
                admin.get("/haneul/v1/operations").ok().findValue("id").asText();
        admin.put(
                        "/identity/v3/OS-FEDERATION/mappings/evil",
                        Map.of(
                                "mapping",
                                Map.of(
                                        "rules",
                                        List.of(Map.of(
                                                "remote", List.of(Map.of("type", EVIL)),
                                                "local", List.of(Map.of("user", Map.of("name", "{0}"))))))))
                .ok();
        admin.put(
                        "/identity/v3/OS-FEDERATION/identity_providers/evil",
                        Map.of("identity_provider", Map.of("description", EVIL, "enabled", true)))
                .ok();
        admin.put(
                        "/identity/v3/OS-FEDERATION/identity_providers/evil/protocols/openid",
                        Map.of("protocol", Map.of("mapping_id", "evil")))
                .ok();
        admin.put(
                        "/haneul/v1/federation/evil/openid/oidc",
                        Map.of("oidc", Map.of("issuer", "https://login.example.org", "client_id", EVIL)))
                .ok();
        admin.post(
                        "/identity/v3/credentials",
                        Map.of(
                                "credential",
                                Map.of(
                                        "type",
                                        "totp",
                                        "blob",
                                        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
                                        "user_id",
                                        admin.user())))
                .ok();
        DETAILS.addAll(List.of(
                "identity-provider.xhtml?provider=evil",
                "network.xhtml?id=" + network,
                "router.xhtml?id=" + router,
                "security-group.xhtml?id=" + group,
                "members.xhtml?project=" + admin.project(),
                "members.xhtml?domain=default",
                "user.xhtml?id=" + admin.user(),
                "group.xhtml?id=" + people,
                "group-roles.xhtml?id=" + people,
                "role.xhtml?id=" + role,
                "operation.xhtml?id=" + operation,
                "error.xhtml?status=403",
                "error.xhtml?status=404",
                "error.xhtml?status=500"));
    }

    /** Each two of theme, language and width are seen together once. */
    static List<Look> looks() {
        return List.of(
                new Look("light", "en", 1280),
                new Look("light", "ko", 390),
                new Look("dark", "en", 390),
                new Look("dark", "ko", 1280));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void everyPageAndDialogCanBeUsedByEverybody(Look look) {
        List<String> troubles = new ArrayList<>();
        try (Browser browser = Browser.at(CLOUD.cloud(), look)) {
            browser.open("login.xhtml");
            troubles.addAll(troubles(browser, "login"));
            Map<String, Set<String>> texts = new LinkedHashMap<>();
            int seen = new PageTour(browser).walk(pages(browser), name -> {
                browser.screenshot(look + "/" + name);
                troubles.addAll(troubles(browser, name));
                texts.put(name, texts(browser));
            });
            TEXTS_SEEN.put(look.language(), texts);
            assertThat(seen).as("pages and dialogs").isGreaterThan(50);
            troubles.addAll(browser.complaints());
        }
        assertThat(troubles).isEmpty();
    }

    @Test
    void noTextIsLeftInEnglishOnAKoreanPage() {
        Map<String, Set<String>> english = texts("en");
        Map<String, Set<String>> korean = texts("ko");

        assertThat(korean.keySet()).containsExactlyInAnyOrderElementsOf(english.keySet());
        Map<String, Set<String>> same = new LinkedHashMap<>();
        korean.forEach((page, texts) -> {
            Set<String> both = new TreeSet<>(texts);
            both.retainAll(english.get(page));
            if (!both.isEmpty()) {
                same.put(page, both);
            }
        });
        assertThat(same).as("texts that are the same in both languages").isEmpty();
    }

    /** By page and dialog; a walk that was made for its looks need not be made again. */
    private static Map<String, Set<String>> texts(String language) {
        return TEXTS_SEEN.computeIfAbsent(language, any -> {
            Map<String, Set<String>> texts = new LinkedHashMap<>();
            try (Browser browser = Browser.at(CLOUD.cloud(), new Look("light", language, 1280))) {
                new PageTour(browser).walk(pages(browser), name -> texts.put(name, texts(browser)));
            }
            return texts;
        });
    }

    @SuppressWarnings("unchecked")
    private static Set<String> texts(Browser browser) {
        Set<String> found = new TreeSet<>((List<String>) browser.page().evaluate(TEXTS));
        found.removeIf(text -> NO_WORDS.matcher(text).matches() || text.contains(EVIL.substring(0, 8)));
        return found;
    }

    /** As the administrator sees them. */
    private static List<String> pages(Browser browser) {
        browser.logIn("admin", CLOUD.cloud().credentials("admin").get("password"));
        List<String> pages = new ArrayList<>(browser.panels());
        pages.addAll(List.of(
                "launch.xhtml",
                "account.xhtml",
                "credentials.xhtml",
                "access.xhtml?rule=os_compute_api:servers:delete"));
        for (String tab : List.of("overview", "console", "log", "interfaces", "activity")) {
            pages.add("instance.xhtml?id=" + server + "&tab=" + tab);
        }
        pages.addAll(DETAILS);
        return pages;
    }

    static List<String> troubles(Browser browser, String name) {
        Page page = browser.page();
        List<String> troubles = new ArrayList<>();
        AxeBuilder axe = new AxeBuilder(page).withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"));
        for (Rule rule : axe.analyze().getViolations()) {
            rule.getNodes()
                    .forEach(node ->
                            troubles.add(name + ": " + rule.getId() + ": " + rule.getHelp() + ": " + node.getHtml()));
        }
        if ((Boolean) page.evaluate("document.documentElement.scrollWidth > window.innerWidth")) {
            troubles.add(name + ": wider than the window");
        }
        if ((Boolean) page.evaluate(
                "[...document.querySelectorAll('.ui-dialog')].some(d => getComputedStyle(d).display !== 'none'"
                        + " && (d.getBoundingClientRect().left < 0 || d.getBoundingClientRect().right >"
                        + " window.innerWidth))")) {
            troubles.add(name + ": a dialog wider than the window");
        }
        if (page.querySelector("img[src=x]") != null
                || page.content().contains("49#{")
                || page.content().contains("{{49")) {
            troubles.add(name + ": a name was taken for markup");
        }
        if (!name.equals("login") && page.querySelector("h1") == null) {
            troubles.add(name + ": no heading");
        }
        return troubles;
    }

    @Test
    void aWrongPasswordIsToldAndNobodyIsLetIn() {
        try (Browser browser = Browser.at(CLOUD.cloud(), Look.USUAL)) {
            Page page = browser.open("login.xhtml");
            page.locator("[id='login:name']").fill("demo");
            page.locator("[id='login:password']").fill("wrong");
            page.locator("[id='login:enter']").click();

            com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat(page.locator("[role=alert]"))
                    .containsText("wrong");
            browser.open("instances.xhtml");
            assertThat(page.url()).contains("login.xhtml");
        }
    }
}
