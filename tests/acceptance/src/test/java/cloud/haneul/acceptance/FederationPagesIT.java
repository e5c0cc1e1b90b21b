package cloud.haneul.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.acceptance.Browser.Look;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An administrator lets the people of an identity provider in, all on pages, and takes that back. */
class FederationPagesIT {
    @RegisterExtension
    static final SharedCloud CLOUD = SharedCloud.simulated();

    private static final String RULES = """
        [
          {
            "remote": [{"type": "OIDC-sub"}],
            "local": [{"user": {"name": "%s"}}]
          }
        ]
        """;

    @BeforeAll
    static void aBrowser() {
        Browser.missing().ifPresent(Assumptions::abort);
    }

    @Test
    void anAdministratorLetsThePeopleOfAProviderIn() {
        Rest admin = CLOUD.cloud().as("admin");
        try (Browser browser = Browser.at(CLOUD.cloud(), Look.USUAL)) {
            browser.logIn("admin", CLOUD.cloud().credentials("admin").get("password"));
            Page page = browser.open("mappings.xhtml");
            page.locator("main [data-open=createMapping]").first().click();
            page.locator("[id='createMappingForm:id']").fill("people");
            page.locator("[id='createMappingForm:rules']").fill("[\n  {]");
            page.locator("[id='createMappingForm:submit']").click();
            assertThat(page.locator("#createMappingForm .hn-wrong").first()).containsText("Line 2, column");
            page.locator("[id='createMappingForm:rules']").fill(RULES.formatted("{1}"));
            page.locator("[id='createMappingForm:submit']").click();
            assertThat(page.locator("#createMappingForm .hn-wrong").first())
                    .containsText("Line 4 (rules/0/local/0/user/name)");
            page.locator("[id='createMappingForm:rules']").fill(RULES.formatted("{0}"));
            page.locator("[id='createMappingForm:submit']").click();
            assertThat(page.locator("[id='list:rows']")).containsText("people");

            browser.open("identity-providers.xhtml");
            page.locator("main [data-open=createProvider]").first().click();
            page.locator("[id='createProviderForm:id']").fill("company");
            page.locator("[id='createProviderForm:description']").fill("the company");
            page.locator("[id='createProviderForm:remoteIds']").fill("https://login.example.org");
            page.locator("[id='createProviderForm:submit']").click();
            page.locator("[id='list:rows'] a", new Page.LocatorOptions().setHasText("company"))
                    .click();

            page.locator("main [data-open=createProtocol]").first().click();
            page.locator("[id='createProtocolForm:id']").fill("openid");
            page.locator("[id='createProtocolForm:mapping']").selectOption("people");
            page.locator("[id='createProtocolForm:submit']").click();
            settings(page);
            page.locator("[id='oidcSettingsForm:issuer']").fill("http://login.example.org");
            page.locator("[id='oidcSettingsForm:clientId']").fill("haneul");
            page.locator("[id='oidcSettingsForm:clientSecret']").fill("between us");
            page.locator("[id='oidcSettingsForm:submit']").click();
            assertThat(page.locator("#oidcSettingsForm .hn-wrong").first()).containsText("https");
            page.locator("[id='oidcSettingsForm:issuer']").fill("https://login.example.org");
            page.locator("[id='oidcSettingsForm:clientSecret']").fill("between us");
            page.locator("[id='oidcSettingsForm:submit']").click();
            assertThat(page.locator("[id='list:rows']")).containsText("https://login.example.org");

            JsonNode oidc =
                    admin.get("/haneul/v1/federation/company/openid/oidc").ok().at("/oidc");
            assertThat(oidc.at("/client_id").asText()).isEqualTo("haneul");
            assertThat(oidc.at("/scopes").findValuesAsText("")).isEmpty();
            assertThat(oidc.at("/scopes")).hasSize(3);
            try (Browser stranger = Browser.at(CLOUD.cloud(), Look.USUAL)) {
                assertThat(stranger.open("login.xhtml").locator("main nav")).containsText("the company");
            }

            settings(page);
            assertThat(page.locator("[id='oidcSettingsForm:clientId']")).hasValue("haneul");
            assertThat(page.locator("[id='oidcSettingsForm:clientSecret']")).hasValue("");
            page.keyboard().press("Escape");

            aProtocolIsOfOneKind(page, admin);
            aMappingInUseStaysAndThatItWasTriedIsRemembered(browser, admin);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void settings(Page page) {
        act(page, "oidc");
        page.locator("[id='oidcSettingsForm:issuer']").waitFor();
    }

    private static void act(Page page, String action) {
        page.locator("button.hn-row-menu").first().click();
        page.locator(":popover-open [data-act=" + action + "]").click();
    }

    private static void aProtocolIsOfOneKind(Page page, Rest admin) {
        act(page, "saml");
        assertThat(page.locator("#samlSettingsForm")).containsText("/protocols/openid/saml2/metadata");
        page.locator("[id='samlSettingsForm:metadataUrl']").fill("http://login.example.org/saml");
        page.locator("[id='samlSettingsForm:submit']").click();
        assertThat(page.locator("#samlSettingsForm .hn-wrong").first()).containsText("https");
        page.locator("[id='samlSettingsForm:metadataUrl']").fill("https://login.example.org/saml");
        page.locator("[id='samlSettingsForm:attributes']").fill("urn:oid:1.2.3 = email\nnonsense");
        page.locator("[id='samlSettingsForm:submit']").click();
        assertThat(page.locator("#samlSettingsForm [data-field=attributes] .hn-wrong"))
                .containsText("Each line of attributes");
        page.locator("[id='samlSettingsForm:attributes']").fill("urn:oid:1.2.3 = email\n\na=b = c");
        page.locator("[id='samlSettingsForm:submit']").click();
        assertThat(page.locator("[id='list:rows']")).containsText("SAML 2.0: https://login.example.org/saml");
        JsonNode saml =
                admin.get("/haneul/v1/federation/company/openid/saml2").ok().at("/saml2");
        assertThat(saml.at("/entity_id").asText())
                .isEqualTo(saml.at("/sp_metadata_url").asText());
        assertThat(saml.at("/attributes").toString()).contains("\"urn:oid:1.2.3\":\"email\"", "\"a=b\":\"c\"");
        act(page, "saml");
        assertThat(page.locator("[id='samlSettingsForm:attributes']")).hasValue("a=b = c\nurn:oid:1.2.3 = email");
        page.keyboard().press("Escape");

        act(page, "settingsOff");
        page.locator(".ui-dialog [data-do=yes]").click();
        assertThat(page.locator("[id='list:rows']")).containsText("nobody gets in yet");
        assertThat(admin.get("/haneul/v1/federation/company/openid/saml2").status())
                .isEqualTo(404);
    }

    /** A refusal on a page is in the trail as one by the API is. */
    private static void aMappingInUseStaysAndThatItWasTriedIsRemembered(Browser browser, Rest admin) {
        Page page = browser.open("mappings.xhtml");
        page.locator("tr", new Page.LocatorOptions().setHasText("people"))
                .locator("button.hn-row-menu")
                .click();
        page.locator(":popover-open [data-act=delete]").click();
        page.locator(".ui-dialog [data-do=yes]").click();
        assertThat(page.locator(".ui-growl")).containsText("a protocol uses it");
        JsonNode events = admin.get("/haneul/v1/audit/events?outcome=failure").ok();
        List<JsonNode> told = events.findParents("reason").stream()
                .filter(event -> event.toString().contains("POST /dashboard/mappings.xhtml"))
                .toList();
        assertThat(told).hasSize(1);
        assertThat(told.get(0).toString()).contains("people", "403", "a protocol uses it");
    }

    @Test
    void whoOpensAPageThatIsNotForHimIsRemembered() {
        try (Browser browser = Browser.at(CLOUD.cloud(), Look.USUAL)) {
            browser.logIn("demo", CLOUD.cloud().credentials("demo").get("password"));
            browser.open("mappings.xhtml");
        }
        JsonNode events = CLOUD.cloud()
                .as("admin")
                .get("/haneul/v1/audit/events?outcome=failure")
                .ok();
        assertThat(events.findParents("reason"))
                .filteredOn(event -> event.toString().contains("GET /dashboard/mappings.xhtml"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.at("/action").asText()).isEqualTo("read");
                    assertThat(event.at("/initiator/name").asText()).isEqualTo("demo");
                    assertThat(event.at("/reason/reasonCode").asText()).startsWith("403");
                });
    }
}
