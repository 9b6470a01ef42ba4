// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A reload of the translator's settings while traffic flows. */
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class ReloadIT {

    private static final String OTHER_CLIENT = "2001:db8:2::2";
    private static final String SERVER = "64:ff9b::" + TestBed.SERVER_ADDRESS;
    private static final String SERVER_IN_ADDED_PREF64 = "2001:db8:64::" + TestBed.SERVER_ADDRESS;
    private static final int BINDINGS = 100;
    private static final String DROPS =
            "curl -sS " + TestBed.METRICS_URL + " | grep '^nat64_dropped_packets_total' | grep -v ' 0.0$' | sort";

    private static final String BEFORE = """
            clients: ["2001:db8:1::/64", "2001:db8:2::/64"]
            translator:
              pool4: [{prefix: 100.64.64.0/30}, {prefix: 100.64.64.4/30}]
            """;

    private TestBed bed;
    private Path file;

    @BeforeEach
    void build() throws Exception {
        bed = Beds.build();
        file = bed.directory().resolve("nat64.yaml");
        Beds.run(bed.client(), "ip address add " + OTHER_CLIENT + "/64 dev eth0 nodad");
        Beds.run(bed.gateway(), "ip -6 route add 2001:db8:2::/64 dev clients");
        bed.server().run("ip route add 100.64.64.0/29 via " + TestBed.GATEWAY_IPV4);
        Files.writeString(file, BEFORE);
        bed.startReadyGateway("--config", file.toString());
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    @Test
    void aReloadOfTheTranslatorKeepsSessionsAndDropsNothing() throws Exception {
        bed.startServicesOnClient();
        assertThat(pings(OTHER_CLIENT, SERVER)).isTrue();
        assertThat(pings(TestBed.CLIENT_ADDRESS, SERVER_IN_ADDED_PREF64)).isFalse();
        var report = startStream();
        var dropsBefore = Beds.attempt(bed.gateway(), DROPS).output();

        Files.writeString(file, after());
        assertThat(nat64("reload")).contains("configuration reloaded from " + file);

        assertThat(Beds.attempt(bed.gateway(), DROPS).output())
                .as("no packet is dropped by the reload")
                .isEqualTo(dropsBefore);
        assertThat(pings(TestBed.CLIENT_ADDRESS, SERVER_IN_ADDED_PREF64)).isTrue();
        assertThat(pings(OTHER_CLIENT, SERVER))
                .as("new sessions of a client that was removed")
                .isFalse();
        assertThat(Beds.run(
                        bed.server(),
                        "curl -sS -o /dev/null -w '%{http_code}' --retry 60 --retry-delay 1 --retry-all-errors"
                                + " http://100.64.64.1:" + (8000 + BINDINGS - 1) + "/octets/1"))
                .as("the last of the static bindings that were added")
                .isEqualTo("200");
        assertStreamGoesOn(report);
    }

    /** A hundred static bindings and a Pref64 are added; a client prefix and a range of pool4 are gone. */
    private static String after() {
        var bindings = IntStream.range(0, BINDINGS)
                .mapToObj(i -> "    - {protocol: tcp, ipv6: \"[%s]:%d\", ipv4: \"100.64.64.1:%d\"}"
                        .formatted(TestBed.CLIENT_ADDRESS, i == BINDINGS - 1 ? 80 : 9000 + i, 8000 + i))
                .collect(Collectors.joining("\n"));
        return """
                pref64: ["64:ff9b::/96", "2001:db8:64::/96"]
                clients: ["2001:db8:1::/64"]
                translator:
                  pool4: [{prefix: 100.64.64.0/30}]
                  static-bindings:
                %s
                """.formatted(bindings);
    }

    /** Starts a TCP stream of fifteen seconds and waits until it flows. */
    private Path startStream() throws Exception {
        var report = bed.directory().resolve("stream");
        Beds.run(bed.server(), "iperf3 -s -1 -D");
        Beds.await(bed.server(), "ss -Hltn 'sport = :5201' | grep -q .");
        Beds.run(
                bed.client(),
                "setsid bash -c 'iperf3 -B %s -c %s -t 15 -J > %s; echo $? > %s.code' > /dev/null 2>&1 &"
                        .formatted(TestBed.CLIENT_ADDRESS, SERVER, report, report));
        Beds.await(bed.server(), "[ $(ss -Htn state established 'sport = :5201' | wc -l) -ge 2 ]");
        return report;
    }

    private void assertStreamGoesOn(Path report) throws Exception {
        Beds.await(bed.client(), "[ -s " + report + ".code ]");
        assertThat(Files.readString(Path.of(report + ".code")).strip())
                .as(Files.readString(report))
                .isEqualTo("0");
        assertThat(Beds.run(bed.client(), "grep -c '\"bits_per_second\":[[:space:]]*0,' " + report + " || true")
                        .strip())
                .as("seconds without a byte")
                .isEqualTo("0");
    }

    private boolean pings(String source, String destination) throws Exception {
        return Beds.attempt(bed.client(), "ping -c 3 -i 0.3 -W 2 -I " + source + " " + destination)
                        .exitCode()
                == 0;
    }

    private String nat64(String arguments) throws Exception {
        return Beds.run(
                bed.gateway(),
                "RUNTIME_DIRECTORY=%s %s %s --config %s"
                        .formatted(bed.directory(), System.getenv("NAT64_LAUNCHER"), arguments, file));
    }
}
