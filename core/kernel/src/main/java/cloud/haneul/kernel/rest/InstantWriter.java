package cloud.haneul.kernel.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A time in the forms of the API family: {@code 2026-01-02T03:04:05Z} unless {@link Micros} asks for more digits. */
final class InstantWriter extends StdSerializer<Instant> implements ContextualSerializer {
    private static final long serialVersionUID = 1L;

    enum Form {
        SECONDS("uuuu-MM-dd'T'HH:mm:ss'Z'"),
        MICROS("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'"),
        MICROS_WITHOUT_ZONE("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

        private final DateTimeFormatter formatter;

        Form(String pattern) {
            formatter = DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
        }

        String write(Instant time) {
            return formatter.format(time);
        }
    }

    private final Form form;

    InstantWriter(Form form) {
        super(Instant.class);
        this.form = form;
    }

    @Override
    public JsonSerializer<?> createContextual(SerializerProvider provider, BeanProperty property) {
        Micros micros = property == null ? null : property.getAnnotation(Micros.class);
        if (micros == null) {
            return this;
        }
        return new InstantWriter(micros.zone() ? Form.MICROS : Form.MICROS_WITHOUT_ZONE);
    }

    @Override
    public void serialize(Instant time, JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeString(form.write(time));
    }
}
