package cloud.haneul.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.haneul.acceptance.Browser.Look;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a newcomer does in the portal, from logging in to a machine with a login prompt and back. The methods are the stations, in their order. */
@TestMethodOrder(OrderAnnotation.class)
class PortalIT {
    @RegisterExtension
    static final SharedCloud CLOUD = SharedCloud.best();

    private static final double BOOT = Duration.ofMinutes(3).toMillis();

    private static Browser browser;

    @BeforeAll
    static void aBrowser() {
        Browser.missing().ifPresent(Assumptions::abort);
        browser = Browser.at(CLOUD.cloud(), Look.USUAL);
    }

    @AfterAll
    static void theBrowserCloses() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    @Order(1)
    void aUserLogsIn() {
        browser.logIn("demo", CLOUD.cloud().credentials("demo").get("password"));

        assertThat(browser.page().getByRole(AriaRole.HEADING, new GetByRoleOptions().setLevel(1)))
                .isVisible();
        assertThat(browser.page().locator("header")).containsText("demo");
    }

    @Test
    @Order(2)
    void heUploadsAnImage() {
        Page page = browser.open("images.xhtml");
        page.locator("[data-open=uploadImage]").first().click();
        page.locator("#file").setInputFiles(GuestImage.bootable());
        page.locator("[id='uploadImageForm:name']").fill("mine");
        page.locator("[id='uploadImageForm:submit']").click();

        assertThat(row("mine")).containsText("Ready", new ContainsTextOptions().setTimeout(BOOT));
        browser.screenshot("images");
    }

    @Test
    @Order(3)
    void heLaunchesItWithAKeyOnThePrivateNetworkAndSeesItBecomeActive() {
        Page page = browser.open("launch.xhtml");
        page.locator("#name").fill("first");
        page.locator("label.hn-pick", new Page.LocatorOptions().setHasText("mine"))
                .click();
        page.locator("label.hn-pick", new Page.LocatorOptions().setHasText("m1.tiny"))
                .click();
        assertThat(page.locator("label.hn-pick", new Page.LocatorOptions().setHasText("private"))
                        .locator("input"))
                .isChecked();
        makeKey(page);
        browser.screenshot("launch");
        page.locator("[id='wizard:submit']").click();
        page.waitForURL("**/instances.xhtml");
        page.evaluate("window.notLoadedAgain = true");

        assertThat(row("first")).containsText("Active", new ContainsTextOptions().setTimeout(BOOT));

        assertThat(page.evaluate("window.notLoadedAgain")).isEqualTo(true);
        assertThat(row("first")).containsText(Pattern.compile("10\\.0\\.0\\.\\d+"));
        browser.screenshot("instances");
    }

    private static void makeKey(Page page) {
        page.locator("button[data-open=createKey]").click();
        page.locator("[id='createKeyForm:keyName']").fill("mine");
        page.locator("[id='createKeyForm:submit']").click();
        Locator secret = page.locator("#privateKey");
        assertThat(secret).hasValue(Pattern.compile("PRIVATE KEY"));
        page.locator("[data-close=keyMade]").first().click();
        assertThat(page.locator("#key")).hasValue("mine");
    }

    @Test
    @Order(4)
    void theConsoleShowsALoginPrompt() {
        Page page = openTab("console");
        assertThat(page.locator("#console-state")).hasText("Connected");
        Locator screen = page.locator("#screen canvas");

        await("something on the screen").atMost(Duration.ofMinutes(3)).until(() -> Browser.lit(screen) > 0.001);

        browser.screenshot("console");
        assertThat(Browser.lit(screen)).as("text, not a white screen").isLessThan(0.5);
    }

    @Test
    @Order(5)
    void theSerialConsoleShowsItInWords() {
        Page page = browser.page();
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Serial")).click();

        assertThat(page.locator("#screen")).containsText("login:", new ContainsTextOptions().setTimeout(BOOT));

        browser.screenshot("serial-console");
    }

    @Test
    @Order(6)
    void theLogTellsHowItCameUp() {
        Page page = openTab("log");

        await("a login prompt in the log").atMost(Duration.ofMinutes(3)).until(() -> {
            page.reload();
            return page.locator("#log").textContent().contains("login:");
        });

        browser.screenshot("log");
    }

    @Test
    @Order(7)
    void theActivityTellsEveryStep() {
        Page page = openTab("activity");

        Locator creation = page.locator(".hn-act").last();
        assertThat(creation.locator(".hn-steps li").count()).isGreaterThanOrEqualTo(6);
        assertThat(creation).containsText("demo");
        browser.screenshot("activity");
    }

    @Test
    @Order(8)
    void theOverviewShowsItAndWhatItTakesOfTheQuota() {
        Page page = browser.open("");

        assertThat(page.locator(".hn-ring").first()).containsText("1 of 10");
        assertThat(page.locator("main")).containsText("first");
        picture(browser.screenshot("overview"));
    }

    @Test
    @Order(9)
    void heDeletesItAndItGoesFromTheList() {
        Page page = browser.open("instances.xhtml");
        page.evaluate("window.notLoadedAgain = true");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Actions for first"))
                .click();
        row("first").locator("[data-act=delete]").click();
        page.locator("[data-do=yes]").click();

        assertThat(row("first"))
                .hasCount(
                        0,
                        new com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions().setTimeout(BOOT));

        assertThat(page.evaluate("window.notLoadedAgain")).isEqualTo(true);
        assertThat(page.getByText("No instances yet")).isVisible(new IsVisibleOptions().setTimeout(10_000));
    }

    @Test
    @Order(10)
    void nothingWentWrongInThePages() {
        assertThat(browser.complaints()).isEmpty();
    }

    private static Page openTab(String tab) {
        Page page = browser.open("instances.xhtml");
        String address = row("first").locator("a.hn-name").getAttribute("href");
        return browser.open(address + "&tab=" + tab);
    }

    private static Locator row(String name) {
        return browser.page().locator("table.hn-table tbody tr", new Page.LocatorOptions().setHasText(name));
    }

    /** The README's. */
    private static void picture(Path screenshot) {
        if (Boolean.getBoolean("haneul.update-pictures")) {
            try {
                Files.copy(screenshot, Path.of("../../docs/images/portal.png"), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
