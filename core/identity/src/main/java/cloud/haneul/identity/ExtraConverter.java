package cloud.haneul.identity;

import cloud.haneul.kernel.data.Json;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Attributes that the API has no name for but keeps for its clients, as JSON text. */
@Converter
public class ExtraConverter implements AttributeConverter<Map<String, Object>, String> {
    @Override
    public String convertToDatabaseColumn(Map<String, Object> extra) {
        return Json.write(extra);
    }

    @Override
    public Map<String, Object> convertToEntityAttribute(String text) {
        return text.equals("{}") ? Map.of() : Json.read(text, new TypeReference<LinkedHashMap<String, Object>>() {});
    }
}
