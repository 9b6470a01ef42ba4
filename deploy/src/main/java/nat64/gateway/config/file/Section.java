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
 * One mapping of the file. Every value is asked for by its {@link Key}; what is wrong is noted in the {@link Reading},
 * and the default goes on in its place so that the walk finds the next mistake, too.
 */
public final class Section {

    private final Reading reading;
    private final String path;
    private final int line;
    private final Map<String, KeyValue> sink;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private boolean isMalformed;

    private Section(Reading reading, String path, int line, Map<String, KeyValue> sink) {
        this.reading = reading;
        this.path = path;
        this.line = line;
        this.sink = sink;
    }

    /**
     * The top of a file.
     *
     * @throws ConfigException if the text is not YAML
     */
    public static Section of(Reading reading, String text) {
        return of(reading, "", Yaml.compose(reading.file(), text), reading.sink());
    }

    /** Any mapping; no node is an empty one. */
    private static Section of(Reading reading, String path, @Nullable Node node, Map<String, KeyValue> sink) {
        var section = new Section(reading, path, node == null ? 0 : Yaml.line(node), sink);
        switch (node) {
            case null -> {}
            case MappingNode mapping -> section.take(mapping);
            case Node empty when empty.getTag().equals(Tag.NULL) -> {}
            default -> section.refuse();
        }
        return section;
    }

    /** Whether the file says nothing here. */
    public boolean isEmpty() {
        return nodes.isEmpty();
    }

    /** The section inside this one that has these keys. */
    public Section section(Keys keys) {
        reading.knowSection(keys.path());
        var name = keys.path().substring(keys.path().lastIndexOf('.') + 1);
        return of(reading, keys.path(), nodes.get(name), sink);
    }

    /** A value that has a default. */
    public <T> Located<T> value(ValueKey<T> key) {
        reading.know(key);
        var node = nodes.get(key.name());
        var value = Optional.ofNullable(node)
                .flatMap(given -> new Scalars(reading).read(key.path(), given, key.format()))
                .orElseGet(() -> new Located<>(
                        key.format().parse(key.byDefault()), node == null ? 0 : Yaml.line(node), key.path()));
        record(key, value.value(), node);
        return value;
    }

    /** A value that has no default. */
    public <T> Optional<Located<T>> required(ValueKey<T> key) {
        reading.know(key);
        var node = nodes.get(key.name());
        if (node == null) {
            missing(key, "write one such as " + key.name() + ": " + key.format().example());
            return Optional.empty();
        }
        var value = new Scalars(reading).read(key.path(), node, key.format());
        value.ifPresent(given -> record(key, given.value(), node));
        return value;
    }

    /** A value for which another key holds where the file does not give it. */
    public <T> Optional<T> valueIfGiven(ValueKey<T> key) {
        reading.know(key);
        var node = nodes.get(key.name());
        var value = Optional.ofNullable(node)
                .flatMap(given -> new Scalars(reading).read(key.path(), given, key.format()))
                .map(Located::value);
        record(key, value.<Object>map(given -> given).orElse(key.byDefault()), node);
        return value;
    }

    /** The values of a list that has a default. */
    public <T> List<Located<T>> values(ListKey<T> key) {
        reading.know(key);
        var node = nodes.get(key.name());
        var items = node == null
                ? Yaml.defaultList(key.byDefault())
                : new Lists(reading).items(key.path(), node, key.byDefault(), key.mayBeEmpty());
        return recorded(key, items, node);
    }

    /** Where the file gives a list without values. */
    public Optional<Located<ListKey<?>>> emptyList(ListKey<?> key) {
        return nodes.get(key.name()) instanceof SequenceNode list
                        && list.getValue().isEmpty()
                ? Optional.of(new Located<>(key, Yaml.line(list), key.path()))
                : Optional.empty();
    }

    /** As {@link #valueIfGiven}, of a list. */
    public <T> Optional<List<Located<T>>> valuesIfGiven(ListKey<T> key) {
        reading.know(key);
        var node = nodes.get(key.name());
        if (node == null) {
            record(key, key.byDefault(), null);
            return Optional.empty();
        }
        return Optional.of(recorded(key, given(key, node), node));
    }

    /** A list that has no default; empty if something is wrong. */
    public <T> List<Located<T>> required(ListKey<T> key) {
        reading.know(key);
        var node = nodes.get(key.name());
        if (node == null) {
            missing(
                    key,
                    "write a list such as " + key.name() + ": [" + key.format().example() + "]");
            return List.of();
        }
        return recorded(key, given(key, node), node);
    }

    /** A mapping whose keys the operator chooses. */
    public <K, T> Map<K, List<Located<T>>> lists(MapKey<K, T> key) {
        reading.know(key);
        var node = nodes.get(key.name());
        var mapping = of(reading, key.path(), node, new LinkedHashMap<>());
        var found = new LinkedHashMap<K, List<Located<T>>>();
        var parts = new ArrayList<KeyValue.Part>();
        mapping.nodes.forEach((name, list) -> {
            reading.knowSection(mapping.join(name));
            var items = new Lists(reading).items(mapping.join(name), list, "[]", false);
            var values = new Lists(reading).values(mapping.join(name), items, key.format());
            parts.add(new KeyValue.Part(
                    Map.of(name, values.stream().map(Located::value).toList()), name + ": " + Yaml.text(list)));
            try {
                if (found.put(key.keyFormat().parse(name), values) != null) {
                    reading.error(Yaml.line(list), mapping.join(name), "duplicate key; remove one");
                }
            } catch (IllegalArgumentException e) {
                reading.error(
                        Yaml.line(list), mapping.join(name), key.keyFormat().explain(e));
            }
        });
        sink.put(key.path(), new KeyValue(key, line(node), parts, node == null ? key.byDefault() : Yaml.text(node)));
        return found;
    }

    /**
     * A list of mappings, those of the default where the file does not have it.
     *
     * @param reader reads one; gives nothing where something is wrong
     */
    public <T> List<Located<T>> each(ItemsKey key, Function<Section, Optional<T>> reader) {
        readPattern(key, reader);
        var node = nodes.get(key.name());
        var items = node == null || isWord(key, node)
                ? Yaml.defaultList(key.defaultList())
                : new Lists(reading).items(key.path(), node, key.example(), key.mayBeEmpty());
        return each(key, items, reader);
    }

    /** As {@link #valueIfGiven}, of a list of mappings. */
    public <T> Optional<List<Located<T>>> eachIfGiven(ItemsKey key, Function<Section, Optional<T>> reader) {
        if (nodes.containsKey(key.name())) {
            return Optional.of(each(key, reader));
        }
        readPattern(key, reader);
        record(key, key.byDefault(), null);
        return Optional.empty();
    }

    private static boolean isWord(ItemsKey key, Node node) {
        return key.hasWord()
                && node instanceof ScalarNode scalar
                && scalar.getValue().equals(key.byDefault());
    }

    /** Reads an item that is not there, so that its keys are known. */
    private <T> void readPattern(ItemsKey key, Function<Section, Optional<T>> reader) {
        reading.know(key);
        var pattern = new Section(reading, key.path(), 0, new LinkedHashMap<>());
        pattern.isMalformed = true; // nothing is required of it
        var _ = reader.apply(pattern);
    }

    private <T> List<Located<T>> each(ItemsKey key, List<Node> items, Function<Section, Optional<T>> reader) {
        var found = new ArrayList<Located<T>>();
        var parts = new ArrayList<KeyValue.Part>();
        for (var item : items) {
            var values = new LinkedHashMap<String, KeyValue>();
            reader.apply(of(reading, key.path(), item, values))
                    .ifPresent(value -> found.add(new Located<>(value, Yaml.line(item), key.path())));
            var meaning = new LinkedHashMap<String, List<Object>>();
            values.forEach((name, value) -> meaning.put(name, value.values()));
            parts.add(new KeyValue.Part(meaning, Yaml.text(item)));
        }
        sink.put(key.path(), new KeyValue(key, line(nodes.get(key.name())), parts, listText(parts)));
        return found;
    }

    private <T> List<Node> given(ListKey<T> key, Node node) {
        return new Lists(reading).items(key.path(), node, "[" + key.format().example() + "]", false);
    }

    private <T> List<Located<T>> recorded(ListKey<T> key, List<Node> items, @Nullable Node node) {
        var values = new Lists(reading).values(key.path(), items, key.format());
        var parts = new ArrayList<KeyValue.Part>();
        for (int i = 0; i < values.size(); i++) {
            parts.add(new KeyValue.Part(values.get(i).value(), Yaml.text(items.get(i))));
        }
        sink.put(key.path(), new KeyValue(key, line(node), parts, node == null ? key.byDefault() : listText(parts)));
        return values;
    }

    private void record(Key key, Object value, @Nullable Node node) {
        var text = node == null ? key.byDefault() : Yaml.text(node);
        sink.put(key.path(), new KeyValue(key, line(node), List.of(new KeyValue.Part(value, text)), text));
    }

    private static int line(@Nullable Node node) {
        return node == null ? 0 : Yaml.line(node);
    }

    private static String listText(List<KeyValue.Part> parts) {
        return "[" + String.join(", ", parts.stream().map(KeyValue.Part::text).toList()) + "]";
    }

    private void missing(Key key, String remedy) {
        if (!isMalformed) { // else it is reported already
            reading.error(line, path, "has no " + key.name() + "; " + remedy);
        }
    }

    private void refuse() {
        isMalformed = true;
        reading.error(line, path, "must be keys and values; write them as `key: value` lines");
    }

    private void take(MappingNode mapping) {
        var lines = new LinkedHashMap<String, Integer>();
        for (var entry : mapping.getValue()) {
            int at = Yaml.line(entry.getKeyNode());
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                reading.error(at, path, "a key must be a word; put a key with colons or brackets in quotes");
                continue;
            }
            var first = lines.putIfAbsent(key.getValue(), at);
            if (first != null) {
                reading.error(
                        at, join(key.getValue()), "duplicate key, first defined in line " + first + "; remove one");
                continue;
            }
            nodes.put(key.getValue(), entry.getValueNode());
            reading.found(at, join(key.getValue()));
        }
    }

    private String join(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
