package cloud.haneul.acceptance;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.ElementHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.WaitUntilState;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/** A person's Chromium at the portal, in one look; what went wrong in the pages themselves is kept in {@link #complaints}. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final Playwright playwright;
    private final BrowserContext context;
    private final Page page;
    private final String portal;
    private final List<String> complaints = new ArrayList<>();

    /** How somebody likes it. */
    record Look(String theme, String language, int width) {
        static final Look USUAL = new Look("light", "en", 1280);
        static final Look OTHER = new Look("dark", "ko", 390);

        @Override
        public String toString() {
            return theme + "-" + language + "-" + width;
        }
    }

    private Browser(Playwright playwright, BrowserContext context, String portal) {
        this.playwright = playwright;
        this.context = context;
        this.page = context.newPage();
        this.portal = portal;
        page.setDefaultTimeout(60_000);
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(page.url() + ": " + message.text());
            }
        });
        page.onDialog(dialog -> {
            complaints.add(page.url() + ": a script of somebody says " + dialog.message());
            dialog.dismiss();
        });
    }

    static Optional<String> missing() {
        return Files.isExecutable(CHROMIUM)
                ? Optional.empty()
                : Optional.of("there is no " + CHROMIUM + " (apt-get install chromium)");
    }

    static Browser at(Cloud cloud, Look look) {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            BrowserContext context = playwright
                    .chromium()
                    .launch(new LaunchOptions()
                            .setExecutablePath(CHROMIUM)
                            // the sandbox wants another user than root
                            .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")))
                    .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                            .setViewportSize(look.width(), look.width() < 600 ? 844 : 900)
                            .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE)
                            .setLocale(look.language()));
            context.addCookies(List.of(
                    new Cookie("haneul-theme", look.theme()).setUrl(cloud.url()),
                    new Cookie("haneul-lang", look.language()).setUrl(cloud.url())));
            return new Browser(playwright, context, cloud.url() + "/dashboard/");
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    void logIn(String user, String password) {
        open("login.xhtml");
        page.locator("[id='login:name']").fill(user);
        page.locator("[id='login:password']").fill(password);
        page.locator("[id='login:enter']").click();
        page.waitForURL(
                url -> !url.contains("login.xhtml"),
                new Page.WaitForURLOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED));
    }

    Page open(String path) {
        page.navigate(portal + path);
        return page;
    }

    Page page() {
        return page;
    }

    /** The panels that the navigation leads to. */
    List<String> panels() {
        List<String> panels = new ArrayList<>();
        for (ElementHandle link : page.querySelectorAll("#nav a")) {
            panels.add(link.getAttribute("href").replaceFirst(".*/", ""));
        }
        return panels;
    }

    List<String> complaints() {
        return complaints;
    }

    /** Kept in {@code target/screenshots} for people. */
    Path screenshot(String name) {
        Path file = SCREENSHOTS.resolve(name + ".png");
        page.screenshot(new ScreenshotOptions().setPath(file));
        return file;
    }

    /** The share of an element's pixels that are not dark. */
    static double lit(Locator element) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(element.screenshot()));
            long lit = 0;
            for (int x = 0; x < image.getWidth(); x++) {
                for (int y = 0; y < image.getHeight(); y++) {
                    int rgb = image.getRGB(x, y);
                    lit += (rgb >> 16 & 255) + (rgb >> 8 & 255) + (rgb & 255) > 3 * 96 ? 1 : 0;
                }
            }
            return (double) lit / (image.getWidth() * image.getHeight());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.browser().close();
        playwright.close();
    }
}
