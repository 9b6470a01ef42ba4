// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.Capture;
import nat64.gateway.testbed.Daemon;
import nat64.gateway.testbed.RandomBytes;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A gateway without a TUN device, which translates between its two Ethernet interfaces by libpcap. Its kernel forwards,
 * and must not touch what the gateway translates.
 */
@ExtendWith(NeedsLibpcap.class)
@SuppressWarnings("NullAway.Init")
class PcapIT {

    private static final String SERVER = "64:ff9b::" + TestBed.SERVER_ADDRESS;
    private static final String SERVER_IN_HEX = "64:ff9b::c034:c102";
    private static final String ROUTER = "2001:db8:1::64";
    private static final String BOUND = "192.52.193.64";
    private static final long OCTETS = 20_000_000;

    private static TestBed bed;
    private static Daemon gateway;

    @BeforeAll
    static void start() throws Exception {
        bed = Beds.build();
        Beds.run(bed.gateway(), "sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1");
        var configuration = bed.directory().resolve("nat64.yaml");
        Files.writeString(configuration, """
                translator:
                  pool4: [{prefix: 192.52.193.64/29}]
                  static-bindings: [{protocol: tcp, ipv6: "[2001:db8:1::2]:80", ipv4: "192.52.193.64:8080"}]
                  device: {type: pcap, ipv6-interface: clients, ipv4-interface: internet, translator-address: "%s"}
                """.formatted(ROUTER));
        gateway = bed.startReadyGateway("--config", configuration.toString());
        bed.startServicesOnClient();
    }

    @AfterAll
    static void remove() throws Exception {
        bed.close();
    }

    @Test
    void theGatewayHasNoTunDevice() throws Exception {
        assertThat(Beds.run(bed.gateway(), "ip tuntap show")).isBlank();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 56, 1400})
    void pingsOfAnySizeComeBack(int octets) throws Exception {
        assertThat(client("ping -c 5 -i 0.05 -W 2 -s " + octets + " " + SERVER)).contains(" 0% packet loss");
    }

    @Test
    void aDownloadArrivesAsItWasSent() throws Exception {
        assertThat(client("curl -sS -m 60 http://[" + SERVER_IN_HEX + "]/octets/" + OCTETS + " | sha256sum"))
                .as(gateway.log())
                .startsWith(RandomBytes.sha256(OCTETS));
    }

    @Test
    void anUploadArrivesAsItWasSent(@TempDir Path directory) throws Exception {
        var file = directory.resolve("upload");
        try (var out = Files.newOutputStream(file)) {
            RandomBytes.write(OCTETS, out);
        }

        assertThat(client("curl -sS -m 60 -T " + file + " http://[" + SERVER_IN_HEX + "]/sha256"))
                .isEqualTo(RandomBytes.sha256(OCTETS));
    }

    /** Without segmentation, but with checksums that the sender leaves to a network card that is not there. */
    @Test
    void partialChecksumsOfAVirtualLinkAreCompleted(@TempDir Path directory) throws Exception {
        client("ethtool -K eth0 tx on tso off gso off");
        Beds.run(bed.server(), "ethtool -K eth0 tx on tso off gso off");
        try {
            var ipv4 = Capture.start(bed.gateway(), "internet", directory.resolve("ipv4.pcapng"));
            assertThat(client("curl -sS -m 60 http://[" + SERVER_IN_HEX + "]/octets/1000000 | sha256sum"))
                    .startsWith(RandomBytes.sha256(1_000_000));
            assertThat(client(Beds.echo(SERVER, 1000))).isEqualToIgnoringNewLines("same");
            ipv4.stop();
            assertThat(ipv4.packets("ip.src == 192.52.193.64/29 && tcp.checksum.status == 1"))
                    .isNotEmpty();
        } finally {
            client("ethtool -K eth0 tx off");
            Beds.run(bed.server(), "ethtool -K eth0 tx off");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1400, 8000})
    void datagramsOfAnySizeAreEchoed(int octets) throws Exception {
        assertThat(client(Beds.echo(SERVER, octets))).isEqualToIgnoringNewLines("same");
    }

    @Test
    void anIpv4HostReachesAStaticBindingOnTheLink() throws Exception {
        assertThat(Beds.run(
                        bed.server(),
                        "curl -sS -m 60 --retry 60 --retry-delay 1 --retry-all-errors http://" + BOUND
                                + ":8080/octets/5000000 | sha256sum"))
                .startsWith(RandomBytes.sha256(5_000_000));
        assertThat(Beds.run(bed.server(), "ip neighbour show " + BOUND)).contains(macOf("internet"));
    }

    @Test
    void itAnswersForPref64WhereThatIsOnTheLink() throws Exception {
        client("ip -6 route replace 64:ff9b::/96 dev eth0");
        try {
            assertThat(client("ping -c 2 -i 0.05 -W 2 " + SERVER)).contains(" 0% packet loss");
            assertThat(client("ip -6 neighbour show " + SERVER_IN_HEX)).contains(macOf("clients"));
        } finally {
            client("ip -6 route del 64:ff9b::/96");
        }
    }

    @Test
    void itIsTheNextHopUnderItsOwnAddress() throws Exception {
        client("ip -6 route replace 64:ff9b::/96 via " + ROUTER);
        try {
            assertThat(client("ping -c 2 -i 0.05 -W 2 " + SERVER)).contains(" 0% packet loss");
            assertThat(client("ip -6 neighbour show " + ROUTER)).contains(macOf("clients"));
        } finally {
            client("ip -6 route del 64:ff9b::/96");
        }
    }

    @Test
    void aHostThatDoesNotAnswerIsReported() throws Exception {
        var pinged = Beds.attempt(bed.client(), "ping -c 1 -W 10 64:ff9b::192.52.193.99");

        assertThat(pinged.output()).contains("Destination unreachable");
    }

    @Test
    void tracerouteSeesTheGatewayUnderItsOwnAddress() throws Exception {
        assertThat(client("traceroute -6 -n -q 1 -w 2 -m 8 " + SERVER)).contains(ROUTER, SERVER_IN_HEX);
    }

    @Test
    void namesAreResolvedAndReached() throws Exception {
        assertThat(client("curl -sS -m 60 http://ipv4only.example.org/octets/1000 | sha256sum"))
                .startsWith(RandomBytes.sha256(1000));
    }

    @Test
    void theKernelAnswersNothingInItsPlace(@TempDir Path directory) throws Exception {
        var capture = Capture.start(bed.server(), "eth0", directory.resolve("server.pcapng"));
        assertThat(client("curl -sS -m 60 http://[" + SERVER_IN_HEX + "]/octets/1000000 | sha256sum"))
                .startsWith(RandomBytes.sha256(1_000_000));
        client("ping -c 3 -i 0.05 -W 2 " + SERVER);
        capture.stop();

        assertThat(capture.packets("tcp.flags.reset == 1 || icmp.type == 3 || icmp.type == 5"))
                .isEmpty();
        assertThat(capture.packets("icmp.type == 8")).hasSize(3);
        assertThat(capture.packetsWithBadChecksum()).isEmpty();
    }

    private static String macOf(String device) throws Exception {
        return Beds.run(bed.gateway(), "cat /sys/class/net/" + device + "/address")
                .strip();
    }

    private static String client(String line) throws Exception {
        return Beds.run(bed.client(), line);
    }
}
