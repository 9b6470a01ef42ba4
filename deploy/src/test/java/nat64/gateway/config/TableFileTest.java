// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nat64.gateway.config.file.ConfigException;
import nat64.gateway.config.file.KeyChange;
import nat64.gateway.config.file.Problem;
import nat64.translator.address.Eam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableFileTest {

    private static final String SIIT = "role: translator\ntranslator: {mode: siit, stateless: {eam-file: %s}}\n";

    @TempDir
    Path directory;

    @Test
    void addsTheMappingsOfAFileToThoseOfTheList() throws IOException {
        write("nat64.yaml", """
                role: translator
                translator:
                  mode: siit
                  stateless:
                    eam: [{ipv4: 192.0.2.1, ipv6: "2001:db8::1"}]
                    eam-file: eam.csv
                """);
        write("eam.csv", "192.0.2.2,2001:db8::2\n198.51.100.0/24,2001:db8:1::/120,ipv4\n");

        var stateless = load().config().translator().stateless();
        assertThat(stateless.eams())
                .containsExactly(
                        Eam.parse("192.0.2.1", "2001:db8::1"),
                        Eam.parse("192.0.2.2", "2001:db8::2"),
                        Eam.parse("198.51.100.0/24", "2001:db8:1::/120"));
        assertThat(stateless.ipv6Eams()).hasSize(2);
    }

    @Test
    void readsTheSameListAsYaml() throws IOException {
        write("nat64.yaml", SIIT.formatted("eam.yaml"));
        write("eam.yaml", "- {ipv4: 192.0.2.1, ipv6: \"2001:db8::1\"}\n- ipv4: 192.0.2.2\n  ipv6: 2001:db8::2\n");

        assertThat(load().config().translator().stateless().eams()).hasSize(2);
    }

    @Test
    void readsStaticBindings() throws IOException {
        write("nat64.yaml", "translator: {static-bindings-file: b.csv}\n");
        write("b.csv", "protocol,ipv4,ipv6\ntcp,100.64.64.1:80,[2001:db8::5]:80\n");

        assertThat(load().config().translator().stateful().policy().staticBindings())
                .singleElement()
                .satisfies(binding -> assertThat(binding.ipv6Port()).isEqualTo(80));
    }

    @Test
    void aPathIsRelativeToTheFileThatHasIt() throws IOException {
        write("nat64.yaml", "include: [siit/a.yaml]\n");
        write("siit/a.yaml", SIIT.formatted("eam.csv"));
        write("siit/eam.csv", "192.0.2.1,2001:db8::1\n");

        assertThat(load().config().translator().stateless().eams()).hasSize(1);
    }

    @Test
    void anEmptyTableIsRightWhereAReloadMayFillIt() throws IOException {
        write("nat64.yaml", SIIT.formatted("eam.csv"));
        write("eam.csv", "ipv4,ipv6 # none yet\n");

        assertThat(load().config().translator().stateless().eams()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            wrong address | 192.0.2.300,2001:db8::1 | eam.csv:1: translator.stateless.eam.ipv4: not an IPv4 address
            no second value | \\n192.0.2.1 | eam.csv:2: translator.stateless.eam: has no ipv6; the columns are
            too many values | 192.0.2.1,2001:db8::1,ipv6,x | eam.csv:1: translator.stateless.eam: has 4 values
            unknown column | ipv4,ip6 | eam.csv:1: translator.stateless.eam: the column ip6 is not known; the columns
            mapped twice | 192.0.2.1,2001:db8::1\\n192.0.2.1,2001:db8::2 \
              | eam.csv:2: translator.stateless.eam.ipv6: 192.0.2.1/32 <-> 2001:db8::2/128 has the same prefix as
            """)
    void namesTheLineOfTheTable(String name, String table, String message) throws IOException {
        write("nat64.yaml", SIIT.formatted("eam.csv"));
        write("eam.csv", table.replace("\\n", "\n") + "\n");

        assertThat(problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).startsWith(directory + "/" + message));
    }

    @Test
    void namesTheKeyOfAMissingTable() throws IOException {
        write("nat64.yaml", SIIT.formatted("eam.csv"));

        assertThat(problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .isEqualTo(
                                "%1$s/eam.csv: translator.stateless.eam-file: there is no such file; check the path in"
                                                .formatted(directory)
                                        + " " + directory + "/nat64.yaml:2"));
    }

    @Test
    void refusesATableThatIsNoListOfYaml() throws IOException {
        write("nat64.yaml", SIIT.formatted("eam.yaml"));
        write("eam.yaml", "eam: []\n");

        assertThat(problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).startsWith("must be a list, each item in a line"));
    }

    @Test
    void tellsTheFirstTwentyMistakesOfATable() throws IOException {
        write("nat64.yaml", SIIT.formatted("eam.csv"));
        write("eam.csv", "192.0.2.x,2001:db8::1\n".repeat(100));

        assertThat(problems())
                .hasSize(21)
                .last()
                .satisfies(problem -> assertThat(problem.toString()).isEqualTo(directory + "/eam.csv: and 80 more"));
    }

    @Test
    void aReloadTakesChangedMappings() throws IOException {
        write("nat64.yaml", SIIT.formatted("eam.csv"));
        write("eam.csv", "192.0.2.1,2001:db8::1\n");
        var before = load();
        write(
                "eam.csv",
                IntStream.range(0, 100)
                        .mapToObj(i -> "198.51.100.%d,2001:db8::1:%x\n".formatted(i, i))
                        .collect(Collectors.joining()));

        var changes = ConfigChanges.between(before, load());
        assertThat(changes.needingRestart()).isEmpty();
        assertThat(changes.reloadable())
                .singleElement()
                .extracting(KeyChange::lines)
                .satisfies(lines -> {
                    assertThat(lines).hasSize(1 + 1 + 20 + 1);
                    assertThat(lines).startsWith("translator.stateless.eam: 1 removed, 100 added");
                    assertThat(lines).endsWith("  + and 80 more");
                });
    }

    private LoadedConfig load() {
        return ConfigFile.load(directory.resolve("nat64.yaml"));
    }

    private List<Problem> problems() {
        return catchThrowableOfType(ConfigException.class, this::load).problems();
    }

    private void write(String name, String text) throws IOException {
        var file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
