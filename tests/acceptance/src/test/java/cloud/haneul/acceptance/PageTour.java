package cloud.haneul.acceptance;

import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Walks through pages and opens each dialog that they have; whoever walks along is told the name of what is to be seen. */
final class PageTour {
    /** A dialog that is shown and has the keyboard. */
    static final String DIALOG_IS_OPEN = "[...document.querySelectorAll('.ui-dialog')]"
            + ".some(d => getComputedStyle(d).display !== 'none' && d.contains(document.activeElement))";

    private static final String NO_DIALOG =
            "[...document.querySelectorAll('.ui-dialog')].every(d => getComputedStyle(d).display === 'none')";

    private final Browser browser;
    private final Page page;

    PageTour(Browser browser) {
        this.browser = browser;
        this.page = browser.page();
    }

    /** @return how many pages and dialogs there were */
    int walk(List<String> addresses, Consumer<String> look) {
        int seen = 0;
        Set<String> opened = new HashSet<>();
        for (String address : addresses) {
            String name = name(address);
            browser.open(address);
            look.accept(name);
            seen++;
            for (String dialog : dialogs()) {
                // the tabs of a page have the same menu
                if (!opened.add(address.replaceFirst("\\?.*", "") + dialog)) {
                    continue;
                }
                open(dialog);
                look.accept(name + "-" + dialog);
                seen++;
                page.keyboard().press("Escape");
                await("an end of " + name + " " + dialog)
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> (Boolean) page.evaluate(NO_DIALOG));
            }
        }
        return seen;
    }

    /** {@code instance.xhtml?id=..&tab=log} is {@code instance-log}. */
    private static String name(String address) {
        String page = address.replaceFirst("\\.xhtml.*", "");
        return (page.isEmpty() ? "index" : page)
                + (address.contains("tab=") ? address.replaceFirst(".*tab=", "-") : "");
    }

    /** What the buttons of the page open, and what the menu of the first row or of the resource asks before it does it. */
    private List<String> dialogs() {
        Set<String> all = new LinkedHashSet<>();
        page.locator("main [data-open]").all().stream()
                .filter(Locator::isVisible)
                .forEach(button -> all.add(button.getAttribute("data-open")));
        List<String> asking = new ArrayList<>();
        if (menu().count() > 0) {
            page.locator("#" + menu().first().getAttribute("popovertarget").replaceAll("([^\\w-])", "\\\\$1"))
                    .locator("[aria-haspopup=dialog]")
                    .all()
                    .forEach(item -> asking.add("menu " + item.getAttribute("data-act")));
        }
        all.addAll(asking);
        return List.copyOf(all);
    }

    private Locator menu() {
        return page.locator("button.hn-row-menu, button[popovertarget=detail-menu]");
    }

    private void open(String dialog) {
        if (dialog.startsWith("menu ")) {
            menu().first().click();
            page.locator(":popover-open [data-act=" + dialog.substring(5) + "]").click();
        } else {
            page.locator("main [data-open=" + dialog + "]").first().click();
        }
        await("the dialog " + dialog + " on " + page.url())
                .atMost(Duration.ofSeconds(30))
                .until(() -> (Boolean) page.evaluate(DIALOG_IS_OPEN));
    }
}
