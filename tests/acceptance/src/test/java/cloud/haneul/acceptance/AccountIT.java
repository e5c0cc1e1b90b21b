package cloud.haneul.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.haneul.acceptance.Browser.Look;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What people do about their own account: choose a password instead of one that somebody else chose, set up a telephone for
 * one-time passwords and sign in by it, see where they are signed in and end that.
 */
class AccountIT {
    private static final String GIVEN = "chosen by somebody else";
    private static final String OWN = "one of my own";
    private static final double PATIENCE = Duration.ofSeconds(60).toMillis();

    /** Of its own, for its rules on passwords. */
    private static Cloud cloud;

    @BeforeAll
    static void aCloudThatIsStrictAboutPasswords() {
        Browser.missing().ifPresent(Assumptions::abort);
        Cloud.notBuilt().ifPresent(Assumptions::abort);
        cloud = Cloud.simulated("strict")
                .set("HANEUL_IDENTITY_CHANGE_PASSWORD_UPON_FIRST_USE", "true")
                .set("HANEUL_IDENTITY_PASSWORD_MIN_LENGTH", "8")
                .set("HANEUL_IDENTITY_LOCKOUT_FAILURE_ATTEMPTS", "3")
                .start();
    }

    @AfterAll
    static void theCloudEnds() {
        if (cloud != null) {
            cloud.close();
        }
    }

    /** A user with a role in a project, whose password is still the one he was given. */
    private static String user(String name) {
        Rest admin = cloud.as("admin");
        String id = admin.post("/identity/v3/users", Map.of("user", Map.of("name", name, "password", GIVEN)))
                .ok()
                .at("/user/id")
                .asText();
        String role = admin.get("/identity/v3/roles?name=member")
                .ok()
                .at("/roles/0/id")
                .asText();
        admin.put("/identity/v3/projects/" + admin.project() + "/users/" + id + "/roles/" + role, Map.of());
        return id;
    }

    private static void fill(Page page, String name, String password) {
        page.locator("[id='login:name']").fill(name);
        page.locator("[id='login:password']").fill(password);
        page.locator("[id='login:enter']").click();
    }

    private static void choose(Page page, String current, String wanted, String again) {
        page.locator("[id='login:password']").fill(current);
        page.locator("[id='login:wanted']").fill(wanted);
        page.locator("[id='login:again']").fill(again);
        page.locator("[id='login:enter']").click();
    }

    private static void isIn(Page page, String name) {
        assertThat(page.locator("header.hn-top")).containsText(name);
    }

    /** Signs a new user in who chooses a password of his own on the way. */
    private static Browser signedIn(String name) {
        Browser browser = Browser.at(cloud, Look.USUAL);
        Page page = browser.open("login.xhtml");
        fill(page, name, GIVEN);
        choose(page, GIVEN, OWN, OWN);
        isIn(page, name);
        return browser;
    }

    @Test
    void aPasswordThatSomebodyElseChoseIsChangedOnTheWayIn() {
        user("ann");
        try (Browser browser = Browser.at(cloud, Look.USUAL)) {
            Page page = browser.open("keypairs.xhtml");
            fill(page, "ann", GIVEN);
            assertThat(page.locator("[role=alert]")).containsText("must be changed");
            assertThat(page.locator("main")).containsText("at least 8 characters");
            assertThat(PortalLooksIT.troubles(browser, "login")).isEmpty();
            choose(page, GIVEN, "short", "short");
            assertThat(page.locator("[role=alert]")).containsText("at least 8 characters");
            choose(page, GIVEN, OWN, OWN + " not");
            assertThat(page.locator("[role=alert]")).containsText("not the same");
            choose(page, GIVEN, GIVEN, GIVEN);
            assertThat(page.locator("[role=alert]")).containsText("same as the one now");
            choose(page, "a wrong one", OWN, OWN);
            assertThat(page.locator("[role=alert]")).containsText("wrong");
            choose(page, GIVEN, OWN, OWN);
            isIn(page, "ann");
            assertThat(page.url()).as("where she wanted to go").contains("keypairs.xhtml");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void aWrongNameAWrongPasswordAndALockedUserLookAlike() {
        user("bob");
        try (Browser browser = Browser.at(cloud, Look.USUAL)) {
            Page page = browser.open("login.xhtml");
            fill(page, "nobody", GIVEN);
            String unknown = page.locator("main").innerText();
            page = browser.open("login.xhtml");
            for (int i = 0; i < 3; i++) {
                fill(page, "bob", "wrong");
                page.locator("[role=alert] li").waitFor();
                assertThat(page.locator("main").innerText()).isEqualTo(unknown);
            }
            fill(page, "bob", GIVEN);
            page.locator("[role=alert] li").waitFor();
            assertThat(page.locator("main").innerText()).as("locked").isEqualTo(unknown);
        }
    }

    @Test
    void aTelephoneIsSetUpByItsCameraAndIsThenAskedFor() {
        String id = user("cid");
        try (Browser browser = signedIn("cid")) {
            Page page = browser.open("account.xhtml");
            page.locator("[data-open=addDevice]").click();
            Map<String, String> seen = query(photographed(page.locator(".hn-qr svg")));
            assertThat(seen).containsEntry("digits", "6").containsEntry("period", "30");
            String secret = seen.get("secret");
            assertThat(page.locator(".hn-secret").innerText().replace(" ", "")).isEqualTo(secret);
            page.locator("[id='addDeviceForm:passcode']").fill("000000");
            page.locator("[id='addDeviceForm:submit']").click();
            assertThat(page.locator("#addDeviceForm .hn-wrong").first()).containsText("not the passcode");
            String first = Passcode.of(secret, Instant.now());
            page.locator("[id='addDeviceForm:passcode']").fill(first);
            page.locator("[id='addDeviceForm:submit']").click();
            assertThat(page.locator("[id='devices:known'] li")).hasCount(1);

            cloud.as("admin")
                    .patch(
                            "/identity/v3/users/" + id,
                            Map.of("user", Map.of("options", Map.of("multi_factor_auth_rules", new String[][] {
                                {"password", "totp"}
                            }))))
                    .ok();
            browser.open("account.xhtml");
            assertThat(page.locator("[id='devices:known']")).containsText("asks for your password and a one-time");

            try (Browser other = Browser.at(cloud, Look.USUAL)) {
                Page login = other.open("login.xhtml");
                fill(login, "cid", OWN);
                assertThat(login.locator("[role=alert]")).containsText("one-time password");
                login.locator("[id='login:passcode']").fill(next(secret, first));
                fill(login, "cid", OWN);
                isIn(login, "cid");

                browser.open("account.xhtml");
                page.locator("[data-open=removeDevice]").click();
                page.locator("[id='removeDeviceForm:password']").fill(OWN);
                page.locator("[id='removeDeviceForm:submit']").click();
                assertThat(page.locator("#growl_container, .ui-growl"))
                        .containsText("could not sign in", new ContainsTextOptions().setTimeout(PATIENCE));
            }
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** A passcode that was not used yet: the next one, as people wait for it. */
    private static String next(String secret, String used) {
        await("the next passcode").atMost(Duration.ofSeconds(40)).until(() -> !Passcode.of(secret, Instant.now())
                .equals(used));
        return Passcode.of(secret, Instant.now());
    }

    @Test
    void oneSeesWhereOneIsSignedInAndEndsIt() {
        user("dan");
        try (Browser here = signedIn("dan");
                Browser there = Browser.at(cloud, Look.USUAL)) {
            there.logIn("dan", OWN);
            Page page = here.open("account.xhtml");
            Locator rows = page.locator("[id='sessions:all'] tbody tr");
            assertThat(rows).hasCount(2);
            assertThat(rows.filter(new Locator.FilterOptions().setHasText("This one")))
                    .hasCount(1);
            assertThat(rows.first()).containsText("127.0.0.1");
            page.locator("[id='sessions:all'] button").click();
            assertThat(rows).hasCount(1);
            there.open("keypairs.xhtml");
            assertThat(there.page().url()).contains("login.xhtml");

            there.logIn("dan", OWN);
            here.open("account.xhtml");
            page.locator("[id='everywhere:submit']").click();
            page.waitForURL(url -> url.contains("login.xhtml"));
            there.open("keypairs.xhtml");
            assertThat(there.page().url()).contains("login.xhtml");
        }
    }

    @Test
    void aNewPasswordEndsAllSessionsButThisOne() {
        user("eve");
        try (Browser here = signedIn("eve");
                Browser there = Browser.at(cloud, Look.USUAL)) {
            there.logIn("eve", OWN);
            Page page = here.open("account.xhtml");
            page.locator("[id='change:current']").fill(OWN);
            page.locator("[id='change:password']").fill(OWN + "!");
            page.locator("[id='change:again']").fill(OWN + "!");
            page.locator("[id='change:submit']").click();
            assertThat(page.locator(".ui-growl")).containsText("is changed");
            here.open("account.xhtml");
            assertThat(page.locator("[id='sessions:all'] tbody tr")).hasCount(1);
            there.open("keypairs.xhtml");
            assertThat(there.page().url()).contains("login.xhtml");
        }
    }

    @Test
    void whoHasManyProjectsFindsOneByAPartOfItsName() {
        String id = user("fay");
        Rest admin = cloud.as("admin");
        String role = admin.get("/identity/v3/roles?name=member")
                .ok()
                .at("/roles/0/id")
                .asText();
        for (int i = 10; i < 35; i++) {
            String project = admin.post(
                            "/identity/v3/projects", Map.of("project", Map.of("name", "of-fay-" + i + "-project")))
                    .ok()
                    .at("/project/id")
                    .asText();
            admin.put("/identity/v3/projects/" + project + "/users/" + id + "/roles/" + role, Map.of());
        }
        try (Browser browser = signedIn("fay")) {
            Page page = browser.page();
            Locator shown = page.locator("[id='project:places'] .hn-item");
            page.locator("button[popovertarget=projects]").click();
            assertThat(shown).hasCount(20);
            assertThat(page.locator("#projects")).containsText("There are more");
            page.keyboard().type("ay-34");
            assertThat(shown).hasCount(1);
            assertThat(page.locator("#projects")).not().containsText("There are more");
            page.locator("#projects input").fill("nothing is called so");
            assertThat(page.locator("#projects")).containsText("None is called so");
            page.locator("#projects input").fill("AY-33-");
            assertThat(shown).hasText("of-fay-33-project");
            shown.click();
            assertThat(page.locator("header.hn-top button[popovertarget=projects]"))
                    .containsText("of-fay-33-project");
            browser.open("keypairs.xhtml");
            assertThat(page.locator("header.hn-top button[popovertarget=projects]"))
                    .containsText("of-fay-33-project");
            page.locator("button[popovertarget=projects]").click();
            page.keyboard().type("fay-3");
            assertThat(page.locator("[id='project:places'] [aria-current=true]"))
                    .hasText("of-fay-33-project");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** What a camera reads from the screen. */
    private static String photographed(Locator picture) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.screenshot()));
            int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
            return new QRCodeMultiReader()
                    .decode(new BinaryBitmap(
                            new HybridBinarizer(new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels))))
                    .getText();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (NotFoundException | com.google.zxing.ChecksumException | com.google.zxing.FormatException e) {
            throw new AssertionError("No QR code can be read", e);
        }
    }

    private static Map<String, String> query(String address) {
        URI uri = URI.create(address);
        assertThat(uri.getScheme()).isEqualTo("otpauth");
        assertThat(uri.getHost()).isEqualTo("totp");
        return Arrays.stream(uri.getQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
