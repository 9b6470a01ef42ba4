// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nat64.gateway.config.file.Assembly;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.text.Csv;
import nat64.gateway.config.text.MalformedTextException;
import nat64.gateway.config.text.Node;
import nat64.gateway.config.text.Place;
import nat64.gateway.config.text.Source;
import nat64.gateway.config.text.TextFile;
import nat64.gateway.config.text.Trees;
import nat64.gateway.config.translator.TranslatorKeys;
import nat64.gateway.config.translator.binding.BindingText;
import nat64.translator.session.policy.StaticBinding;

/** Where the files of a configuration have their static bindings, as the files are now. */
public final class StaticBindingPlaces {

    /** The key of their list. */
    public static final String KEY = TranslatorKeys.BINDINGS_TABLE.items().path();

    private static final List<String> LIST = List.of(KEY.split("\\.", -1));

    private StaticBindingPlaces() {}

    /**
     * The place of the binding of an address and port of pool4, in any file.
     *
     * @param main the configuration file
     * @throws ConfigException if it is no longer YAML
     */
    public static Optional<Place> find(Path main, StaticBinding.Outside outside) {
        var source = Source.of(main);
        try {
            var text = TextFile.read(source, main, "");
            return Assembly.of(new Reading(source), text, ConfigFile.LAYOUT)
                    .top()
                    .flatMap(top -> Trees.find(top, LIST))
                    .flatMap(list -> find(list, outside));
        } catch (MalformedTextException e) {
            throw ConfigFile.refusal(e);
        }
    }

    /** The line of the binding in the text of a table, counted from 1. */
    public static Optional<Integer> line(String csv, StaticBinding.Outside outside) {
        var rows = Csv.read(Source.named("the table"), csv, TranslatorKeys.BINDINGS_TABLE.columns(), (_, _) -> {});
        return find(rows, outside).map(Place::line);
    }

    /** The columns of a table, in the order in which its lines have them. */
    public static List<String> columns(String csv) {
        return Csv.columns(csv, TranslatorKeys.BINDINGS_TABLE.columns());
    }

    /** The file that {@code translator.static-bindings-file} names, if it does. */
    public static Optional<Path> file(LoadedConfig loaded) {
        var value = loaded.values().get(TranslatorKeys.BINDINGS_TABLE.file().path());
        return value == null || value.place().isDefault()
                ? Optional.empty()
                : Optional.of(value.place()
                        .source()
                        .resolve(Path.of(value.parts().getFirst().text())));
    }

    private static Optional<Place> find(Node list, StaticBinding.Outside outside) {
        return list instanceof Node.Sequence(var _, var items)
                ? items.stream()
                        .filter(item -> item instanceof Node.Mapping mapping && isAt(mapping, outside))
                        .map(Node::place)
                        .findFirst()
                : Optional.empty();
    }

    private static boolean isAt(Node.Mapping mapping, StaticBinding.Outside outside) {
        var values = new HashMap<String, String>();
        for (var entry : mapping.entries()) {
            if (entry.key() instanceof Node.Scalar key && entry.value() instanceof Node.Scalar value) {
                values.put(key.value(), value.value());
            }
        }
        try {
            return BindingText.outside(Map.copyOf(values)).equals(outside);
        } catch (IllegalArgumentException e) {
            return false; // it is wrong, or another one
        }
    }
}
