// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class YamlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 1",
                "a: {b: [1, 2], c: ~}",
                "a:\nb: null\nc: 'null'\nd: ''",
                "- [a, [b]]\n- {c: d}",
                "a: \"x: \\\"y\\\" \\\\ # z\\n\"",
                "a: &x [1, 2]\nb: *x",
                "a: {}\nb: []",
                "just text",
                "a: |\n  two\n  lines\n",
                "p: \"::1\"\nq: 2001:db8::/32",
            })
    void whatItWritesMeansTheSameToAnotherReader(String text) throws Exception {
        var tree = Yaml.compose(Source.named("f"), text).orElseThrow();

        assertThat(load(Yaml.write(tree))).isEqualTo(load(text));
        assertThat(load(tree.text())).isEqualTo(load(text));
    }

    @Test
    void tellsTheLineOfEachNode() throws Exception {
        var tree = (Node.Mapping)
                Yaml.compose(Source.named("f"), "a: 1\n\nb:\n  - x\n  - y\n").orElseThrow();

        assertThat(((Node.Sequence) tree.entries().get(1).value()).items())
                .extracting(item -> item.place().line())
                .containsExactly(4, 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: *b", "a: &a [*a]", "a: [[[[", "a: 1\n---\nb: 2"})
    void refusesWhatHasNoTree(String text) {
        assertThatThrownBy(() -> Yaml.compose(Source.named("f"), text))
                .isInstanceOf(MalformedTextException.class)
                .hasMessageStartingWith("this is not YAML: ");
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        assertThatThrownBy(() -> Yaml.compose(Source.named("f"), "[".repeat(60) + "]".repeat(60)))
                .isInstanceOf(MalformedTextException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n"})
    void findsNothingInAFileWithoutContent(String text) throws Exception {
        assertThat(Yaml.compose(Source.named("f"), text)).isEmpty();
    }

    private static Object load(String text) {
        Object loaded = new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        return String.valueOf(loaded);
    }
}
