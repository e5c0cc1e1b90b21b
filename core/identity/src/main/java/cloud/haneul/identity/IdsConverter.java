package cloud.haneul.identity;

import cloud.haneul.kernel.data.Json;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;

/** A short list of ids as JSON text. */
@Converter
public class IdsConverter implements AttributeConverter<List<String>, String> {
    @Override
    public String convertToDatabaseColumn(List<String> ids) {
        return Json.write(ids);
    }

    @Override
    public List<String> convertToEntityAttribute(String text) {
        return List.copyOf(Json.read(text, new TypeReference<List<String>>() {}));
    }
}
