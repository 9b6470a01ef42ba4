// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.file;

import java.io.StringReader;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Text to nodes that know their line. */
final class Yaml {

    /** What YAML reads as the same word without quotes, inside brackets too. */
    private static final Pattern PLAIN = Pattern.compile("[\\w./][\\w./+-]*(:+[\\w./+-]+)*");

    private Yaml() {}

    /**
     * The one document of a text; null if there is none.
     *
     * @throws ConfigException if the text is not YAML
     */
    static @Nullable Node compose(String file, String text) {
        try {
            return compose(text);
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            throw refusal(file, mark == null ? 0 : mark.getLine() + 1, String.valueOf(e.getProblem()));
        } catch (YAMLException e) {
            throw refusal(
                    file, 0, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    /** The items of a list that stands in this program, not in the file: they have line 0. */
    static List<Node> defaultList(String text) {
        return compose(text) instanceof SequenceNode list
                ? list.getValue().stream().map(Yaml::withoutLines).toList()
                : List.of();
    }

    /** Counted from 1; 0 if the node is a default. */
    static int line(Node node) {
        var mark = node.getStartMark();
        return mark == null ? 0 : mark.getLine() + 1;
    }

    /** A node on one line. */
    static String text(Node node) {
        return switch (node) {
            case MappingNode mapping ->
                mapping.getValue().stream()
                        .map(entry -> text(entry.getKeyNode()) + ": " + text(entry.getValueNode()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case SequenceNode list ->
                list.getValue().stream().map(Yaml::text).collect(Collectors.joining(", ", "[", "]"));
            case ScalarNode scalar when PLAIN.matcher(scalar.getValue()).matches() -> scalar.getValue();
            case ScalarNode scalar ->
                '"' + scalar.getValue().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            default -> String.valueOf(node.getTag());
        };
    }

    private static @Nullable Node compose(String text) {
        var options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE); // the size of the file is limited before it is read
        return new org.yaml.snakeyaml.Yaml(options).compose(new StringReader(text));
    }

    private static Node withoutLines(Node node) {
        return switch (node) {
            case MappingNode mapping ->
                new MappingNode(
                        mapping.getTag(),
                        true,
                        mapping.getValue().stream()
                                .map(entry -> new NodeTuple(
                                        withoutLines(entry.getKeyNode()), withoutLines(entry.getValueNode())))
                                .toList(),
                        null,
                        null,
                        mapping.getFlowStyle());
            case ScalarNode scalar ->
                new ScalarNode(scalar.getTag(), scalar.getValue(), null, null, scalar.getScalarStyle());
            default -> node;
        };
    }

    private static ConfigException refusal(String file, int line, String problem) {
        var remedy = problem.contains("TAB")
                ? "indent with spaces, YAML does not allow tabs"
                : problem.contains("found ':'")
                        ? "put an IPv6 address that begins with a colon in quotes, such as \"::1\""
                        : "look for a missing space behind a colon, uneven indentation, or an open quote or bracket";
        return ConfigException.of(file, line, "this is not YAML: " + problem + "; " + remedy);
    }
}
