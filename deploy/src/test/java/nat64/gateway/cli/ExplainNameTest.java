// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nat64 explain NAME}, of names that no upstream is asked about. */
class ExplainNameTest {

    private static final String CONFIG = """
            role: dns64
            pref64: [2001:db8:64::/96]
            clients: [2001:db8::/32]
            dns64:
              upstreams: [192.0.2.53]
              domains: [{name: example.org, mode: filter}]
              views:
                - {name: dual-stack, clients: ["2001:db8:2::/48"], synthesize: false}
            """;

    private final StringWriter out = new StringWriter();

    @TempDir
    private Path directory = Path.of("");

    private Path config = Path.of("");

    @BeforeEach
    void writeConfiguration() throws Exception {
        config = Files.writeString(directory.resolve("nat64.yaml"), CONFIG);
    }

    @Test
    void tellsTheAnswerToAClient() {
        assertThat(explain("ipv4only.arpa", "--client", "2001:db8:1::1")).isZero();
        assertThat(printed())
                .startsWith("ipv4only.arpa. AAAA from 2001:db8:1:0:0:0:0:1")
                .contains("view default [dns64]")
                .contains("verdict NOERROR: local")
                .contains("counter dns64_answers_total{rcode=\"NOERROR\",reason=\"local\",view=\"default\"}")
                .contains("answer ipv4only.arpa. 3600 IN AAAA 2001:db8:64:0:0:0:c000:aa");
    }

    @Test
    void tellsTheAnswerToAClientOfAnotherView() {
        assertThat(explain("ipv4only.arpa", "--client", "2001:db8:2::1")).isZero();
        assertThat(printed())
                .contains("view dual-stack [dns64.views]")
                .contains("view=\"dual-stack\"}")
                .contains("answer no records");
    }

    @Test
    void tellsWhichKeyIsBehindTheReason() {
        assertThat(explain("www.example.org", "--client", "2001:db8:1::1", "--json"))
                .isZero();
        assertThat(printed())
                .contains("\"reason\" : \"filtered\"")
                .contains("\"rule\" : \"dns64.domains\"")
                .contains("\"finding\" : \"example.org. has the mode filter\"");
    }

    @Test
    void tellsThatAStrangerIsRefused() {
        assertThat(explain("www.example.com", "--type", "A", "--client", "192.0.2.1"))
                .isZero();
        assertThat(printed()).contains("verdict REFUSED: refused_client");
    }

    /** Without the blanks that line up columns. */
    private String printed() {
        return out.toString().replaceAll("\\s+", " ");
    }

    private int explain(String... arguments) {
        var line = Nat64Command.commandLine();
        line.setOut(new PrintWriter(out));
        var all = new String[arguments.length + 3];
        all[0] = "explain";
        all[1] = "--config";
        all[2] = config.toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return line.execute(all);
    }
}
