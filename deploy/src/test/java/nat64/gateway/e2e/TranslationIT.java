// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import nat64.gateway.testbed.RandomBytes;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client can do through the gateway. */
@ExtendWith(NeedsBed.class)
@ParameterizedClass(name = "offload {0}")
@ValueSource(strings = {"true", "false"})
class TranslationIT {

    private static final String IPV4_ONLY = "ipv4only.example.org";
    private static final String SYNTHESIZED = "64:ff9b::c034:c102";
    private static final long OCTETS = 100_000_000;

    @SuppressWarnings("NullAway.Init")
    private static TestBed bed;

    private final boolean offload;

    TranslationIT(String offload) {
        this.offload = Boolean.parseBoolean(offload);
    }

    @BeforeParameterizedClassInvocation
    static void start(String offload) throws Exception {
        bed = Beds.build();
        var configuration = bed.directory().resolve("nat64.yaml");
        Files.writeString(configuration, "translator:\n  workers: 2\n  device:\n    offload: " + offload + "\n");
        bed.startReadyGateway("--config", configuration.toString());
    }

    @AfterParameterizedClassInvocation
    static void remove() throws Exception {
        bed.close();
    }

    @Test
    void theClientHasNoIpv4Address() throws Exception {
        assertThat(client("ip -4 address")).isBlank();
    }

    @Test
    void theServerHasNoIpv6Address() throws Exception {
        assertThat(Beds.run(bed.server(), "ip -6 address")).isBlank();
    }

    @Test
    void anIpv4OnlyNameGetsAnAddressInsidePref64() throws Exception {
        assertThat(client("dig +short AAAA " + IPV4_ONLY)).isEqualToIgnoringNewLines(SYNTHESIZED);
    }

    @Test
    void aNameWithBothKeepsItsOwnIpv6Address() throws Exception {
        assertThat(client("dig +short AAAA dual.example.org")).isEqualToIgnoringNewLines("2001:db8:2::80");
    }

    @Test
    void anAliasLeadsToASynthesizedAddress() throws Exception {
        assertThat(client("dig +short AAAA alias.example.org"))
                .isEqualToNormalizingNewlines(IPV4_ONLY + ".\n" + SYNTHESIZED + "\n");
    }

    @Test
    void aMissingNameStaysMissing() throws Exception {
        assertThat(client("dig AAAA missing.example.org")).contains("status: NXDOMAIN");
    }

    @Test
    void dnsAnswersOverTcp() throws Exception {
        assertThat(client("dig +tcp +short AAAA " + IPV4_ONLY)).isEqualToIgnoringNewLines(SYNTHESIZED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 56, 1400})
    void pingsOfAnySizeComeBack(int octets) throws Exception {
        assertThat(client("ping -c 5 -i 0.05 -W 20 -s " + octets + " " + IPV4_ONLY))
                .contains(" 0% packet loss");
    }

    @Test
    void aDownloadArrivesAsItWasSent() throws Exception {
        assertThat(client("curl -sS http://" + IPV4_ONLY + "/octets/" + OCTETS + " | sha256sum"))
                .startsWith(RandomBytes.sha256(OCTETS));
    }

    @Test
    void anUploadArrivesAsItWasSent(@TempDir Path directory) throws Exception {
        var file = directory.resolve("upload");
        try (var out = Files.newOutputStream(file)) {
            RandomBytes.write(OCTETS, out);
        }

        assertThat(client("curl -sS -T " + file + " http://" + IPV4_ONLY + "/sha256"))
                .isEqualTo(RandomBytes.sha256(OCTETS));
    }

    /** A few may overtake others on their way through a kernel with several processors, without a translator too. */
    @Test
    @Tag("C-020")
    void theSegmentsOfDownloadsArriveInOrder() throws Exception {
        long segments = count("TcpInSegs");
        long outOfOrder = count("TcpExtTCPOFOQueue");
        client("for i in 1 2 3 4; do curl -sS -o /dev/null http://%s/octets/%d & done; wait"
                .formatted(IPV4_ONLY, OCTETS));
        segments = count("TcpInSegs") - segments;
        outOfOrder = count("TcpExtTCPOFOQueue") - outOfOrder;

        assertThat(segments).isGreaterThan(1000);
        assertThat(outOfOrder).isLessThan(segments / 20);
    }

    /** A counter of the client's kernel. */
    private static long count(String name) throws Exception {
        return Long.parseLong(client("nstat -asz %s | awk '/^%<s/ {print $2}'".formatted(name))
                .strip());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1400})
    void datagramsOfAnySizeAreEchoed(int octets) throws Exception {
        assertThat(client(Beds.echo(IPV4_ONLY, octets))).isEqualToIgnoringNewLines("same");
    }

    /** With offload, datagrams that follow each other are written to the device as one, and cut again by the kernel. */
    @Test
    @Tag("C-020")
    void burstsOfDatagramsArriveWholeAndInOrder(@TempDir Path directory) throws Exception {
        var device = Capture.start(bed.gateway(), "nat64", directory.resolve("device.pcapng"));
        var server = Capture.start(bed.server(), "eth0", directory.resolve("server.pcapng"));
        var echoed = bed.client().attempt(EchoedBursts.command(SYNTHESIZED), Beds.PATIENCE);
        device.stop();
        server.stop();

        assertThat(echoed.output()).isEqualToIgnoringNewLines("all the same");
        assertThat(device.packets("udp && frame.len > 1500").isEmpty()).isNotEqualTo(offload);
        assertThat(server.packets("udp && frame.len > 1500")).isEmpty();
        assertThat(server.packetsWithBadChecksum()).isEmpty();
    }

    @Test
    void tracerouteSeesTheWayToTheServer() throws Exception {
        var hops = client("traceroute -6 -n -q 1 -w 10 -m 8 " + IPV4_ONLY)
                .lines()
                .skip(1)
                .toList();

        assertThat(hops).hasSizeBetween(2, 5).noneMatch(hop -> hop.contains("*"));
        assertThat(hops.getFirst()).contains(TestBed.GATEWAY_IPV6);
        assertThat(hops.getLast()).contains(SYNTHESIZED);
    }

    @Test
    void theGatewayCountsWhatItTranslates() throws Exception {
        client("ping -c 1 -W 20 " + IPV4_ONLY);

        assertThat(Beds.run(bed.gateway(), "curl -sS " + TestBed.METRICS_URL)).containsPattern("(?m)^nat64_.* [1-9]");
    }

    @Test
    void everyChecksumIsRightOnBothSides(@TempDir Path directory) throws Exception {
        var ipv6 = Capture.start(bed.client(), "eth0", directory.resolve("ipv6.pcapng"));
        var ipv4 = Capture.start(bed.server(), "eth0", directory.resolve("ipv4.pcapng"));
        client("dig AAAA " + IPV4_ONLY);
        client("ping -c 3 -i 0.05 -W 20 " + IPV4_ONLY);
        client("ping -c 3 -i 0.05 -W 20 -s 1400 " + IPV4_ONLY);
        client("curl -sS http://" + IPV4_ONLY + "/octets/5000000 | sha256sum");
        client("head -c 5000000 /dev/urandom | curl -sS -T - http://" + IPV4_ONLY + "/sha256");
        client(Beds.echo(IPV4_ONLY, 1));
        client(Beds.echo(IPV4_ONLY, 1400));
        client("traceroute -6 -n -q 1 -w 10 -m 8 " + IPV4_ONLY);
        ipv6.stop();
        ipv4.stop();

        for (var capture : new Capture[] {ipv6, ipv4}) {
            assertThat(capture.packetsWithGoodChecksum()).isGreaterThan(1000);
            assertThat(capture.packetsWithBadChecksum()).isEmpty();
        }
    }

    private static String client(String line) throws Exception {
        return Beds.run(bed.client(), line);
    }
}
