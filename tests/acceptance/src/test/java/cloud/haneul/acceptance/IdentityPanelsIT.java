package cloud.haneul.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.haneul.acceptance.Browser.Look;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.WaitUntilState;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * An administrator sets up a domain with its people, all on pages, and what he says there holds; the domain's manager goes on
 * without him. The methods are the stations, in their order.
 */
@TestMethodOrder(OrderAnnotation.class)
class IdentityPanelsIT {
    @RegisterExtension
    static final SharedCloud CLOUD = SharedCloud.simulated();

    private static final String PASSWORD = "a password of hers";

    private static Browser administrator;
    private static Browser manager;

    @BeforeAll
    static void anAdministrator() {
        Browser.missing().ifPresent(Assumptions::abort);
        // as long as for clicks: the machine may have other things to do
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        administrator = Browser.at(CLOUD.cloud(), Look.USUAL);
        administrator.logIn("admin", CLOUD.cloud().credentials("admin").get("password"));
    }

    @AfterAll
    static void theBrowsersClose() {
        if (administrator != null) {
            administrator.close();
        }
        if (manager != null) {
            manager.close();
        }
    }

    @Test
    @Order(1)
    void anAdministratorMakesADomainAndChangesIt() {
        Page page = administrator.open("domains.xhtml");
        create(page, "createDomain", Map.of("name", "farm"));
        assertThat(row(page, "farm")).containsText("Enabled");

        begin(page, "createDomain");
        submit(page, "createDomain", Map.of("name", "farm"));
        assertThat(wrong(page, "createDomain", "name")).containsText("taken already");
        page.keyboard().press("Escape");

        edit(page, "farm", "edit");
        assertThat(field(page, "editDomain", "name")).hasValue("farm");
        save(page, "editDomain", Map.of("name", "orchard", "description", "apples"));
        assertThat(row(page, "orchard")).containsText("apples");
    }

    @Test
    @Order(2)
    void heMakesUsersAndAProjectInItAndChangesThem() {
        Page page = administrator.open("users.xhtml");
        for (String name : new String[] {"maria", "gardener"}) {
            create(page, "createUser", Map.of("name", name, "password", PASSWORD, "domain", "orchard"));
            assertThat(row(page, name)).containsText("orchard");
        }
        begin(page, "createUser");
        submit(page, "createUser", Map.of("name", "lost", "password", PASSWORD, "domain", "no such domain"));
        assertThat(wrong(page, "createUser", "domain")).containsText("no domain of that name");
        page.keyboard().press("Escape");

        edit(page, "gardener", "edit");
        save(page, "editUser", Map.of("name", "anna", "email", "anna@example.org", "description", "prunes"));
        assertThat(row(page, "anna")).containsText("anna@example.org");
        row(page, "anna").locator("a.hn-name").click();
        assertThat(page.locator("main")).containsText("prunes");
        assertThat(page.locator("main")).containsText("orchard");

        administrator.open("projects.xhtml");
        create(page, "createProject", Map.of("name", "meadow", "domain", "orchard"));
        assertThat(row(page, "meadow")).containsText("orchard");
        edit(page, "meadow", "edit");
        save(page, "editProject", Map.of("name", "hillside", "description", "south"));
        assertThat(row(page, "hillside")).containsText("south");
        go(page, "hillside", "Quotas");
        assertThat(page.locator("[id='list:rows'] tbody tr")).hasCount(1);
        assertThat(row(page, "hillside")).isVisible();
    }

    @Test
    @Order(3)
    void heMakesAGroupOfThem() {
        Page page = administrator.open("groups.xhtml");
        create(page, "createGroup", Map.of("name", "pickers", "domain", "orchard"));
        edit(page, "pickers", "edit");
        save(page, "editGroup", Map.of("name", "growers", "description", "all year"));
        assertThat(row(page, "growers")).containsText("all year");
        row(page, "growers").locator("a.hn-name").click();

        begin(page, "addToGroup");
        field(page, "addToGroup", "user").pressSequentially("ann");
        assertThat(page.locator("#people option")).hasCount(1);
        assertThat(page.locator("#people option")).hasAttribute("value", "anna");
        page.locator("[id='addToGroupForm:submit']").click();
        assertThat(wrong(page, "addToGroup", "user")).containsText("no user of that name");
        save(page, "addToGroup", Map.of("user", "anna"));
        assertThat(row(page, "anna")).isVisible();
        create(page, "addToGroup", Map.of("user", "maria"));
        confirm(page, "maria", "remove");
        assertThat(row(page, "maria")).hasCount(0);
        assertThat(row(page, "anna")).isVisible();
    }

    @Test
    @Order(4)
    void heMakesARoleOfTheDomainThatImpliesAnother() {
        Page page = administrator.open("roles.xhtml");
        create(page, "createRole", Map.of("name", "pruner", "domain", "orchard"));
        assertThat(row(page, "pruner")).containsText("orchard");
        edit(page, "pruner", "edit");
        save(page, "editRole", Map.of("name", "grower", "description", "sees to trees"));
        assertThat(row(page, "grower")).containsText("sees to trees");
        row(page, "grower").locator("a.hn-name").click();

        for (String role : new String[] {"member", "manager"}) {
            begin(page, "addImplied");
            field(page, "addImplied", "role").selectOption(option(role));
            page.locator("[id='addImpliedForm:submit']").click();
            assertThat(row(page, role)).isVisible();
        }
        assertThat(page.locator("#addImpliedForm option", new Page.LocatorOptions().setHasText("admin")))
                .hasCount(0);
        confirm(page, "manager", "remove");
        assertThat(row(page, "manager")).hasCount(0);
    }

    @Test
    @Order(5)
    void rolesThatCameWithTheCloudAreNotOfferedForChangeOrDeletion() {
        Page page = administrator.open("roles.xhtml");
        for (String name : new String[] {"admin", "manager", "member", "reader", "service"}) {
            Locator row = page.locator("tr")
                    .filter(new Locator.FilterOptions().setHas(page.locator("button[aria-label$=' " + name + "']")));
            assertThat(row.locator("[data-act=edit]")).hasCount(0);
            assertThat(row.locator("[data-act=delete]")).hasCount(0);
        }
        assertThat(row(page, "grower").locator("[data-act=delete]")).hasCount(1);
    }

    @Test
    @Order(6)
    void whatHeGivesTheGroupHoldsForItsMembers() {
        Page page = administrator.open("projects.xhtml");
        go(page, "hillside", "Members");
        begin(page, "addMember");
        field(page, "addMember", "kind").selectOption("group");
        field(page, "addMember", "user").fill("nobody");
        field(page, "addMember", "role").selectOption(option("grower"));
        page.locator("[id='addMemberForm:submit']").click();
        assertThat(wrong(page, "addMember", "user")).containsText("no group of that name");
        save(page, "addMember", Map.of("user", "growers"));
        assertThat(row(page, "growers")).containsText("grower");

        row(page, "growers").locator("a.hn-name").click();
        page.locator("nav.hn-tabs a", new Page.LocatorOptions().setHasText("Roles"))
                .click();
        assertThat(row(page, "grower")).containsText("hillside");

        try (Browser anna = logIn("anna")) {
            assertThat(anna.page().locator("header")).containsText("hillside");
            anna.open("networks.xhtml");
            assertThat(anna.page().locator("main [data-open=createNetwork]").first())
                    .isVisible();
            anna.open("roles.xhtml");
            assertThat(anna.page().locator("main")).not().containsText("grower");
        }
        administrator.open("users.xhtml");
        row(page, "anna").locator("a.hn-name").click();
        assertThat(page.locator("main")).containsText("growers");
        assertThat(row(page, "By the group growers · By the role grower").first())
                .containsText("hillside");
    }

    @Test
    @Order(7)
    void whatIsTakenAwayHoldsNoMore() {
        Page page = administrator.open("groups.xhtml");
        go(page, "growers", "Roles");
        confirm(page, "hillside", "remove");
        assertThat(row(page, "hillside")).hasCount(0);

        try (Browser anna = logIn("anna")) {
            assertThat(anna.page().locator("header")).not().containsText("hillside");
        }
    }

    @Test
    @Order(8)
    void heMakesSomebodyTheDomainsManager() {
        Page page = administrator.open("domains.xhtml");
        go(page, "orchard", "Members");
        for (boolean inherited : new boolean[] {false, true}) {
            begin(page, "addMember");
            field(page, "addMember", "role").selectOption(option("manager"));
            field(page, "addMember", "inherited").setChecked(inherited);
            save(page, "addMember", Map.of("user", "maria"));
            assertThat(row(page, "maria")).hasCount(inherited ? 2 : 1);
        }
        assertThat(row(page, "In all projects below")).hasCount(1);
        confirm(page, "In all projects below", "remove");
        assertThat(row(page, "maria")).hasCount(1);
    }

    @Test
    @Order(9)
    void sheManagesHerPeopleWithoutHim() {
        manager = logIn("maria");
        Page page = manager.page();
        assertThat(page.locator("header")).containsText("orchard");
        manager.open("users.xhtml");
        create(page, "createUser", Map.of("name", "helper", "password", PASSWORD));
        assertThat(row(page, "helper")).containsText("orchard");
        edit(page, "helper", "password");
        save(page, "setPassword", Map.of("password", PASSWORD + "!"));
        assertThat(page.locator(".ui-growl")).containsText("password of helper is set");

        manager.open("projects.xhtml");
        create(page, "createProject", Map.of("name", "cellar"));
        go(page, "cellar", "Members");
        begin(page, "addMember");
        assertThat(page.locator("#addMemberForm option", new Page.LocatorOptions().setHasText("admin")))
                .hasCount(0);
        field(page, "addMember", "role").selectOption(option("member"));
        save(page, "addMember", Map.of("user", "helper"));
        assertThat(row(page, "helper")).containsText("member");

        manager.open("groups.xhtml");
        create(page, "createGroup", Map.of("name", "helpers"));
        row(page, "helpers").locator("a.hn-name").click();
        create(page, "addToGroup", Map.of("user", "helper"));
        assertThat(row(page, "helper")).isVisible();

        manager.open("members.xhtml");
        begin(page, "addMember");
        field(page, "addMember", "kind").selectOption("group");
        field(page, "addMember", "role").selectOption(option("reader"));
        save(page, "addMember", Map.of("user", "helpers"));
        assertThat(row(page, "helpers")).containsText("reader");

        try (Browser helper = Browser.at(CLOUD.cloud(), Look.USUAL)) {
            logIn(helper, "helper", PASSWORD + "!");
            assertThat(helper.page().locator("#project")).containsText("cellar");
            assertThat(helper.page().locator("#project")).containsText("orchard");
        }
    }

    @Test
    @Order(10)
    void sheSeesNothingOfAnotherDomain() {
        Page page = manager.page();
        Rest admin = CLOUD.cloud().as("admin");
        for (String panel : new String[] {"users", "groups", "projects", "domains"}) {
            manager.open(panel + ".xhtml");
            assertThat(page.locator("[id='list:rows'] tbody tr").first()).isVisible();
            assertThat(page.locator("[id='list:rows']")).not().containsText(Pattern.compile("Default|demo"));
        }
        manager.open("members.xhtml?domain=default");
        assertThat(page.locator("body")).not().containsText("The default domain");
        assertThat(page.locator("[data-open=addMember]")).hasCount(0);
        manager.open("members.xhtml?project=" + admin.project());
        assertThat(page.locator("[data-open=addMember]")).hasCount(0);
        manager.open("user.xhtml?id=" + admin.user());
        assertThat(page.locator("main dl")).hasCount(0);
    }

    @Test
    @Order(11)
    void sheIsNotOfferedWhatIsTheAdministrators() {
        Page page = manager.open("domains.xhtml");
        assertThat(page.locator("[data-open=createDomain]")).hasCount(0);
        for (String action : new String[] {"edit", "disable", "delete"}) {
            assertThat(row(page, "orchard").locator("[data-act=" + action + "]"))
                    .hasCount(0);
        }
        manager.open("roles.xhtml");
        assertThat(page.locator("[data-open=createRole]")).hasCount(0);
        assertThat(page.locator("[id='list:rows']")).not().containsText("admin");
        assertThat(page.locator("[id='list:rows']")).containsText("member");
        assertThat(page.locator("[data-act=edit], [data-act=delete]")).hasCount(0);
        assertThat(manager.complaints())
                .allSatisfy(complaint -> assertThat(complaint).containsAnyOf("403", "404"));
    }

    @Test
    @Order(12)
    void allOfItCanBeDeleted() {
        Page page = administrator.open("users.xhtml");
        confirm(page, "anna", "disable");
        assertThat(row(page, "anna")).containsText("Disabled");
        confirm(page, "anna", "delete");
        assertThat(row(page, "anna")).hasCount(0);
        administrator.open("groups.xhtml");
        confirm(page, "growers", "delete");
        assertThat(row(page, "growers")).hasCount(0);
        administrator.open("roles.xhtml");
        confirm(page, "grower", "delete");
        assertThat(row(page, "grower")).hasCount(0);
        administrator.open("projects.xhtml");
        confirm(page, "hillside", "delete");
        assertThat(row(page, "hillside")).hasCount(0);
        administrator.open("domains.xhtml");
        assertThat(row(page, "orchard").locator("[data-act=delete]")).hasCount(0);
        confirm(page, "orchard", "disable");
        assertThat(row(page, "orchard")).containsText("Disabled");
        confirm(page, "orchard", "delete");
        assertThat(row(page, "orchard")).hasCount(0);
        administrator.open("users.xhtml");
        assertThat(row(page, "maria")).hasCount(0);
        assertThat(administrator.complaints()).isEmpty();
    }

    private static Browser logIn(String name) {
        Browser browser = Browser.at(CLOUD.cloud(), Look.USUAL);
        logIn(browser, name, PASSWORD);
        return browser;
    }

    private static void logIn(Browser browser, String name, String password) {
        Page page = browser.open("login.xhtml");
        page.locator("details summary").first().click();
        page.locator("[id='login:domain']").fill("orchard");
        page.locator("[id='login:name']").fill(name);
        page.locator("[id='login:password']").fill(password);
        page.locator("[id='login:enter']").click();
        page.waitForURL(
                url -> !url.contains("login.xhtml"),
                new Page.WaitForURLOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED));
    }

    private static void create(Page page, String dialog, Map<String, String> fields) {
        begin(page, dialog);
        save(page, dialog, fields);
    }

    private static void begin(Page page, String dialog) {
        page.locator("main [data-open=" + dialog + "]").first().click();
        theFormIsOpen(page);
    }

    /** Whoever types before it has the keyboard types into another field. */
    private static void theFormIsOpen(Page page) {
        await("a form").atMost(Duration.ofSeconds(30)).until(() -> (Boolean) page.evaluate(PageTour.DIALOG_IS_OPEN));
    }

    /** As it should be: the form is gone then. */
    private static void save(Page page, String dialog, Map<String, String> fields) {
        submit(page, dialog, fields);
        assertThat(page.locator("#" + dialog + "Form")).isHidden();
    }

    private static void submit(Page page, String dialog, Map<String, String> fields) {
        fields.forEach((name, value) -> field(page, dialog, name).fill(value));
        page.locator("[id='" + dialog + "Form:submit']").click();
    }

    private static Locator field(Page page, String dialog, String name) {
        return page.locator("[id='" + dialog + "Form:" + name + "']");
    }

    private static Locator wrong(Page page, String dialog, String name) {
        return page.locator("#" + dialog + "Form [data-field=" + name + "] .hn-wrong");
    }

    private static com.microsoft.playwright.options.SelectOption option(String label) {
        return new com.microsoft.playwright.options.SelectOption().setLabel(label);
    }

    private static Locator row(Page page, String text) {
        return page.locator("[id='list:rows'] tbody tr", new Page.LocatorOptions().setHasText(text));
    }

    /** Does what the menu of a row offers. */
    private static void act(Page page, String row, String action) {
        choose(page, row, "[data-act=" + action + "]");
    }

    /** The same for what opens a form. */
    private static void edit(Page page, String row, String action) {
        await("the form about " + row)
                .atMost(Duration.ofSeconds(90))
                .ignoreExceptions()
                .until(() -> {
                    act(page, row, action);
                    theFormIsOpen(page);
                    return true;
                });
    }

    /** Where the menu of a row leads. */
    private static void go(Page page, String row, String label) {
        choose(page, row, "a:has-text('" + label + "')");
    }

    /** Again when the list is drawn anew meanwhile, which closes the menu. */
    private static void choose(Page page, String row, String item) {
        await("the menu of " + row)
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> {
                    page.keyboard().press("Escape");
                    row(page, row).locator("button.hn-row-menu").click(new Locator.ClickOptions().setTimeout(5_000));
                    page.locator(":popover-open " + item).click(new Locator.ClickOptions().setTimeout(5_000));
                    return true;
                });
    }

    private static void confirm(Page page, String row, String action) {
        act(page, row, action);
        page.locator(".ui-dialog [data-do=yes]").click();
    }
}
