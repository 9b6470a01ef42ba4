// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.stream.Stream;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.Arguments.ArgumentSet;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong configuration ends the program before it changes anything. */
@ExtendWith(NeedsBed.class)
class WrongConfigurationIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @SuppressWarnings("NullAway.Init")
    private static TestBed bed;

    @BeforeAll
    static void build() throws Exception {
        bed = Beds.build();
    }

    @AfterAll
    static void remove() throws Exception {
        bed.close();
    }

    @ParameterizedTest
    @MethodSource("wrongConfigurations")
    void isRefusedWithItsLine(String yaml, int line) throws Exception {
        var configuration = bed.directory().resolve("wrong.yaml");
        Files.writeString(configuration, yaml);
        var before = HostSnapshot.of(bed.gateway());

        var gateway = bed.startGateway("--config", configuration.toString());

        assertThat(gateway.awaitEnd(PATIENCE)).as(gateway.log()).isEqualTo(2);
        assertThat(gateway.log().lines()).singleElement().asString().contains(configuration + ":" + line + ": ");
        assertThat(HostSnapshot.of(bed.gateway())).isEqualTo(before);
    }

    @Test
    void aMissingFileIsNamed() throws Exception {
        var before = HostSnapshot.of(bed.gateway());

        var gateway = bed.startGateway("--config", "/no/such/nat64.yaml");

        assertThat(gateway.awaitEnd(PATIENCE)).as(gateway.log()).isEqualTo(2);
        assertThat(gateway.log().lines()).singleElement().asString().contains("/no/such/nat64.yaml");
        assertThat(HostSnapshot.of(bed.gateway())).isEqualTo(before);
    }

    static Stream<ArgumentSet> wrongConfigurations() {
        return Stream.of(
                wrong("unknown key", "role: both\ntranslater: {}\n", 2),
                wrong("prefix length of no Pref64", "pref64: [2001:db8::/72]\n", 1),
                wrong("Pref64 of IPv4-mapped addresses", "pref64:\n  - ::ffff:0:0/96\n", 2),
                wrong("empty pool", "translator:\n  pool4: []\n", 2),
                wrong(
                        "overlapping pools",
                        "translator:\n  pool4:\n    - prefix: 192.0.2.0/24\n    - prefix: 192.0.2.128/25\n",
                        4),
                wrong(
                        "port range reversed",
                        "translator:\n  pool4:\n    - prefix: 192.0.2.0/24\n      ports: 2000-1000\n",
                        4),
                wrong("no YAML", "translator: [\n", 2));
    }

    private static ArgumentSet wrong(String name, String yaml, int line) {
        return Arguments.argumentSet(name, yaml, line);
    }
}
