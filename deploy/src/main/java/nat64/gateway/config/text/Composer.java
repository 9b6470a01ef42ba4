// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.text;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Makes a tree of the events of a YAML parser. The parser's own trees hold the tag of each value, which takes time and
 * which a strict reader doesn't use.
 */
final class Composer {

    private static final int DEEPEST = 50;

    /** As YAML 1.1 writes no value. */
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private final Source source;
    private final Iterator<Event> events;
    private final Map<String, Node> anchors = new HashMap<>();
    private Place last = Place.DEFAULT; // of the node before: most stand in the same line

    Composer(Source source, String text) {
        var options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE); // the size of the file is limited before it is read
        this.source = source;
        this.events = new org.yaml.snakeyaml.Yaml(options)
                .parse(new StringReader(text))
                .iterator();
    }

    static boolean isNull(String value) {
        return NULLS.contains(value);
    }

    /** The only document. */
    Optional<Node> document() {
        events.next(); // the start of the stream
        if (!(events.next() instanceof DocumentStartEvent)) {
            return Optional.empty();
        }
        var root = node(events.next(), 0);
        events.next(); // the end of the document
        if (events.next() instanceof DocumentStartEvent another) {
            throw new Refusal("but found another document", another.getStartMark());
        }
        return Optional.of(root);
    }

    private Node node(Event event, int depth) {
        if (depth > DEEPEST) {
            throw new Refusal("values are nested in each other more than " + DEEPEST + " times", event.getStartMark());
        }
        if (event instanceof AliasEvent alias) {
            var meant = anchors.get(alias.getAnchor());
            if (meant == null) {
                throw new Refusal("found undefined alias " + alias.getAnchor(), alias.getStartMark());
            }
            return meant;
        }
        var node = switch (event) {
            case ScalarEvent scalar -> new Node.Scalar(place(event), scalar.getValue(), isNull(scalar));
            case SequenceStartEvent _ -> sequence(place(event), depth);
            case MappingStartEvent _ -> mapping(place(event), depth);
            default -> throw new IllegalStateException("no node begins with " + event);
        };
        var anchor = ((NodeEvent) event).getAnchor();
        if (anchor != null) {
            anchors.put(anchor, node); // afterwards: no node is a part of itself
        }
        return node;
    }

    private Node sequence(Place place, int depth) {
        var items = new ArrayList<Node>();
        for (var event = events.next(); !event.is(Event.ID.SequenceEnd); event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return new Node.Sequence(place, items);
    }

    private Node mapping(Place place, int depth) {
        var entries = new ArrayList<Node.Entry>(2);
        for (var event = events.next(); !event.is(Event.ID.MappingEnd); event = events.next()) {
            var key = node(event, depth + 1);
            entries.add(new Node.Entry(key, node(events.next(), depth + 1)));
        }
        return new Node.Mapping(place, entries);
    }

    private Place place(Event event) {
        if (source == Source.NONE) {
            return Place.DEFAULT;
        }
        int line = event.getStartMark().getLine() + 1;
        if (line != last.line()) {
            last = source.at(line);
        }
        return last;
    }

    private static boolean isNull(ScalarEvent scalar) {
        var tag = scalar.getTag();
        return tag == null
                ? scalar.getImplicit().canOmitTagInPlainScalar() && isNull(scalar.getValue())
                : tag.equals(Tag.NULL.getValue());
    }

    /** As the parser refuses what is not YAML. */
    private static final class Refusal extends MarkedYAMLException {

        private static final long serialVersionUID = 1;

        Refusal(String problem, @Nullable Mark mark) {
            super(null, null, problem, mark);
        }
    }
}
