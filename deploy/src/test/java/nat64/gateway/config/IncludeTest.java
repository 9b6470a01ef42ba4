// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nat64.gateway.config.file.ConfigException;
import nat64.gateway.config.file.KeyValue;
import nat64.gateway.config.file.Problem;
import nat64.gateway.config.text.FilePattern;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncludeTest {

    @TempDir
    Path directory;

    @Test
    void joinsListsInTheOrderOfTheFiles() throws IOException {
        write("nat64.yaml", "include: [conf.d/*.yaml]\nclients: [2001:db8:1::/48]\n");
        write("conf.d/20.yaml", "clients: [2001:db8:3::/48]\n");
        write("conf.d/10.yaml", "clients: [2001:db8:2::/48]\n");

        assertThat(load().config().clients().ipv6())
                .containsExactly(
                        Ipv6Prefix.parse("2001:db8:1::/48"),
                        Ipv6Prefix.parse("2001:db8:2::/48"),
                        Ipv6Prefix.parse("2001:db8:3::/48"));
    }

    @Test
    void mergesSections() throws IOException {
        write("nat64.yaml", "include: [a.yaml, b.yaml]\ntranslator:\n");
        write("a.yaml", "translator: {lifetimes: {udp: 10m}}\n");
        write("b.yaml", "translator: {lifetimes: {icmp: 2m}, max-sessions: 1000}\n");

        assertThat(load().values())
                .extractingByKeys("translator.lifetimes.udp", "translator.lifetimes.icmp", "translator.max-sessions")
                .extracting(KeyValue::text)
                .containsExactly("10m", "2m", "1000");
    }

    @Test
    void anIncludedFileMayHaveAnyKey() throws IOException {
        write("nat64.yaml", "include: [all.yaml]\n");
        write("all.yaml", "role: translator\npref64: [2001:db8:64::/96]\nlog: {level: debug}\n");

        assertThat(load().config().pref64s()).containsExactly(Pref64.parse("2001:db8:64::/96"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            value in two files | role: both | role: dns64 | a.yaml:1: role: is set in {dir}/nat64.yaml:2, too
            value twice in one file | | role: both\\nrole: dns64 | a.yaml:2: role: duplicate key, first defined in
            value inside of sections | log: {level: info} | log: {level: warn} | a.yaml:1: log.level: is set in
            list against a value | clients: [auto] | clients: auto | a.yaml:1: clients: is set in {dir}/nat64.yaml:2
            no value against a value | role: both | role: | a.yaml:1: role: is set in {dir}/nat64.yaml:2
            same item of a list | clients: [10.1.1.1] | clients: [10.1.1.1] \
              | a.yaml:1: clients: duplicate value, first given in {dir}/nat64.yaml:2
            prefixes that overlap | pref64: [2001:db8::/96] | pref64: [2001:db8::/64] \
              | a.yaml:1: pref64: 2001:db8::/64 overlaps 2001:db8::/96 in {dir}/nat64.yaml:2
            unknown key | | \\nrol: both | a.yaml:2: rol: unknown key; did you mean role?
            wrong value | | role: router | a.yaml:1: role: router is not known
            no mapping | | - role | a.yaml:1: must be keys and values
            no YAML | | a: [ | a.yaml:2: include: this is not YAML
            nested include | | include: [b.yaml] | a.yaml:1: include: an included file includes no others; list them in
            """)
    void refusesWithBothPlaces(String name, String main, String included, String message) throws IOException {
        write("nat64.yaml", "include: [a.yaml]\n" + (main == null ? "" : main.replace("\\n", "\n")) + "\n");
        write("a.yaml", included.replace("\\n", "\n") + "\n");

        assertThat(problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .startsWith(directory + "/" + message.replace("{dir}", directory.toString())));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a.yaml | /a.yaml: include: there is no such file; check the path in {dir}/nat64.yaml:1
            conf.d | /conf.d: include: this is a directory
            loop.yaml | /loop.yaml: include: cannot be read
            missing.d/*.yaml | /nat64.yaml:1: include: cannot list the directory of {dir}/missing.d/*.yaml; create it
            '*/a.yaml' | /nat64.yaml:1: include: */a.yaml has a wildcard in the name of a directory; name each
            nat64.yaml | /nat64.yaml:1: include: {dir}/nat64.yaml is this file itself
            """)
    void refusesFilesThatCannotBeRead(String pattern, String message) throws IOException {
        write("nat64.yaml", "include: [\"" + pattern + "\"]\n");
        Files.createDirectory(directory.resolve("conf.d"));
        Files.createSymbolicLink(directory.resolve("loop.yaml"), Path.of("loop.yaml"));

        assertThat(problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .startsWith(directory + message.replace("{dir}", directory.toString())));
    }

    @Test
    void refusesMoreThanAThousandFiles() throws IOException {
        write("nat64.yaml", "include: [conf.d/*.yaml]\n");
        for (int i = 0; i <= 1000; i++) {
            write("conf.d/" + i + ".yaml", "");
        }

        assertThat(problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).startsWith("these are more than 1000 files"));
    }

    @Test
    void aWildcardLeavesOutTheFileItselfAndHiddenOnes() throws IOException {
        write("nat64.yaml", "include: [\"*.yaml\"]\nrole: translator\n");
        write(".swap.yaml", "role: dns64\n");

        assertThat(load().warnings()).isEmpty();
    }

    @Test
    void readsAFileThatTwoPatternsMatchOnce() throws IOException {
        write("nat64.yaml", "include: [conf.d/first.yaml, conf.d/*.yaml]\n");
        write("conf.d/first.yaml", "clients: [10.0.0.0/8]\n");

        assertThat(load().config().clients().ipv4()).hasSize(1);
    }

    @Test
    void oneFileMeansTheSameAsSeveral() throws IOException {
        write("nat64.yaml", "include: [a.yaml]\nrole: translator\nclients: [2001:db8::/32]\n");
        write(
                "a.yaml",
                "clients: [10.0.0.0/8, \"fd00::/8\"]\ntranslator: {mode: siit, stateless: {eam-file: eam.csv}}\n");
        write("eam.csv", "192.0.2.1,2001:db8:f::1\n");
        var several = load();

        var one = ConfigFile.parse("one", several.text());
        assertThat(one.config()).isEqualTo(several.config());
        assertThat(ConfigChanges.between(one, several))
                .isEqualTo(new ConfigChanges(several.source(), List.of(), List.of()));
    }

    @Test
    void namesAllFilesToWatch() throws IOException {
        write("nat64.yaml", "include: [conf.d/*.yaml]\ntranslator: {static-bindings-file: b.csv}\n");
        write("conf.d/a.yaml", "role: both\n");
        write("b.csv", "");

        var files = ConfigFile.files(directory.resolve("nat64.yaml"));
        assertThat(files.contents())
                .containsOnlyKeys(
                        directory.resolve("nat64.yaml"),
                        directory.resolve("conf.d/a.yaml"),
                        directory.resolve("b.csv"));
        assertThat(files.patterns()).extracting(FilePattern::path).contains(directory.resolve("conf.d/*.yaml"));
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
