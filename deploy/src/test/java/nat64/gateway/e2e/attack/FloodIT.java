// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.RandomBytes;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A gateway with little room gets more new flows, stored SYNs or fragments than it can keep. What was there before goes
 * on: a download, and a UDP flow that is silent while the flood lasts.
 */
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class FloodIT {

    private static final String IPV4_ONLY = "ipv4only.example.org";
    private static final int PACKETS = 60_000; // six seconds
    private static final long OCTETS = 16_000_000; // eight seconds

    private TestBed bed;
    private Path directory;

    @BeforeEach
    void start() throws Exception {
        bed = Beds.build();
        directory = bed.directory();
        bed.gateway().run("ip route add " + Flood.NOWHERE + " via " + TestBed.SERVER_ADDRESS);
        bed.server().run("ip route add blackhole " + Flood.NOWHERE);
        bed.server().run("ip route add 192.52.194.0/29 via " + TestBed.GATEWAY_IPV4);
        var configuration = directory.resolve("nat64.yaml");
        Files.writeString(configuration, """
                translator:
                  masquerade: false
                  pool4: [{prefix: 192.52.194.0/29}]
                  max-sessions: 4096
                  subscribers: {max-sessions: 0, max-ports: 0}
                  static-bindings: [{protocol: udp, ipv6: "[2001:db8:1::2]:53", ipv4: "192.52.194.1:53"}]
                """);
        bed.startReadyGateway("--config", configuration.toString());
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    @ParameterizedTest(name = "{0} end as {1}")
    @CsvSource({
        "SYNS_FROM_IPV6, session_table_full",
        "FRAGMENTS_FROM_IPV6, fragment_limit",
        "SYNS_FROM_IPV4, syn_store_full",
        "DATAGRAMS_FROM_IPV4, external_session_limit",
        "FRAGMENTS_FROM_IPV4, fragment_limit"
    })
    @Tag("C-126")
    @Tag("C-180")
    @Tag("C-205")
    @Tag("C-216")
    void whatWasThereBeforeAFloodGoesOn(Flood.Kind kind, String limit) throws Exception {
        var download = inBackground("touch %s/begun; curl -sS -m 240 --limit-rate 2M http://%s/octets/%d | sha256sum"
                .formatted(directory, IPV4_ONLY, OCTETS));
        var datagrams = inBackground("""
                exec 3<>/dev/udp/%1$s/7 && printf before >&3 && timeout 60 head -c 6 <&3 && touch %2$s/spoken
                while [ ! -e %2$s/flooded ]; do sleep 0.1; done; printf %%s -after >&3; timeout 60 head -c 6 <&3
                """.formatted(IPV4_ONLY, directory));
        awaitFiles("begun", "spoken");

        flood(kind);
        Files.createFile(directory.resolve("flooded"));

        assertThat(dropped(limit)).isGreaterThan(PACKETS / 10);
        assertThat(datagrams.get(5, TimeUnit.MINUTES)).isEqualTo("before-after");
        assertThat(download.get(5, TimeUnit.MINUTES)).startsWith(RandomBytes.sha256(OCTETS));
        if (kind.name().endsWith("IPV4")) { // the IPv6 side has what it needs
            assertThat(client("curl -sS -m 120 http://" + IPV4_ONLY + "/octets/1000 | sha256sum"))
                    .startsWith(RandomBytes.sha256(1000));
        }
    }

    private void flood(Flood.Kind kind) throws Exception {
        boolean fromIpv6 = kind.name().endsWith("IPV6");
        var mac = Beds.run(bed.gateway(), "cat /sys/class/net/" + (fromIpv6 ? "clients" : "internet") + "/address");
        var target = new Flood.Target(mac.strip(), "192.52.194.1", 53);
        Flood.send(fromIpv6 ? bed.client() : bed.server(), kind, PACKETS, target);
    }

    private long dropped(String reason) throws Exception {
        var metrics = Beds.run(bed.gateway(), "curl -sS " + TestBed.METRICS_URL);
        return Pattern.compile("(?m)^nat64_dropped_packets_total\\{.*reason=\"%s\".*} ([0-9.E]+)$".formatted(reason))
                .matcher(metrics)
                .results()
                .mapToLong(line -> (long) Double.parseDouble(line.group(1)))
                .sum();
    }

    private void awaitFiles(String... names) throws Exception {
        for (var name : names) {
            Beds.await(bed.client(), "[ -e " + directory.resolve(name) + " ]");
        }
    }

    private CompletableFuture<String> inBackground(String line) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return client(line);
            } catch (HostException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private String client(String line) throws HostException {
        return Beds.run(bed.client(), line);
    }
}
