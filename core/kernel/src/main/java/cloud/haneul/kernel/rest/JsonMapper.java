package cloud.haneul.kernel.rest;

import cloud.haneul.kernel.Component;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/**
 * How answers become JSON: properties named by {@code @JsonProperty}, null where there is no value, times to the second, and
 * only what the request's microversion knows.
 */
@Component
@Provider
public class JsonMapper implements ContextResolver<ObjectMapper> {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .registerModule(views())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    @Override
    public ObjectMapper getContext(Class<?> type) {
        return MAPPER;
    }

    /** A view as the text that a client of {@code version} gets; for tests and for what is sent by other ways than HTTP. */
    public static String write(Object view, Microversion version) {
        return VersionScope.within(Optional.of(version), () -> {
            try {
                return MAPPER.writeValueAsString(view);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** As {@link #write}, in UTF-8; without a version for families that have none. */
    static byte[] bytes(Object view, Optional<Microversion> version) {
        return VersionScope.within(version, () -> {
            try {
                return MAPPER.writeValueAsBytes(view);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    static ObjectMapper mapper() {
        return MAPPER;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static SimpleModule views() {
        SimpleModule module = new SimpleModule("haneul-views");
        module.addSerializer(Instant.class, new InstantWriter(InstantWriter.Form.SECONDS));
        module.addSerializer((Class) Optional.class, new OptionalWriter());
        module.setSerializerModifier(new VersionedProperties());
        return module;
    }
}
