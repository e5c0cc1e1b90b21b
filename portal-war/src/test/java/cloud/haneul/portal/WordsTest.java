package cloud.haneul.portal;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.haneul.kernel.access.Reason;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final Pattern KEY =
            Pattern.compile("msg\\['([a-zA-Z0-9_.-]+)'\\]|ui\\.(?:say|word)\\('([a-zA-Z0-9_.-]+)'[,)]");

    private static final Pattern BEAN = Pattern.compile("@(?:jakarta\\.inject\\.)?Named\\(\"(\\w+)\"\\)");
    private static final Pattern VARIABLE = Pattern.compile("\\svar=\"(\\w+)\"");

    @Test
    void bothLanguagesHaveTheSameTexts() throws IOException {
        assertThat(read("messages_ko").stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(read("messages").stringPropertyNames());
    }

    @Test
    void bothLanguagesTakeTheSameArguments() throws IOException {
        Properties english = read("messages");
        Properties korean = read("messages_ko");
        for (String key : english.stringPropertyNames()) {
            if (!english.getProperty(key).contains("{")) {
                assertThat(korean.getProperty(key)).as(key).doesNotContain("{");
            }
        }
    }

    @Test
    void everyTextWithArgumentsIsAPattern() throws IOException {
        for (String name : Set.of("messages", "messages_ko")) {
            Properties texts = read(name);
            for (String key : texts.stringPropertyNames()) {
                String text = texts.getProperty(key);
                if (text.contains("{")) {
                    Object[] arguments = {2, "web-1", "rules/0", "web-2"};
                    int given = key.startsWith("access.reason.")
                            ? 4
                            : key.equals("mappings.wrongAt") || key.equals("mappings.malformed") ? 3 : 2;
                    assertThat(new MessageFormat(text).format(Arrays.copyOf(arguments, given)))
                            .as(key)
                            .doesNotContain("{");
                    assertThat(text)
                            .as("an apostrophe would quote what follows it")
                            .doesNotContain("'");
                }
            }
        }
    }

    @Test
    void everyReasonOfARefusalIsToldWithAllItsValues() throws IOException {
        List<String> values = List.of("one", "two", "three", "four");
        for (String name : Set.of("messages", "messages_ko")) {
            Properties texts = read(name);
            for (Reason.Kind kind : Reason.Kind.values()) {
                String told = new Reason(kind, values).toString();
                String text = texts.getProperty("access.reason." + kind);
                assertThat(text).as(name + " " + kind).isNotNull();
                String said = new MessageFormat(text).format(values.toArray());
                assertThat(values)
                        .as(name + " " + kind)
                        .allMatch(value -> told.contains(value) == said.contains(value));
            }
        }
    }

    @Test
    void everyTextThatAPageNamesIsThere() throws IOException {
        Set<String> missing = new TreeSet<>();
        Set<String> known = read("messages").stringPropertyNames();
        try (Stream<Path> pages = Files.walk(Path.of("src/main/webapp"))) {
            for (Path page : pages.filter(p -> p.toString().endsWith(".xhtml")).toList()) {
                Matcher matcher = KEY.matcher(Files.readString(page));
                while (matcher.find()) {
                    String key = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
                    if (!known.contains(key)) {
                        missing.add(page.getFileName() + ": " + key);
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    /** A bean is found before the variable, and the page shows something else than it means. */
    @Test
    void noPageCallsAVariableAsABeanIsCalled() throws IOException {
        Set<String> beans = new TreeSet<>();
        try (Stream<Path> classes = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    classes.filter(p -> p.toString().endsWith(".java")).toList()) {
                BEAN.matcher(Files.readString(source)).results().forEach(found -> beans.add(found.group(1)));
            }
        }
        assertThat(beans).contains("me", "ui", "network");
        Set<String> hidden = new TreeSet<>();
        try (Stream<Path> pages = Files.walk(Path.of("src/main/webapp"))) {
            for (Path page : pages.filter(p -> p.toString().endsWith(".xhtml")).toList()) {
                VARIABLE.matcher(Files.readString(page))
                        .results()
                        .filter(found -> beans.contains(found.group(1)))
                        .forEach(found -> hidden.add(page.getFileName() + ": " + found.group(1)));
            }
        }
        assertThat(hidden).isEmpty();
    }

    @Test
    void oneAndManyAreToldApart() {
        Words words = Words.of(Locale.ENGLISH);
        assertThat(words.text("instances.stop.done", 1, "web")).isEqualTo("web is shutting down.");
        assertThat(words.text("instances.stop.done", 3, "web")).isEqualTo("3 instances are shutting down.");
    }

    /** The texts of all areas in one language. */
    private static Properties read(String name) throws IOException {
        Properties properties = new Properties();
        for (String file : AllText.FILES) {
            String path = file.replace('.', '/').replace("messages", name) + ".properties";
            try (InputStreamReader in =
                    new InputStreamReader(WordsTest.class.getResourceAsStream(path), StandardCharsets.UTF_8)) {
                properties.load(in);
            }
        }
        return properties;
    }
}
