// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nat64.gateway.system.Commands;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands that the documentation shows: each is checked here, or runs in one of the tests named here. */
class ShownCommandsTest {

    private static final Pattern TEST_CLASS = Pattern.compile("-Dtest=(\\w+)");
    private static final Pattern TEST_PROPERTY = Pattern.compile("-D(fuzz\\.\\w+)");

    private static final Pattern ON_HOST_OF_LAB = Pattern.compile("ip netns exec nat64-lab-(\\w+) bash");

    private static final Pattern HOST = Pattern.compile("^ +host (\\w+)", Pattern.MULTILINE);

    static Stream<ShownCommand> scripts() throws IOException {
        return ShownCommand.all().stream().filter(ShownCommand::isScript);
    }

    static Stream<ShownCommand> mavenCommands() throws IOException {
        return ShownCommand.all().stream().filter(command -> command.runs("mvn"));
    }

    @Test
    void everyCommandIsChecked() throws IOException {
        assertThat(ShownCommand.all())
                .allMatch(command -> command.isNat64() // DocumentedCommandsTest
                        || command.isScript()
                        || command.runs("mvn")
                        || isOnHostOfLab(command)
                        || ClientCommandsIT.runs(command)
                        || InstallCommandsIT.runs(command));
    }

    private static boolean isOnHostOfLab(ShownCommand command) {
        var host = ON_HOST_OF_LAB.matcher(command.line());
        return host.matches() && hostsOfLabs().contains(host.group(1));
    }

    private static Set<String> hostsOfLabs() {
        try (var files = Files.walk(Document.REPOSITORY.resolve("docs/labs"), 2)) {
            var hosts = new HashSet<String>();
            for (var lab : files.filter(file -> file.endsWith("lab")).toList()) {
                HOST.matcher(Files.readString(lab)).results().forEach(host -> hosts.add(host.group(1)));
            }
            return hosts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scripts")
    void everyScriptHasTheOptions(ShownCommand command) throws Exception {
        var script = Document.REPOSITORY.resolve(command.program()).toString();

        var help = Commands.attempt(List.of(script, "--help"), Duration.ofMinutes(1));

        assertThat(help.exitCode()).as(help.output()).isZero();
        assertThat(command.options())
                .allSatisfy(option ->
                        assertThat(help.output()).containsPattern("(?<![\\w-])" + Pattern.quote(option) + "\\b"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mavenCommands")
    void everyTestIsThereAndReadsTheProperties(ShownCommand command) throws IOException {
        var name = TEST_CLASS.matcher(command.line());
        assertThat(name.find()).isTrue();
        var folder = command.line().replaceAll(".* -pl (\\w+) .*", "$1");

        var sources = sourcesOf(folder, name.group(1));
        var build = Files.readString(Document.REPOSITORY.resolve("pom.xml"));

        assertThat(sources).contains("class " + name.group(1) + " ");
        assertThat(TEST_PROPERTY.matcher(command.line()).results())
                .extracting(property -> property.group(1))
                .allMatch(property -> sources.contains('"' + property + '"') || build.contains("<" + property + ">"));
    }

    /** The test, and its package: helpers read some of the properties. */
    private static String sourcesOf(String module, String test) throws IOException {
        try (var files = Files.walk(Document.REPOSITORY.resolve(module).resolve("src/test/java"))) {
            var file = files.filter(found -> found.endsWith(test + ".java")).findFirst();
            assertThat(file).as(test).isPresent();
            var text = new StringBuilder();
            try (var siblings = Files.newDirectoryStream(file.orElseThrow().resolveSibling(""), "*.java")) {
                for (Path sibling : siblings) {
                    text.append(Files.readString(sibling));
                }
            }
            return text.toString();
        }
    }

    @Test
    void readsCommandsAsAShellDoes() {
        var document = new Document(Document.REPOSITORY.resolve("a.md"), """
                ```sh
                sudo one --long=1 -s     # why
                # a comment alone

                two && sudo three \\
                    --four
                ```
                """);

        assertThat(ShownCommand.of(document))
                .extracting(ShownCommand::line)
                .containsExactly("one --long=1 -s", "two && three --four");
        assertThat(ShownCommand.of(document).findFirst().orElseThrow().options())
                .containsExactly("--long", "-s");
    }
}
