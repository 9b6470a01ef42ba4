// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.HostSnapshot;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a gateway without a TUN device changes on its host, and when it ends. */
@ExtendWith(NeedsLibpcap.class)
@SuppressWarnings("NullAway.Init")
class PcapLifecycleIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PING = "ping -c 2 -i 0.05 -W 2 64:ff9b::" + TestBed.SERVER_ADDRESS;
    private TestBed bed;

    @BeforeEach
    void build() throws Exception {
        bed = Beds.build();
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    @Test
    void terminatedItTakesDownAllThatItSetUp() throws Exception {
        var before = snapshot();
        var gateway = bed.startReadyGateway(
                "--config", configuration("2001:db8:1::64").toString());
        assertThat(Beds.run(bed.gateway(), "ethtool -k clients")).contains("generic-receive-offload: off");
        assertThat(Beds.run(bed.client(), PING)).contains(" 0% packet loss");
        assertThat(snapshot()).isNotEqualTo(before);

        gateway.terminate();

        assertThat(gateway.awaitEnd(PATIENCE)).as(gateway.log()).isIn(0, 143);
        assertThat(snapshot()).isEqualTo(before);
    }

    @Test
    void itWatchesItsTableAlsoAfterAReload() throws Exception {
        var file = configuration("2001:db8:1::64");
        bed.startReadyGateway("--config", file.toString());
        Files.writeString(file, Files.readString(file) + "dns64: {domains: [{name: example.org, mode: never}]}\n");
        Beds.run(
                bed.gateway(),
                "RUNTIME_DIRECTORY=%s %s reload --config %s"
                        .formatted(bed.directory(), System.getenv("NAT64_LAUNCHER"), file));

        bed.gateway().run("nft delete table netdev nat64");
        Beds.await(bed.gateway(), "nft list table netdev nat64 >/dev/null 2>&1");
        Beds.await(
                bed.gateway(),
                "curl -sS " + TestBed.METRICS_URL + " | grep -qF 'nat64_host_repairs_total{what=\"nftables\",} 1.0'");
        assertThat(Beds.run(bed.gateway(), "curl -sS " + TestBed.METRICS_URL)).doesNotContain("what=\"device\"");
    }

    @Test
    void itEndsWhenAnInterfaceIsTakenAway() throws Exception {
        var gateway = bed.startReadyGateway(
                "--config", configuration("2001:db8:1::64").toString());

        bed.gateway().run("ip link delete internet");

        assertThat(gateway.awaitEnd(PATIENCE)).isEqualTo(1);
        assertThat(gateway.log()).contains("lost the interfaces clients and internet");
    }

    @Test
    void itRefusesAnAddressThatTheKernelHasToo() throws Exception {
        var before = snapshot();
        var gateway =
                bed.startGateway("--config", configuration(TestBed.GATEWAY_IPV6).toString());

        assertThat(gateway.awaitEnd(PATIENCE)).isEqualTo(1);
        assertThat(gateway.log()).contains(" of clients ").contains("remove it");
        assertThat(snapshot()).isEqualTo(before);
    }

    private Path configuration(String translatorAddress) throws Exception {
        var file = bed.directory().resolve("nat64.yaml");
        return Files.writeString(file, """
                translator:
                  pool4: [{prefix: 192.52.193.64/29}]
                  device: {type: pcap, ipv6-interface: clients, ipv4-interface: internet, translator-address: "%s"}
                """.formatted(translatorAddress));
    }

    private Iterable<String> snapshot() throws Exception {
        var offload = Beds.run(bed.gateway(), "ethtool -k clients; ethtool -k internet")
                .lines();
        return Stream.concat(HostSnapshot.of(bed.gateway()).lines().stream(), offload)
                .toList();
    }
}
