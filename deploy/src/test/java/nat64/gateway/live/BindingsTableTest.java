// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import nat64.gateway.config.ConfigFile;
import nat64.gateway.config.translator.binding.BindingText;
import nat64.translator.session.policy.StaticBinding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table to which static bindings are saved. */
@SuppressWarnings("NullAway.Init")
class BindingsTableTest {

    private static final String FIRST = "tcp,[2001:db8::80]:80,203.0.113.1:80";
    private static final String SECOND = "udp,[2001:db8::53]:53,auto:53";

    @TempDir
    private Path directory;

    private Path main;
    private Path file;

    @BeforeEach
    void name() throws IOException {
        main = directory.resolve("nat64.yaml");
        file = directory.resolve("bindings.csv");
        Files.writeString(main, """
                translator:
                  pool4: [{prefix: 203.0.113.0/29}]
                  static-bindings-file: bindings.csv
                  static-bindings:
                    - {protocol: tcp, ipv4: "203.0.113.1:25", ipv6: "[2001:db8::25]:25"}
                """);
    }

    @Test
    void addsALineAndKeepsAllOthers() throws Exception {
        var before = "# servers: caf\u00e9\n\n" + FIRST + " # the web\n";
        Files.writeString(file, before);

        add(binding("udp", "auto:53", "[2001:db8::53]:53"));

        assertThat(Files.readString(file)).isEqualTo(before + SECOND + "\n");
    }

    @Test
    void followsTheOrderOfTheColumnsAndTheEndsOfLines() throws Exception {
        Files.writeString(file, "ipv4,protocol,ipv6\r\n203.0.113.1:80,tcp,[2001:db8::80]:80");

        add(binding("udp", "auto:53", "[2001:db8::53]:53"));

        assertThat(Files.readString(file)).isEqualTo("""
                ipv4,protocol,ipv6
                203.0.113.1:80,tcp,[2001:db8::80]:80
                auto:53,udp,[2001:db8::53]:53
                """.replace("\n", "\r\n"));
        assertThat(ConfigFile.load(main)
                        .config()
                        .translator()
                        .stateful()
                        .policy()
                        .staticBindings())
                .hasSize(3);
    }

    @Test
    void removesTheLineOfABinding() throws Exception {
        Files.writeString(file, "# one\n" + FIRST + "\n# two\n" + SECOND + "\n");

        try (var change = table().remove(place("tcp", "203.0.113.1:80")).orElseThrow()) {
            change.use();
        }

        assertThat(file).hasContent("# one\n# two\n" + SECOND + "\n");
    }

    @Test
    void saysWhichLineToEditWhereAnotherFileHasTheBinding() throws Exception {
        Files.writeString(file, FIRST + "\n");

        assertThatThrownBy(() -> table().remove(place("tcp", "203.0.113.1:25")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("this static binding is in " + main
                        + ":5, which --save does not change; remove it there, and reload");
        assertThat(table().remove(place("tcp", "203.0.113.2:1"))).isEmpty();
        assertThat(file).hasContent(FIRST + "\n");
    }

    @Test
    void keepsModeOwnerAndSymbolicLink() throws Exception {
        var real = Files.writeString(directory.resolve("real.csv"), FIRST + "\n");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
        var owner = Files.getOwner(real);
        Files.createSymbolicLink(file, real.getFileName());

        add(binding("udp", "auto:53", "[2001:db8::53]:53"));

        assertThat(file).isSymbolicLink().hasContent(FIRST + "\n" + SECOND + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-r-----");
        assertThat(Files.getOwner(real)).isEqualTo(owner);
    }

    @Test
    void changesNothingUntilItIsUsedAndLeavesNoFileBehind() throws Exception {
        Files.writeString(file, FIRST + "\n");

        table().add(binding("udp", "auto:53", "[2001:db8::53]:53")).close();

        assertThat(file).hasContent(FIRST + "\n");
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("nat64.yaml", "bindings.csv");
    }

    @Test
    void leavesWhatAnotherProgramHasWrittenMeanwhile() throws Exception {
        Files.writeString(file, FIRST + "\n");
        try (var change = table().add(binding("udp", "auto:53", "[2001:db8::53]:53"))) {
            Files.writeString(file, "# by hand\n");

            assertThatThrownBy(change::use)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("was changed by another program");
        }
        assertThat(file).hasContent("# by hand\n");
    }

    @Test
    void saysWhyItCanNotWrite() throws Exception {
        var table = new BindingsTable(main, Path.of("/proc/version")); // no process can make a file there

        assertThatThrownBy(() -> table.add(binding("udp", "auto:53", "[2001:db8::53]:53")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot write in /proc: ")
                .hasMessageContaining("edit the file by hand");
    }

    @Test
    void saysWhatToSetWhereThereIsNoTable() throws Exception {
        Files.writeString(main, "translator: {pool4: [{prefix: 203.0.113.0/29}]}\n");
        assertThatThrownBy(this::table)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("set translator.static-bindings-file");

        Files.writeString(directory.resolve("bindings.yaml"), "");
        Files.writeString(main, "translator: {static-bindings-file: bindings.yaml}\n");
        assertThatThrownBy(this::table)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bindings.yaml is YAML");
    }

    private void add(StaticBinding binding) throws IOException {
        try (var change = table().add(binding)) {
            change.use();
        }
    }

    private BindingsTable table() {
        return BindingsTable.of(ConfigFile.load(main));
    }

    private static StaticBinding binding(String protocol, String ipv4, String ipv6) {
        return BindingText.binding(Map.of("protocol", protocol, "ipv4", ipv4, "ipv6", ipv6));
    }

    private static StaticBinding.Outside place(String protocol, String ipv4) {
        return BindingText.outside(Map.of("protocol", protocol, "ipv4", ipv4));
    }
}
