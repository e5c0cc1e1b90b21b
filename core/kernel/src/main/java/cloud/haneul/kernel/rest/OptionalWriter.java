package cloud.haneul.kernel.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Optional;

/** An Optional as its value or null, the value with the annotations of the property it is in. */
final class OptionalWriter extends StdSerializer<Optional<?>> implements ContextualSerializer {
    private static final long serialVersionUID = 1L;
    private final transient BeanProperty property;

    OptionalWriter() {
        this(null);
    }

    private OptionalWriter(BeanProperty property) {
        super(Optional.class, false);
        this.property = property;
    }

    @Override
    public JsonSerializer<?> createContextual(SerializerProvider provider, BeanProperty of) {
        return new OptionalWriter(of);
    }

    @Override
    public boolean isEmpty(SerializerProvider provider, Optional<?> value) {
        return value.isEmpty();
    }

    @Override
    public void serialize(Optional<?> value, JsonGenerator json, SerializerProvider provider) throws IOException {
        if (value.isEmpty()) {
            json.writeNull();
        } else {
            Object content = value.get();
            provider.findValueSerializer(content.getClass(), property).serialize(content, json, provider);
        }
    }
}
