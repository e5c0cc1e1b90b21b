package cloud.haneul.kernel.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import java.util.List;

/**
 * Leaves out the properties that the request's microversion does not know. The annotations are read once per class; what
 * remains for each value is a comparison of numbers, and nothing for properties that are not annotated.
 */
final class VersionedProperties extends BeanSerializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public List<BeanPropertyWriter> changeProperties(
            SerializationConfig config, BeanDescription bean, List<BeanPropertyWriter> properties) {
        properties.replaceAll(property -> {
            Since since = property.getAnnotation(Since.class);
            Until until = property.getAnnotation(Until.class);
            return since == null && until == null
                    ? property
                    : new Versioned(
                            property,
                            since == null ? 0 : VersionScope.number(Microversion.of(since.value())),
                            until == null ? Long.MAX_VALUE : VersionScope.number(Microversion.of(until.value())));
        });
        return properties;
    }

    private static final class Versioned extends BeanPropertyWriter {
        private static final long serialVersionUID = 1L;
        private final long since;
        private final long until;

        Versioned(BeanPropertyWriter property, long since, long until) {
            super(property);
            this.since = since;
            this.until = until;
        }

        @Override
        public void serializeAsField(Object bean, JsonGenerator json, SerializerProvider provider) throws Exception {
            long version = VersionScope.current();
            if (since <= version && version <= until) {
                super.serializeAsField(bean, json, provider);
            }
        }
    }
}
