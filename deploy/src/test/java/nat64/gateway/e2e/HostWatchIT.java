// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.RandomBytes;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody takes away what the gateway has set up on its host, and it comes back while live flows go on. */
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class HostWatchIT {

    private static final String SERVER = "64:ff9b::" + TestBed.SERVER_ADDRESS;
    private static final long OCTETS = 6_000_000; // six seconds

    private TestBed bed;

    /** How the translator has an IPv4 address. */
    enum Pool4 {
        MASQUERADED,
        SHARED
    }

    @BeforeEach
    void build() throws Exception {
        bed = Beds.build();
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "nftables   | MASQUERADED | nft flush ruleset",
                "nftables   | MASQUERADED | nft flush chain ip nat64 postrouting",
                "route      | MASQUERADED | ip -4 route delete 100.64.64.0/29",
                "route      | SHARED      | ip -6 route delete 64:ff9b::/96",
                "address    | SHARED      | ip -6 address delete 64:ff9b:1:ffff::1/128 dev nat64",
                "link       | SHARED      | ip link set nat64 down",
                "device     | SHARED      | ip link delete nat64",
                "forwarding | SHARED      | sysctl -qw net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0",
            })
    void whatIsTakenAwayComesBackAndLiveFlowsGoOn(String what, Pool4 pool4, String damage) throws Exception {
        if (pool4 == Pool4.SHARED) {
            Beds.run(bed.gateway(), "ip -4 route add default via " + TestBed.SERVER_ADDRESS);
        }
        bed.startReadyGateway();
        var download = CompletableFuture.supplyAsync(
                () -> client("curl -g -sS -m 240 --limit-rate 1M -D %s/begun 'http://[%s]/octets/%d' | sha256sum"
                        .formatted(bed.directory(), SERVER, OCTETS)),
                Thread::startVirtualThread);
        var datagrams = CompletableFuture.supplyAsync(
                () -> client("""
                exec 3<>/dev/udp/%1$s/7 && printf before >&3 && timeout 60 head -c 6 <&3 && touch %2$s/spoken
                while [ ! -e %2$s/restored ]; do sleep 0.1; done; printf %%s -after >&3; timeout 60 head -c 6 <&3
                """.formatted(SERVER, bed.directory())), Thread::startVirtualThread);
        Beds.await(bed.client(), "[ -s %1$s/begun ] && [ -e %1$s/spoken ]".formatted(bed.directory()));

        Beds.run(bed.gateway(), damage);
        var millis = client(
                "t=$(date +%%s%%N); until ping -c 1 -W 1 %s >/dev/null; do :; done; echo $((($(date +%%s%%N) - t) / 1000000))"
                        .formatted(SERVER));
        System.out.printf("%s: traffic is back after %s ms%n", damage, millis.strip());

        Files.createFile(bed.directory().resolve("restored"));
        assertThat(datagrams.get(5, TimeUnit.MINUTES)).isEqualTo("before-after");
        if (!damage.equals("nft flush ruleset")) { // without masquerade, the host itself resets connections
            assertThat(download.get(5, TimeUnit.MINUTES)).startsWith(RandomBytes.sha256(OCTETS));
        }
        awaitMetric("nat64_host_repairs_total{what=\"" + what + "\",} [1-9]"); // traffic may not need what is missing
        awaitMetric("nat64_host_state{what=\"" + what + "\",} 1.0");
    }

    @Test
    void aHostThatOthersSetUpIsWatchedAndNotChanged() throws Exception {
        var file = bed.directory().resolve("nat64.yaml");
        Files.writeString(file, "translator: {set-up-host: false, pool4: [{prefix: 192.52.194.0/29}]}\n");
        bed.startGateway("--config", file.toString());
        Beds.await(bed.gateway(), "ip link show dev nat64 >/dev/null 2>&1");
        Beds.run(bed.gateway(), """
                ip link set nat64 up mtu 65535 && ip -6 route add 64:ff9b::/96 dev nat64
                ip -4 route add 192.52.194.0/29 dev nat64
                echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
                """);
        awaitReadiness("^ready$");

        Beds.run(bed.gateway(), "ip -6 route delete 64:ff9b::/96");
        awaitReadiness("the host lacks the route 64:ff9b::/96 on nat64");
        awaitMetric("dns64_prefix_up{prefix=\"64:ff9b::/96\",} 0.0");
        assertThat(Beds.run(bed.gateway(), "ip -6 route")).doesNotContain("64:ff9b::/96");

        Beds.run(bed.gateway(), "ip -6 route add 64:ff9b::/96 dev nat64");
        awaitReadiness("^ready$");
    }

    private void awaitReadiness(String pattern) throws Exception {
        Beds.await(bed.gateway(), "curl -sS %s | grep -q '%s'".formatted(TestBed.READY_URL, pattern));
    }

    private void awaitMetric(String pattern) throws Exception {
        Beds.await(bed.gateway(), "curl -sS %s | grep -q '^%s'".formatted(TestBed.METRICS_URL, pattern));
    }

    private String client(String line) {
        try {
            return Beds.run(bed.client(), line);
        } catch (HostException e) {
            throw new IllegalStateException(e);
        }
    }
}
