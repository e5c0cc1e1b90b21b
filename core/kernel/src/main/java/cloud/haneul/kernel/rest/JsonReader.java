package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Component;
import cloud.haneul.kernel.Fault;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Parses request bodies within the limits that keep a hostile one harmless. */
@Component
class JsonReader {
    private final ObjectMapper mapper;

    @Inject
    JsonReader(RestSettings settings) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(settings.maxJsonDepth())
                        .maxNumberLength(100)
                        .build())
                .build();
        mapper = new ObjectMapper(factory)
                // the stream is not ours to close
                .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                // two readers of one body must not come to two opinions
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    }

    JsonIn read(InputStream body) {
        try {
            return parse(body);
        } catch (Fault refusal) {
            drain(body);
            throw refusal;
        }
    }

    /** Reads on to the end or the limit: a client that is still sending when the connection closes never sees the answer. */
    private static void drain(InputStream body) {
        try {
            body.transferTo(OutputStream.nullOutputStream());
        } catch (IOException | Fault e) {
            // then let it close
        }
    }

    private JsonIn parse(InputStream body) {
        try {
            JsonNode node = mapper.readTree(body);
            if (node == null || node.isMissingNode()) {
                throw Fault.badRequest("body", "Malformed request body: it is empty.");
            }
            return JsonIn.root(node);
        } catch (StreamConstraintsException e) {
            throw Fault.badRequest("body", "Malformed request body: nested too deeply or a number too long" + place(e))
                    .cause(e);
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw Fault.badRequest("body", "The request body could not be read.")
                    .cause(e);
        }
    }

    static Fault malformed(JsonProcessingException e) {
        // the parser's own words may quote the body or name our classes
        return Fault.badRequest("body", "Malformed request body: not valid JSON" + place(e))
                .cause(e);
    }

    private static String place(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        return at == null ? "." : " at line " + at.getLineNr() + ", column " + at.getColumnNr() + ".";
    }
}
