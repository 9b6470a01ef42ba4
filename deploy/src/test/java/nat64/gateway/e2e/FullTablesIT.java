// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.regex.Pattern;
import nat64.gateway.e2e.attack.Flood;
import nat64.gateway.testbed.RandomBytes;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Clients of a gateway that holds very many sessions already: {@code -Dnat64.fill=10000000}, or a hundred thousand
 * where time is short.
 */
@ExtendWith(NeedsBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class FullTablesIT {

    private static final String IPV4_ONLY = "ipv4only.example.org";
    private static final int SESSIONS = Integer.getInteger("nat64.fill", 100_000);
    private static final int PER_SECOND = 50_000;
    private static final int MOST_TRIES = 3;
    private static final long OCTETS = 100_000_000;

    private TestBed bed;

    @BeforeAll
    void fill() throws Exception {
        bed = Beds.build();
        bed.gateway().run("ip route add " + Flood.NOWHERE + " via " + TestBed.SERVER_ADDRESS);
        bed.server().run("ip route add blackhole " + Flood.NOWHERE);
        bed.server().run("ip route add 198.18.0.0/16 via " + TestBed.GATEWAY_IPV4);
        var configuration = bed.directory().resolve("nat64.yaml");
        Files.writeString(configuration, """
                translator:
                  masquerade: false
                  pool4: [{prefix: 198.18.0.0/24}]
                  max-sessions: %d
                  subscribers: {max-sessions: 0, max-ports: 0}
                  lifetimes: {udp: 1h}
                """.formatted(SESSIONS + SESSIONS / 5));
        bed.startReadyGateway("--config", configuration.toString());
        var mac = Beds.run(bed.gateway(), "cat /sys/class/net/clients/address").strip();
        for (int tries = 0; tries < MOST_TRIES && sessions() < SESSIONS; tries++) {
            Fill.run(bed.client(), SESSIONS, PER_SECOND, mac);
        }
    }

    @AfterAll
    void remove() throws Exception {
        bed.close();
    }

    @Test
    void theTablesHoldThemAll() throws Exception {
        assertThat(sessions()).isGreaterThanOrEqualTo(SESSIONS);
        assertThat(metric("jvm_memory_bytes_used{area=\"heap\",}")).isLessThan(64L << 20);
    }

    @Test
    void downloadsAndUploadsArriveWhole() throws Exception {
        assertThat(client("curl -sS -m 240 http://" + IPV4_ONLY + "/octets/" + OCTETS + " | sha256sum"))
                .startsWith(RandomBytes.sha256(OCTETS));
        assertThat(client("f=$(mktemp) && head -c 20000000 /dev/urandom > $f && sha256sum < $f | cut -d' ' -f1"
                        + " && curl -sS -m 240 -T $f http://" + IPV4_ONLY + "/sha256; rm $f"))
                .matches("(?s)([0-9a-f]{64})\\s+\\1.*");
    }

    @Test
    void newSessionsOpenInBothDirections() throws Exception {
        assertThat(client("for i in {1..50}; do curl -sS -m 60 http://" + IPV4_ONLY + "/octets/1000 | wc -c; done"
                        + " | sort | uniq -c"))
                .containsPattern("^ *50 1000");
        assertThat(client("ping -c 5 -i 0.05 -W 20 " + IPV4_ONLY)).contains(" 0% packet loss");
        assertThat(client("traceroute -6 -n -q 1 -w 10 -m 8 " + IPV4_ONLY)).contains("64:ff9b::c034:c102");
        assertThat(client(Beds.echo(IPV4_ONLY, 1400))).contains("same");
    }

    private long sessions() throws Exception {
        return metric("nat64_sessions{protocol=\"udp\",}");
    }

    private long metric(String sample) throws Exception {
        var metrics = Beds.run(bed.gateway(), "curl -sS " + TestBed.METRICS_URL);
        return Pattern.compile("(?m)^" + Pattern.quote(sample) + " ([0-9.E]+)$")
                .matcher(metrics)
                .results()
                .mapToLong(line -> (long) Double.parseDouble(line.group(1)))
                .sum();
    }

    private String client(String line) throws Exception {
        return Beds.run(bed.client(), line);
    }
}
