// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One mapping of the file. Every value is asked for by its key, with its default as YAML; what is wrong is noted in the
 * {@link Reading}, and the default goes on in its place so that the walk finds the next mistake, too.
 */
public final class Section {

    private static final String REQUIRED = "required";

    private final Reading reading;
    private final String path;
    private final int line;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private boolean isMalformed;

    private Section(Reading reading, String path, int line) {
        this.reading = reading;
        this.path = path;
        this.line = line;
    }

    /**
     * The top of a file.
     *
     * @throws ConfigException if the text is no YAML
     */
    public static Section of(Reading reading, String text) {
        return of(reading, "", Yaml.compose(reading.file(), text));
    }

    /** The top of the file, or of any mapping inside; no node is an empty mapping. */
    private static Section of(Reading reading, String path, @Nullable Node node) {
        var section = new Section(reading, path, node == null ? 0 : Yaml.line(node));
        switch (node) {
            case null -> {}
            case MappingNode mapping -> section.take(mapping);
            case Node empty when empty.getTag().equals(Tag.NULL) -> {}
            default -> section.refuse();
        }
        return section;
    }

    /** Whether the file says anything here. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    public Section section(String key) {
        reading.knowSection(join(key));
        return of(reading, join(key), values.get(key));
    }

    public <T> Located<T> value(String key, String defaultYaml, Format<T> format) {
        reading.know(join(key), defaultYaml);
        var node = values.get(key);
        return Optional.ofNullable(node)
                .flatMap(given -> scalar(join(key), given, format))
                .orElseGet(
                        () -> new Located<>(format.parse(defaultYaml), node == null ? 0 : Yaml.line(node), join(key)));
    }

    /** A value that has no default. */
    public <T> Optional<Located<T>> required(String key, Format<T> format) {
        reading.know(join(key), REQUIRED);
        var node = values.get(key);
        if (node == null && isMalformed) {
            return Optional.empty(); // said already
        }
        if (node == null) {
            reading.error(line, path, "has no " + key + "; write one such as " + key + ": " + format.example());
            return Optional.empty();
        }
        return scalar(join(key), node, format);
    }

    /** A list that must have something in it. */
    public <T> List<Located<T>> values(String key, String defaultYaml, Format<T> format) {
        return list(key, defaultYaml, format, false);
    }

    /** A list that may be empty. */
    public <T> List<Located<T>> valuesIfAny(String key, String defaultYaml, Format<T> format) {
        return list(key, defaultYaml, format, true);
    }

    /** A list of mappings that must have something in it. */
    public List<Located<Section>> sections(String key, String defaultYaml) {
        return items(key, defaultYaml, false).stream()
                .map(item -> new Located<>(of(reading, join(key), item), Yaml.line(item), join(key)))
                .toList();
    }

    /** A list of mappings that may be empty, as it is by default; these keys are required of each mapping. */
    public List<Located<Section>> sectionsIfAny(String key, List<String> requiredKeys) {
        requiredKeys.forEach(required -> reading.know(join(key) + "." + required, REQUIRED));
        return items(key, "[]", true).stream()
                .map(item -> new Located<>(of(reading, join(key), item), Yaml.line(item), join(key)))
                .toList();
    }

    /** A mapping, empty by default, whose keys the operator chooses; each has a list with something in it. */
    public <K, T> Map<K, List<Located<T>>> lists(String key, Format<K> keyFormat, Format<T> format) {
        reading.know(join(key), "{}");
        var mapping = of(reading, join(key), values.get(key));
        var found = new LinkedHashMap<K, List<Located<T>>>();
        mapping.values.forEach((name, node) -> {
            var items = mapping.values(name, "[]", format);
            try {
                if (found.put(keyFormat.parse(name), items) != null) {
                    reading.error(Yaml.line(node), mapping.join(name), "stands there twice; delete one of the two");
                }
            } catch (IllegalArgumentException e) {
                reading.error(Yaml.line(node), mapping.join(name), keyFormat.explain(e));
            }
        });
        return found;
    }

    /** A value that means something even when the file does not name it; {@code otherwise} says what in one word. */
    public <T> Optional<T> valueIfGiven(String key, String otherwise, Format<T> format) {
        reading.know(join(key), otherwise);
        return Optional.ofNullable(values.get(key))
                .flatMap(node -> scalar(join(key), node, format))
                .map(Located::value);
    }

    /** As {@link #valueIfGiven}, of a list that must have something in it. */
    public <T> Optional<List<Located<T>>> valuesIfGiven(String key, String otherwise, Format<T> format) {
        reading.know(join(key), otherwise);
        return values.containsKey(key)
                ? Optional.of(scalars(key, given(key, "[" + format.example() + "]", false), format))
                : Optional.empty();
    }

    /** A list that has no default and must have something in it; empty if something is wrong. */
    public <T> List<Located<T>> requiredList(String key, Format<T> format) {
        reading.know(join(key), REQUIRED);
        var example = "[" + format.example() + "]";
        if (values.containsKey(key)) {
            return scalars(key, given(key, example, false), format);
        }
        if (!isMalformed) {
            reading.error(line, path, "has no " + key + "; write a list such as " + key + ": " + example);
        }
        return List.of();
    }

    /**
     * A list of mappings that may be empty, each read by the function; none if the file does not name it.
     *
     * @param otherwise the default: an empty list, or a word that says what stands in its place
     * @param reader gives nothing where something is wrong
     */
    public <T> Optional<List<Located<T>>> each(
            String key, String otherwise, String example, Function<Section, Optional<T>> reader) {
        reading.know(join(key), otherwise);
        var pattern = new Section(reading, join(key), 0);
        pattern.isMalformed = true; // nothing is required of it: it is read so that its keys are known
        var _ = reader.apply(pattern);
        return values.containsKey(key) ? Optional.of(each(key, example, reader)) : Optional.empty();
    }

    private <T> List<Located<T>> each(String key, String example, Function<Section, Optional<T>> reader) {
        var found = new ArrayList<Located<T>>();
        for (var item : given(key, example, true)) {
            reader.apply(of(reading, join(key), item))
                    .ifPresent(value -> found.add(new Located<>(value, Yaml.line(item), join(key))));
        }
        return found;
    }

    private <T> List<Located<T>> list(String key, String defaultYaml, Format<T> format, boolean mayBeEmpty) {
        return scalars(key, items(key, defaultYaml, mayBeEmpty), format);
    }

    private <T> List<Located<T>> scalars(String key, List<Node> items, Format<T> format) {
        var found = new ArrayList<Located<T>>();
        for (var item : items) {
            scalar(join(key), item, format).filter(value -> isNew(value, found)).ifPresent(found::add);
        }
        return found;
    }

    private <T> boolean isNew(Located<T> value, List<Located<T>> before) {
        var same = before.stream()
                .filter(other -> other.value().equals(value.value()))
                .findFirst();
        same.ifPresent(other ->
                reading.error(value, "stands there twice, first " + other.place() + "; delete one of the two"));
        return same.isEmpty();
    }

    private List<Node> items(String key, String defaultYaml, boolean mayBeEmpty) {
        reading.know(join(key), defaultYaml);
        return values.containsKey(key) ? given(key, defaultYaml, mayBeEmpty) : Yaml.defaultList(defaultYaml);
    }

    /** The items of a list that the file has. */
    private List<Node> given(String key, String example, boolean mayBeEmpty) {
        var node = values.get(key);
        if (!(node instanceof SequenceNode list)) {
            reading.error(
                    node == null ? line : Yaml.line(node),
                    join(key),
                    "must be a list; write it in brackets, such as " + example);
            return List.of();
        }
        if (list.getValue().isEmpty() && !mayBeEmpty) {
            reading.error(
                    Yaml.line(node),
                    join(key),
                    "is empty; list at least one, or delete the key for the default " + example);
        }
        return list.getValue();
    }

    private <T> Optional<Located<T>> scalar(String key, Node node, Format<T> format) {
        int line = Yaml.line(node);
        if (node.getTag().equals(Tag.NULL)) {
            reading.error(line, key, "has no value; write one such as " + format.example() + ", or delete the key");
            return Optional.empty();
        }
        if (!(node instanceof ScalarNode scalar)) {
            reading.error(line, key, "must be one value" + hint(node) + "; write for example " + format.example());
            return Optional.empty();
        }
        try {
            return Optional.of(new Located<>(format.parse(scalar.getValue()), line, key));
        } catch (IllegalArgumentException e) {
            reading.error(line, key, format.explain(e));
            return Optional.empty();
        }
    }

    private void refuse() {
        isMalformed = true;
        reading.error(line, path, "must be keys and values; write them as `key: value` lines");
    }

    private void take(MappingNode mapping) {
        var lines = new LinkedHashMap<String, Integer>();
        for (var entry : mapping.getValue()) {
            int line = Yaml.line(entry.getKeyNode());
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                reading.error(line, path, "a key must be a word; put what has colons or brackets in quotes");
                continue;
            }
            var first = lines.putIfAbsent(key.getValue(), line);
            if (first != null) {
                reading.error(
                        line,
                        join(key.getValue()),
                        "stands there twice, first in line " + first + "; delete one of the two");
                continue;
            }
            values.put(key.getValue(), entry.getValueNode());
            reading.found(line, join(key.getValue()));
        }
    }

    private String join(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** An IPv6 address that ends in a colon reads as a key, in brackets even unquoted ones do. */
    private static String hint(Node node) {
        return node instanceof MappingNode ? ", not keys and values; put an IPv6 address in quotes" : ", not a list";
    }
}
