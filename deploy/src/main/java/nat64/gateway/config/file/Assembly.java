// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nat64.gateway.config.text.Csv;
import nat64.gateway.config.text.FilePattern;
import nat64.gateway.config.text.Fingerprint;
import nat64.gateway.config.text.MalformedTextException;
import nat64.gateway.config.text.Node;
import nat64.gateway.config.text.Place;
import nat64.gateway.config.text.Source;
import nat64.gateway.config.text.SourceFiles;
import nat64.gateway.config.text.TextFile;
import nat64.gateway.config.text.Trees;
import nat64.gateway.config.text.Yaml;
import org.jspecify.annotations.Nullable;

/**
 * Makes one tree of all files of a configuration: the main one, those that it includes, and tables that are files of
 * their own. Mappings of several files are merged and lists are joined, in the order of the files; other values may
 * stand in one file only. What is wrong is noted in the {@link Reading}, and the rest goes on without it.
 */
public final class Assembly {

    private static final int MOST_FILES = 1000;

    private final Reading reading;
    private final Layout layout;
    private final List<FilePattern> patterns = new ArrayList<>();
    private final Map<Path, Fingerprint> contents = new HashMap<>();
    private final Set<Path> included = new HashSet<>(); // without symbolic links
    private @Nullable Node top;

    /**
     * Which keys name files.
     *
     * @param include at the top
     */
    public record Layout(ListKey<FilePattern> include, List<Table> tables) {}

    /**
     * A list of mappings that may be in a file of its own, too.
     *
     * @param file the key that names the file
     * @param items the key of the list, to which the mappings of the file are added
     */
    public record Table(ValueKey<Optional<Path>> file, ItemsKey items) {

        /** Those of a table in a file. */
        public Csv.Columns columns() {
            return new Csv.Columns(
                    items.keys().all().stream().map(Key::name).toList(),
                    items.keys().all().stream()
                            .filter(key -> key.byDefault().equals(Key.REQUIRED))
                            .map(Key::name)
                            .toList());
        }
    }

    private Assembly(Reading reading, Layout layout) {
        this.reading = reading;
        this.layout = layout;
    }

    /**
     * Reads all files that a text names.
     *
     * @param text of the main file
     * @throws ConfigException if it is not YAML
     */
    public static Assembly of(Reading reading, String text, Layout layout) {
        var assembly = new Assembly(reading, layout);
        assembly.assemble(text);
        return assembly;
    }

    /** The tree, with the keys that name files. */
    public Optional<Node> top() {
        return Optional.ofNullable(top);
    }

    /** All that it was read from, apart from the main file. */
    public SourceFiles files() {
        return new SourceFiles(patterns, contents);
    }

    /** One file that means the same as all of them; nothing if it names none. */
    public Optional<String> oneText() {
        return patterns.isEmpty() ? Optional.empty() : top().map(this::oneText);
    }

    private String oneText(Node tree) {
        var whole = Trees.change(tree, path(layout.include()), _ -> Optional.empty());
        for (var table : layout.tables()) {
            if (Trees.find(whole, path(table.file())).isPresent()) {
                whole = Trees.change(whole, path(table.file()), _ -> Optional.empty());
            }
        }
        return Yaml.write(whole);
    }

    private void assemble(String text) {
        try {
            top = Yaml.compose(reading.main(), text).orElse(null);
        } catch (MalformedTextException e) {
            throw ConfigException.of(reading.main().name(), e.place().line(), e.text());
        }
        if (!(top instanceof Node.Mapping main)) {
            return; // what is there is refused by the reader
        }
        var files = includedFiles(main); // before any of them is read: messages name files from then on
        for (var file : files) {
            if (!include(file)) {
                break;
            }
        }
        layout.tables().forEach(this::addTable);
    }

    private record IncludedFile(Path path, Place place) {}

    /** The reader refuses a value that is not a pattern. */
    private List<IncludedFile> includedFiles(Node.Mapping main) {
        var found = new ArrayList<IncludedFile>();
        if (Trees.find(main, path(layout.include())).orElse(null) instanceof Node.Sequence list) {
            for (var item : list.items()) {
                if (item instanceof Node.Scalar scalar && !scalar.isNull()) {
                    parsed(layout.include().format(), scalar)
                            .ifPresent(pattern -> find(pattern.in(item.place().source()), item.place(), found));
                }
            }
        }
        return found;
    }

    private void find(FilePattern pattern, Place place, List<IncludedFile> found) {
        patterns.add(pattern);
        try {
            for (var file : pattern.files()) {
                if (!pattern.isWildcard() || !isMain(file)) {
                    found.add(new IncludedFile(file, place));
                }
            }
        } catch (IOException e) {
            reading.error(
                    place,
                    layout.include().path(),
                    "cannot list the directory of " + pattern.path() + "; create it, or remove this pattern");
        }
    }

    private boolean isMain(Path file) {
        try {
            return !reading.main().name().isEmpty()
                    && Files.isSameFile(file, Path.of(reading.main().name()));
        } catch (IOException e) {
            return false;
        }
    }

    /** A file that two patterns match is read once. Answers whether to go on. */
    private boolean include(IncludedFile file) {
        var key = layout.include().path();
        if (isMain(file.path())) {
            reading.error(file.place(), key, file.path() + " is this file itself; remove it");
            return true;
        }
        if (!included.add(real(file.path()))) {
            return true;
        }
        if (included.size() > MOST_FILES) {
            reading.error(file.place(), key, "these are more than " + MOST_FILES + " files; merge some of them");
            return false;
        }
        var source = Source.of(file.path());
        reading.alsoRead(source, false);
        var remedy = "check the path in " + file.place().source() + ":"
                + file.place().line();
        var node = text(source, file.path(), key, remedy).flatMap(text -> composed(source, text, key));
        switch (node.orElse(null)) {
            case null -> {}
            case Node.Mapping mapping -> merge(withoutInclude(mapping));
            case Node empty when empty.isNull() -> {}
            case Node other ->
                reading.error(other.place(), "", "must be keys and values; write them as `key: value` lines");
        }
        return true;
    }

    private void merge(Node.Mapping other) {
        if (top instanceof Node.Mapping before) {
            top = Trees.merge("", before, other, this::clash);
        }
    }

    private void clash(String key, Node first, Node other) {
        reading.error(other.place(), key, "is set %s, too; remove one of the two".formatted(first.place()));
    }

    /** So there are no cycles, and one file tells the order of all others. */
    private Node.Mapping withoutInclude(Node.Mapping mapping) {
        var path = path(layout.include());
        var inner = Trees.find(mapping, path);
        inner.ifPresent(node -> reading.error(
                node.place(),
                layout.include().path(),
                "an included file includes no others; list them in "
                        + reading.main().name()));
        return inner.isPresent() && Trees.change(mapping, path, _ -> Optional.empty()) instanceof Node.Mapping without
                ? without
                : mapping;
    }

    private void addTable(Table table) {
        var tree = top;
        if (tree != null
                && Trees.find(tree, path(table.file())).orElse(null) instanceof Node.Scalar name
                && !name.isNull()) {
            parsed(table.file().format(), name)
                    .flatMap(path -> path)
                    .map(path -> name.place().source().resolve(path))
                    .flatMap(path -> rows(table, path, name.place()))
                    .ifPresent(rows -> top = Trees.change(
                            tree, path(table.items()), list -> Optional.of(joined(list.orElse(null), rows))));
        }
    }

    /** The reader refuses a value that is not a list. */
    private static Node joined(@Nullable Node list, Node.Sequence rows) {
        return switch (list) {
            case null -> rows;
            case Node.Sequence(var place, var items) -> {
                var all = new ArrayList<>(items);
                all.addAll(rows.items());
                yield new Node.Sequence(place, all);
            }
            case Node other -> other;
        };
    }

    private Optional<Node.Sequence> rows(Table table, Path file, Place place) {
        var source = Source.of(file);
        var key = table.items().path();
        patterns.add(new FilePattern(file));
        reading.alsoRead(source, true);
        var text = text(source, file, table.file().path(), "check the path in " + place.source() + ":" + place.line());
        if (!file.toString().endsWith(".yaml") && !file.toString().endsWith(".yml")) {
            return text.map(
                    csv -> Csv.read(source, csv, table.columns(), (at, refusal) -> reading.error(at, key, refusal)));
        }
        return switch (text.flatMap(yaml -> composed(source, yaml, key)).orElse(null)) {
            case null -> Optional.empty();
            case Node.Sequence list -> Optional.of(list);
            case Node empty when empty.isNull() -> Optional.empty();
            case Node other -> {
                reading.error(
                        other.place(),
                        key,
                        "must be a list, each item in a line that begins with a hyphen; write " + "- {"
                                + table.items().example().replaceAll("^\\[\\{|\\}\\]$", "") + "}");
                yield Optional.empty();
            }
        };
    }

    private Optional<String> text(Source source, Path file, String key, String ifMissing) {
        try {
            var text = TextFile.read(source, file, ifMissing);
            contents.put(file, Fingerprint.of(text));
            return Optional.of(text);
        } catch (MalformedTextException e) {
            reading.error(e.place(), key, e.text());
            return Optional.empty();
        }
    }

    private Optional<Node> composed(Source source, String text, String key) {
        try {
            return Yaml.compose(source, text);
        } catch (MalformedTextException e) {
            reading.error(e.place(), key, e.text());
            return Optional.empty();
        }
    }

    private static <T> Optional<T> parsed(Format<T> format, Node.Scalar scalar) {
        try {
            return Optional.of(format.parse(scalar.value()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file; // it is refused when it is read
        }
    }

    private static List<String> path(Key key) {
        return List.of(key.path().split("\\."));
    }
}
