// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.ItemsKey;
import nat64.gateway.config.file.Key;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ListKey;
import nat64.gateway.config.file.MapKey;
import nat64.gateway.config.file.ValueKey;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** The JSON Schema of the configuration file, for editors. It is made from the keys. */
public final class JsonSchema {

    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final List<String> OBJECT_OR_NOTHING = List.of("object", "null"); // a section may be empty

    private JsonSchema() {}

    /** The schema as JSON text. */
    public static String text() {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("$schema", DIALECT);
        schema.put("title", "Configuration of nat64");
        schema.putAll(object("object", all(AllKeys.SECTIONS)));
        try {
            return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps and lists are always JSON", e);
        }
    }

    private static Map<String, Object> all(List<Keys> sections) {
        var byPath = new HashMap<String, Map<String, Object>>();
        var top = new LinkedHashMap<String, Object>();
        byPath.put("", top);
        for (var keys : sections) {
            section(keys.path(), byPath).putAll(properties(keys));
        }
        return top;
    }

    /** The properties of the section with this path, which is added to the one around it if it is new. */
    private static Map<String, Object> section(String path, Map<String, Map<String, Object>> byPath) {
        var known = byPath.get(path);
        if (known != null) {
            return known;
        }
        var properties = new LinkedHashMap<String, Object>();
        byPath.put(path, properties);
        int dot = path.lastIndexOf('.');
        section(path.substring(0, Math.max(0, dot)), byPath)
                .put(path.substring(dot + 1), object(OBJECT_OR_NOTHING, properties));
        return properties;
    }

    private static Map<String, Object> properties(Keys keys) {
        var properties = new LinkedHashMap<String, Object>();
        keys.all().forEach(key -> properties.put(key.name(), property(key)));
        return properties;
    }

    private static Map<String, Object> object(Object type, Map<String, Object> properties) {
        var object = new LinkedHashMap<String, Object>();
        object.put("type", type);
        object.put("additionalProperties", false);
        object.put("properties", properties);
        return object;
    }

    private static Map<String, Object> property(Key key) {
        var property = switch (key) {
            case ValueKey<?> value -> sorted(value.format().schema());
            case ListKey<?> list -> array(sorted(list.format().schema()), list.mayBeEmpty());
            case ItemsKey items -> items(items);
            case MapKey<?, ?> map -> map(map.format());
        };
        if (!key.byDefault().equals(Key.REQUIRED) && !key.byDefault().equals(Key.INHERIT)) {
            property.put("default", value(key.byDefault()));
        }
        property.put("description", plain(key.about().meaning()));
        return property;
    }

    private static Map<String, Object> items(ItemsKey key) {
        var array = array(item(key.keys()), key.mayBeEmpty());
        return key.hasWord()
                ? new LinkedHashMap<>(Map.of("anyOf", List.of(Map.of("const", key.byDefault()), array)))
                : array;
    }

    private static Map<String, Object> item(Keys keys) {
        var item = object("object", properties(keys));
        item.put(
                "required",
                keys.all().stream()
                        .filter(key -> key.byDefault().equals(Key.REQUIRED))
                        .map(Key::name)
                        .toList());
        return item;
    }

    private static Map<String, Object> array(Map<String, Object> items, boolean mayBeEmpty) {
        var array = new LinkedHashMap<String, Object>();
        array.put("type", "array");
        if (!mayBeEmpty) {
            array.put("minItems", 1);
        }
        array.put("uniqueItems", true);
        array.put("items", items);
        return array;
    }

    private static Map<String, Object> map(Format<?> format) {
        var map = new LinkedHashMap<String, Object>();
        map.put("type", OBJECT_OR_NOTHING);
        map.put("additionalProperties", array(sorted(format.schema()), false));
        return map;
    }

    /** The same text at each run, whatever order a map has. */
    private static Map<String, Object> sorted(Map<String, Object> schema) {
        var sorted = new LinkedHashMap<String, Object>();
        schema.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> sorted.put(entry.getKey(), sortedInside(entry.getValue())));
        return sorted;
    }

    @SuppressWarnings("unchecked") // what a schema is made of
    private static Object sortedInside(Object value) {
        return switch (value) {
            case Map<?, ?> map -> sorted((Map<String, Object>) map);
            case List<?> list -> list.stream().map(JsonSchema::sortedInside).toList();
            default -> value;
        };
    }

    /** YAML 1.1 reads {@code off} as false and {@code 0660} as 432, but they are words here. */
    private static Object value(String yaml) {
        return yaml.equals("off") || yaml.matches("0[0-7]+") ? yaml : new Yaml(new LoaderOptions()).load(yaml);
    }

    /** Without the links and the marks of Markdown. */
    private static String plain(String markdown) {
        return markdown.replaceAll("\\[([^\\]]+)]\\([^)]+\\)", "$1").replace("`", "");
    }
}
