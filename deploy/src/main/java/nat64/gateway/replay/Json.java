// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Records, lists and maps as JSON, for programs that read a report. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private Json() {}

    /** In many lines, for people too. */
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
            throw new IllegalArgumentException("not to be had as JSON: " + value, e);
        }
    }
}
