// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.pool4;

import static nat64.gateway.e2e.pool4.OwnAddressBed.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.RandomBytes;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What leads to the host's own address is taken away, or the address itself changes. */
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class OwnAddressWatchIT {

    private static final long OCTETS = 6_000_000; // six seconds

    private TestBed bed;

    @BeforeEach
    void start() throws Exception {
        bed = OwnAddressBed.build();
        bed.startReadyGateway();
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    /** The host's own TCP never answers for the translator, so that no connection is reset. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nft flush ruleset",
                "ip rule delete preference 0 fwmark 0x10000000/0x10000000 table 6464",
                "ip route flush table 6464",
                "ip link delete nat64",
            })
    void liveFlowsGoOn(String damage) throws Exception {
        var download = inBackground("curl -g -sS -m 240 --limit-rate 1M -D %s/begun 'http://[%s]/octets/%d' | sha256sum"
                .formatted(bed.directory(), SERVER_IN_PREF64, OCTETS));
        var datagrams = inBackground("""
                exec 3<>/dev/udp/%1$s/7 && printf before >&3 && timeout 60 head -c 6 <&3 && touch %2$s/spoken
                while [ ! -e %2$s/restored ]; do sleep 0.1; done; printf %%s -after >&3; timeout 60 head -c 6 <&3
                """.formatted(SERVER_IN_PREF64, bed.directory()));
        Beds.await(bed.client(), "[ -s %1$s/begun ] && [ -e %1$s/spoken ]".formatted(bed.directory()));

        Beds.run(bed.gateway(), damage);
        var millis = client("""
                t=$(date +%%s%%N); until ping -c 1 -W 1 %s >/dev/null; do :; done
                echo $((($(date +%%s%%N) - t) / 1000000))
                """.formatted(SERVER_IN_PREF64));
        System.out.printf("%s: traffic is back after %s ms%n", damage, millis.strip());

        Files.createFile(bed.directory().resolve("restored"));
        assertThat(datagrams.get(5, TimeUnit.MINUTES)).isEqualTo("before-after");
        assertThat(download.get(5, TimeUnit.MINUTES)).startsWith(RandomBytes.sha256(OCTETS));
    }

    @Test
    void anotherAddressTakesThePlaceOfTheOneThatIsGone() throws Exception {
        client("ping -c 1 -W 30 " + SERVER_IN_PREF64);

        Beds.run(bed.gateway(), """
                ip address flush dev internet scope global && ip address add 192.52.193.9/24 dev internet
                ip -4 route add default via %s
                """.formatted(TestBed.SERVER_ADDRESS));

        Beds.await(bed.gateway(), "ip rule | grep -q 'to 192.52.193.9 '");
        Beds.await(bed.client(), "ping -c 1 -W 1 " + SERVER_IN_PREF64 + " >/dev/null");
        assertThat(Beds.run(bed.gateway(), "ip rule")).doesNotContain("to " + TestBed.GATEWAY_IPV4 + " ");
        assertThat(Files.readString(bed.directory().resolve("gateway.log")))
                .contains("pool4 is 192.52.193.9 ports 36864-65534 from now on");
        assertThat(Beds.run(bed.gateway(), "curl -sS " + TestBed.METRICS_URL))
                .containsPattern("nat64_sessions_lost_total\\{protocol=\"icmp\",} [1-9]");
    }

    @Test
    void pool4FollowsTheDefaultRouteToAnotherUplink() throws Exception {
        Beds.run(bed.server(), "ip address add 192.52.195.7/32 dev lo");
        Beds.run(bed.gateway(), """
                ip link add backup type veth peer name eth1 netns %s
                ip address add 192.52.194.1/24 dev backup && ip link set backup up
                """.formatted(bed.server().name()));
        Beds.run(bed.server(), "ip address add 192.52.194.2/24 dev eth1 && ip link set eth1 up");
        Beds.run(bed.gateway(), "ip -4 route add default via 192.52.194.2 metric 100");
        Beds.await(bed.client(), "ping -c 1 -W 1 64:ff9b::192.52.195.7 >/dev/null");

        Beds.run(bed.gateway(), "ip -4 route delete default via " + TestBed.SERVER_ADDRESS);
        awaitAddress("192.52.194.1");

        Beds.run(bed.gateway(), "ip -4 route add default metric 10 via " + TestBed.SERVER_ADDRESS);
        awaitAddress(TestBed.GATEWAY_IPV4);
    }

    @Test
    void aSecondGatewayOnTheHostMasquerades() throws Exception {
        var file = bed.directory().resolve("second.yaml");
        Files.writeString(file, """
                role: translator
                pref64: ["2001:db8:64::/96"]
                translator:
                  device: {name: second, address: "64:ff9b:1:fffe::1", translator-address: "64:ff9b:1:fffe::2"}
                admin: {listen: "127.0.0.1:6565", socket: "%s/second.sock"}
                """.formatted(bed.directory()));
        bed.startGateway("--config", file.toString());

        Beds.await(bed.client(), "ping -c 1 -W 1 2001:db8:64::%s >/dev/null".formatted(TestBed.SERVER_ADDRESS));
        assertThat(Beds.run(bed.client(), "ping -c 3 -i 0.1 -W 20 " + SERVER_IN_PREF64))
                .contains(" 0% packet loss");
        assertThat(Beds.run(bed.gateway(), "ip -4 route show table 6464; nft list ruleset"))
                .contains("default dev nat64", "oifname != { \"second\", \"second-probe\" } masquerade");
    }

    private void awaitAddress(String pool4) throws Exception {
        Beds.await(bed.gateway(), "ip rule | grep -q 'to %s ipproto'".formatted(pool4));
        Beds.await(bed.client(), "ping -c 1 -W 1 64:ff9b::192.52.195.7 >/dev/null");
        assertThat(Files.readString(bed.directory().resolve("gateway.log")))
                .contains("pool4 is %s ports 36864-65534 from now on".formatted(pool4));
    }

    private CompletableFuture<String> inBackground(String line) {
        return CompletableFuture.supplyAsync(() -> client(line), Thread::startVirtualThread);
    }

    private String client(String line) {
        try {
            return Beds.run(bed.client(), line);
        } catch (HostException e) {
            throw new IllegalStateException(e);
        }
    }
}
