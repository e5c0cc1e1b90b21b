package cloud.haneul.portal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What people call a browser and its system, from what it calls itself: {@code Firefox 133 · Windows}. */
public final class BrowserName {
    /** Most claim to be others as well, so the order counts. */
    private static final List<Map.Entry<String, Pattern>> BROWSERS = List.of(
            Map.entry("Edge", Pattern.compile("Edg(?:e|A|iOS)?/(\\d+)")),
            Map.entry("Opera", Pattern.compile("OPR/(\\d+)")),
            Map.entry("Samsung Internet", Pattern.compile("SamsungBrowser/(\\d+)")),
            Map.entry("Whale", Pattern.compile("Whale/(\\d+)")),
            Map.entry("Firefox", Pattern.compile("(?:Firefox|FxiOS)/(\\d+)")),
            Map.entry("Chrome", Pattern.compile("(?:Chrome|CriOS|HeadlessChrome)/(\\d+)")),
            Map.entry("Safari", Pattern.compile("Version/(\\d+).* Safari/")));

    private static final List<Map.Entry<String, String>> SYSTEMS = List.of(
            Map.entry("Windows", "Windows"),
            Map.entry("iPhone", "iPhone"),
            Map.entry("iPad", "iPad"),
            Map.entry("Android", "Android"),
            Map.entry("Mac OS X", "macOS"),
            Map.entry("CrOS", "ChromeOS"),
            Map.entry("Linux", "Linux"));

    private BrowserName() {}

    /** Empty when it is none that is known. */
    public static Optional<String> of(String agent) {
        Optional<String> browser = BROWSERS.stream()
                .flatMap(known -> {
                    Matcher matcher = known.getValue().matcher(agent);
                    return matcher.find() ? Stream.of(known.getKey() + " " + matcher.group(1)) : Stream.empty();
                })
                .findFirst();
        Optional<String> system = SYSTEMS.stream()
                .filter(known -> agent.contains(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        return browser.map(name -> name + system.map(on -> " · " + on).orElse(""));
    }
}
