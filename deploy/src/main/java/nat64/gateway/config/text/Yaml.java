// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** YAML to nodes and back. */
public final class Yaml {

    /** What YAML reads as the same word without quotes, inside brackets too. */
    private static final Pattern PLAIN = Pattern.compile("[\\w./][\\w./+-]*(:+[\\w./+-]+)*");

    private Yaml() {}

    /**
     * The one document of a text; nothing if there is none.
     *
     * @throws MalformedTextException if the text is not YAML
     */
    public static Optional<Node> compose(Source source, String text) throws MalformedTextException {
        try {
            return new Composer(source, text).document();
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            throw refusal(source.at(mark == null ? 0 : mark.getLine() + 1), String.valueOf(e.getProblem()));
        } catch (YAMLException e) {
            throw refusal(
                    source.at(0),
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    /** The items of a list that stands in this program, not in a file. */
    public static List<Node> defaultList(String text) {
        try {
            return compose(Source.NONE, text).orElse(null) instanceof Node.Sequence list ? list.items() : List.of();
        } catch (MalformedTextException e) {
            throw new IllegalStateException("a default is YAML: " + text, e);
        }
    }

    /** A document with the same meaning as the tree: keys and items on lines of their own. */
    public static String write(Node tree) {
        var text = new StringBuilder();
        write(tree, "", text);
        return text.toString();
    }

    private static void write(Node node, String indentation, StringBuilder text) {
        switch (node) {
            case Node.Mapping mapping
            when !mapping.entries().isEmpty() ->
                mapping.entries().forEach(entry -> {
                    text.append(indentation).append(entry.key().text()).append(':');
                    boolean isBlock = isBlock(entry.value());
                    if (isBlock) {
                        text.append('\n');
                        write(entry.value(), indentation + "  ", text);
                    } else {
                        text.append(' ').append(entry.value().text()).append('\n');
                    }
                });
            case Node.Sequence list
            when !list.items().isEmpty() ->
                list.items()
                        .forEach(item -> text.append(indentation)
                                .append("- ")
                                .append(item.text())
                                .append('\n'));
            default -> text.append(indentation).append(node.text()).append('\n');
        }
    }

    private static boolean isBlock(Node node) {
        return switch (node) {
            case Node.Mapping mapping -> !mapping.entries().isEmpty();
            case Node.Sequence list -> !list.items().isEmpty();
            case Node.Scalar _ -> false;
        };
    }

    /** A value as it is written, in quotes where it needs them. */
    static String quoted(String value) {
        return PLAIN.matcher(value).matches() && !Composer.isNull(value)
                ? value
                : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static MalformedTextException refusal(Place place, String problem) {
        var remedy = problem.contains("TAB")
                ? "indent with spaces, YAML does not allow tabs"
                : problem.contains("found ':'")
                        ? "put an IPv6 address that begins with a colon in quotes, such as \"::1\""
                        : "look for a missing space behind a colon, uneven indentation, or an open quote or bracket";
        return new MalformedTextException(place, "this is not YAML: " + problem + "; " + remedy);
    }
}
