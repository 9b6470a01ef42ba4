// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import nat64.gateway.config.text.Node;
import nat64.gateway.config.text.Place;
import nat64.gateway.config.text.Yaml;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of the file. Every value is asked for by its {@link Key}; what is wrong is noted in the {@link Reading},
 * and the default goes on in its place so that the walk finds the next mistake, too.
 */
public final class Section {

    private final Reading reading;
    private final String path;
    private final Place place;
    private final Map<String, KeyValue> sink;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private boolean isMalformed;

    private Section(Reading reading, String path, Place place, Map<String, KeyValue> sink) {
        this.reading = reading;
        this.path = path;
        this.place = place;
        this.sink = sink;
    }

    /** The top of a file; no node is an empty file. */
    public static Section of(Reading reading, Optional<Node> top) {
        return of(reading, "", top.orElse(null), reading.sink());
    }

    /** Any mapping; no node is an empty one. */
    private static Section of(Reading reading, String path, @Nullable Node node, Map<String, KeyValue> sink) {
        var section = new Section(reading, path, place(node), sink);
        switch (node) {
            case null -> {}
            case Node.Mapping mapping -> section.take(mapping);
            case Node empty when empty.isNull() -> {}
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
                .orElseGet(() -> new Located<>(key.format().parse(key.byDefault()), place(node), key.path()));
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
        return nodes.get(key.name()) instanceof Node.Sequence list
                        && list.items().isEmpty()
                ? Optional.of(new Located<>(key, list.place(), key.path()))
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
                    Map.of(name, values.stream().map(Located::value).toList()), () -> name + ": " + list.text()));
            try {
                if (found.put(key.keyFormat().parse(name), values) != null) {
                    reading.error(list.place(), mapping.join(name), "duplicate key; remove one");
                }
            } catch (IllegalArgumentException e) {
                reading.error(list.place(), mapping.join(name), key.keyFormat().explain(e));
            }
        });
        sink.put(key.path(), new KeyValue(key, place(node), parts));
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
                && node instanceof Node.Scalar scalar
                && scalar.value().equals(key.byDefault());
    }

    /** Reads an item that is not there, so that its keys are known. */
    private <T> void readPattern(ItemsKey key, Function<Section, Optional<T>> reader) {
        reading.know(key);
        var pattern = new Section(reading, key.path(), Place.DEFAULT, new LinkedHashMap<>());
        pattern.isMalformed = true; // nothing is required of it
        var _ = reader.apply(pattern);
    }

    private <T> List<Located<T>> each(ItemsKey key, List<Node> items, Function<Section, Optional<T>> reader) {
        var found = new ArrayList<Located<T>>();
        var parts = new ArrayList<KeyValue.Part>();
        for (var item : items) {
            var values = new LinkedHashMap<String, KeyValue>();
            reader.apply(of(reading, key.path(), item, values))
                    .ifPresent(value -> found.add(new Located<>(value, item.place(), key.path())));
            var meaning = new ArrayList<Object>(); // smaller than a map, and there may be 100,000 items
            values.forEach((name, value) -> meaning.addAll(List.of(name, value.values())));
            parts.add(new KeyValue.Part(List.copyOf(meaning), item::text));
        }
        sink.put(key.path(), new KeyValue(key, place(nodes.get(key.name())), parts));
        return found;
    }

    private <T> List<Node> given(ListKey<T> key, Node node) {
        return new Lists(reading).items(key.path(), node, "[" + key.format().example() + "]", false);
    }

    private <T> List<Located<T>> recorded(ListKey<T> key, List<Node> items, @Nullable Node node) {
        var values = new Lists(reading).values(key.path(), items, key.format());
        var parts = new ArrayList<KeyValue.Part>();
        for (int i = 0; i < values.size(); i++) {
            parts.add(new KeyValue.Part(values.get(i).value(), items.get(i)::text));
        }
        sink.put(key.path(), new KeyValue(key, place(node), parts));
        return values;
    }

    private void record(Key key, Object value, @Nullable Node node) {
        var part = new KeyValue.Part(value, node == null ? key::byDefault : node::text);
        sink.put(key.path(), new KeyValue(key, place(node), List.of(part)));
    }

    private static Place place(@Nullable Node node) {
        return node == null ? Place.DEFAULT : node.place();
    }

    private void missing(Key key, String remedy) {
        if (!isMalformed) { // else it is reported already
            reading.error(place, path, "has no " + key.name() + "; " + remedy);
        }
    }

    private void refuse() {
        isMalformed = true;
        reading.error(place, path, "must be keys and values; write them as `key: value` lines");
    }

    private void take(Node.Mapping mapping) {
        var first = new HashMap<String, Place>();
        for (var entry : mapping.entries()) {
            var at = entry.key().place();
            if (!(entry.key() instanceof Node.Scalar key)) {
                reading.error(at, path, "a key must be a word; put a key with colons or brackets in quotes");
                continue;
            }
            var earlier = first.putIfAbsent(key.value(), at);
            if (earlier != null) {
                reading.error(at, join(key.value()), "duplicate key, first defined " + earlier + "; remove one");
                continue;
            }
            nodes.put(key.value(), entry.value());
            reading.found(at, join(key.value()));
        }
    }

    private String join(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
