package cloud.haneul.portal.identity;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The rules of a mapping as people write them, who want to be told the line in which they went wrong. */
final class MappingText {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private MappingText() {}

    /** That it is no JSON, or no list of objects. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int line;
        private final int column;

        private Malformed(JsonProcessingException e) {
            super(e.getOriginalMessage().replaceFirst("(?s) \\(for .*", ""), e);
            line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
        }

        int line() {
            return line;
        }

        int column() {
            return column;
        }
    }

    /** @throws Malformed */
    static List<Map<String, Object>> read(String text) {
        try {
            return MAPPER.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new Malformed(e);
        }
    }

    static String write(List<Map<String, Object>> rules) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(rules);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The line in which something begins.
     *
     * @param path such as {@code rules/0/remote/1}
     * @return empty when there is nothing of that path
     */
    static OptionalInt line(String text, String path) {
        String pointer = path.replaceFirst("^rules", "");
        try (JsonParser parser = MAPPER.createParser(text)) {
            while (parser.nextToken() != null) {
                boolean begins =
                        parser.currentToken() != JsonToken.END_ARRAY && parser.currentToken() != JsonToken.END_OBJECT;
                // inside an object or array that has just begun the context is already its own, without a place yet
                boolean opens = parser.currentToken().isStructStart();
                String here = (opens ? parser.getParsingContext().getParent() : parser.getParsingContext())
                        .pathAsPointer()
                        .toString();
                if (begins && here.equals(pointer)) {
                    return OptionalInt.of(parser.currentTokenLocation().getLineNr());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return OptionalInt.empty();
    }
}
