// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Locale;

/**
 * Records, lists and maps to JSON, and JSON to a tree. Names of components become {@code snake_case}, and constants
 * that are keys become lower case, as metrics spell them. Any thread may use it.
 */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addModule(new SimpleModule().addKeySerializer(Enum.class, new LowerCaseKeys()))
            .build();

    private Json() {}

    /**
     * Reads JSON.
     *
     * @throws IllegalArgumentException if the text is not JSON; the message says where it is wrong
     */
    public static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** In many lines, which people can read too. */
    public static String of(Object value) {
        return written(MAPPER.writerWithDefaultPrettyPrinter(), value);
    }

    /** In one line. */
    public static String line(Object value) {
        return written(MAPPER.writer(), value);
    }

    private static String written(ObjectWriter writer, Object value) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + value, e);
        }
    }

    @SuppressWarnings("rawtypes")
    private static final class LowerCaseKeys extends JsonSerializer<Enum> {

        @Override
        public void serialize(Enum constant, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeFieldName(constant.name().toLowerCase(Locale.ROOT));
        }
    }
}
