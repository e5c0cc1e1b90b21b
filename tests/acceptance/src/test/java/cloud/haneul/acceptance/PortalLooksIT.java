package cloud.haneul.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.acceptance.Browser.Look;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        admin.post("/identity/v3/roles", Map.of("role", Map.of("name", EVIL)));
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
        admin.post("/network/v2.0/routers", Map.of("router", Map.of("name", EVIL)))
                .ok();
        admin.post("/network/v2.0/security-groups", Map.of("security_group", Map.of("name", EVIL, "description", EVIL)))
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
    }

    static List<Look> looks() {
        return List.of(Look.USUAL, Look.OTHER, new Look("dark", "en", 1280), new Look("light", "ko", 390));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void everyPageCanBeUsedByEverybody(Look look) {
        List<String> troubles = new ArrayList<>();
        int seen = 0;
        try (Browser browser = Browser.at(CLOUD.cloud(), look)) {
            browser.open("login.xhtml");
            troubles.addAll(troubles(browser, "login"));
            browser.logIn("admin", CLOUD.cloud().credentials("admin").get("password"));
            List<String> pages = new ArrayList<>(browser.panels());
            pages.add("launch.xhtml");
            for (String tab : List.of("overview", "console", "log", "interfaces", "activity")) {
                pages.add("instance.xhtml?id=" + server + "&tab=" + tab);
            }
            for (String page : pages) {
                browser.open(page);
                String name = page.replaceFirst("\\.xhtml.*", "")
                        + (page.contains("tab=") ? page.replaceFirst(".*tab=", "-") : "");
                browser.screenshot(look + "/" + (name.isEmpty() ? "index" : name));
                troubles.addAll(troubles(browser, name));
                seen++;
            }
            troubles.addAll(browser.complaints());
        }
        assertThat(seen).as("pages").isGreaterThan(12);
        assertThat(troubles).isEmpty();
    }

    private static List<String> troubles(Browser browser, String name) {
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
