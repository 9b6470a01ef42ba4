// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import nat64.gateway.system.HostException;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A narrow IPv4 link behind the gateway, which nobody learns of but by ICMP errors: the translator's own, where it
 * knows the link, or the kernel's, where it was told another MTU.
 */
@ParameterizedClass(name = "offload {0}, IPv4 MTU {1}, MSS clamping {2}")
@CsvSource({"true, auto, 'off'", "false, auto, 'off'", "true, 1500, 'off'", "true, auto, auto"})
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class PathMtuIT {

    private static final String IPV4_ONLY = "ipv4only.example.org";
    private static final String POOL4 = "198.18.64.0/29";

    private static TestBed bed;
    private static NarrowPath path;

    PathMtuIT(
            @SuppressWarnings("unused") String offload,
            @SuppressWarnings("unused") String mtu,
            @SuppressWarnings("unused") String clamp) {}

    @BeforeParameterizedClassInvocation
    static void start(String offload, String mtu, String clamp) throws Exception {
        bed = Beds.build();
        path = NarrowPath.build(bed, POOL4);
        var configuration = bed.directory().resolve("nat64.yaml");
        Files.writeString(
                configuration,
                "translator: {masquerade: false, pool4: [{prefix: %s}], device: {offload: %s}, mtu: {ipv4: %s}, mss-clamp: %s}%n"
                        .formatted(POOL4, offload, mtu, clamp));
        bed.startReadyGateway("--config", configuration.toString());
    }

    @AfterParameterizedClassInvocation
    static void remove() throws Exception {
        try {
            path.close();
        } finally {
            bed.close();
        }
    }

    @ParameterizedTest(name = "MTU {0}, {1} octets")
    @CsvSource({"1000, 100000000", "1280, 20000000", "1400, 20000000"})
    @Tag("C-018")
    @Tag("C-031")
    @Tag("C-022")
    void aDownloadArrivesAsItWasSent(int mtu, long octets) throws Exception {
        path.narrow(mtu);
        assertThat(client("curl -sS -m 240 http://" + IPV4_ONLY + "/octets/" + octets + " | sha256sum"))
                .startsWith(RandomBytes.sha256(octets));
    }

    @ParameterizedTest(name = "MTU {0}, {1} octets")
    @CsvSource({"1000, 100000000", "1280, 20000000", "1400, 20000000"})
    @Tag("C-062")
    @Tag("C-063")
    @Tag("C-077")
    void anUploadArrivesAsItWasSent(int mtu, long octets, @TempDir Path directory) throws Exception {
        var file = directory.resolve("upload");
        try (var out = Files.newOutputStream(file)) {
            RandomBytes.write(octets, out);
        }
        path.narrow(mtu);
        assertThat(client("curl -sS -m 240 -T " + file + " http://" + IPV4_ONLY + "/sha256"))
                .isEqualTo(RandomBytes.sha256(octets));
    }

    @ParameterizedTest(name = "MTU {0}, {1} octets")
    @CsvSource({"1000, 900", "1000, 1400", "1000, 4000", "1280, 4000", "1400, 1400", "1400, 30000"})
    @Tag("C-062")
    @Tag("C-122")
    void largeDatagramsAreEchoed(int mtu, int octets) throws Exception {
        path.narrow(mtu);
        assertThat(client(Beds.echo(IPV4_ONLY, octets))).isEqualToIgnoringNewLines("same");
    }

    @Test
    @Tag("C-191")
    @Tag("C-054")
    void theClientSeesEachRouterOnTheWay() throws Exception {
        path.narrow(1400);
        var hops = client("traceroute -6 -n -q 1 -w 10 -m 8 " + IPV4_ONLY);
        assertThat(hops).contains(TestBed.GATEWAY_IPV6, "64:ff9b::c034:c1fe", "64:ff9b::c034:c102");
    }

    @Test
    @Tag("C-006")
    @Tag("C-198")
    void theServerSeesEachRouterOnTheWay() throws Exception {
        path.narrow(1400);
        var binding = CompletableFuture.supplyAsync(PathMtuIT::nextBinding);
        while (!binding.isDone()) {
            client("echo x > /dev/udp/" + IPV4_ONLY + "/9; sleep 0.2");
        }
        var tuple = List.of(binding.join().strip().split("\\s+"));

        var hops = Beds.run(
                bed.server(), "traceroute -4 -n -U -p " + tuple.getLast() + " -q 1 -w 2 -m 8 " + tuple.getFirst());

        assertThat(hops).contains(NarrowPath.ROUTER, TestBed.GATEWAY_IPV4);
        assertThat(hops.lines().reduce((_, last) -> last).orElseThrow()).contains(tuple.getFirst());
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1400})
    void everyChecksumIsRightOnTheNarrowLink(int mtu, @TempDir Path directory) throws Exception {
        path.narrow(mtu);
        path.mergeSegments(false); // a capture would see merged segments whose checksums nobody has made yet
        var capture = Capture.start(bed.gateway(), "internet", directory.resolve("narrow.pcapng"));
        client("curl -sS http://" + IPV4_ONLY + "/octets/1000000 | sha256sum");
        client("head -c 1000000 /dev/urandom | curl -sS -T - http://" + IPV4_ONLY + "/sha256");
        client(Beds.echo(IPV4_ONLY, 1400));
        capture.stop();
        path.mergeSegments(true);

        assertThat(capture.packetsWithGoodChecksum()).isGreaterThan(500);
        assertThat(capture.packetsWithBadChecksum()).isEmpty();
    }

    /** Source address and port of the next datagram from the client's side. */
    private static String nextBinding() {
        try {
            return Beds.run(
                    bed.server(),
                    "timeout 240 tshark -Q -l -n -i eth0 -c 1 -f 'udp dst port 9' -T fields -e ip.src -e udp.srcport 2>/dev/null");
        } catch (HostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String client(String line) throws Exception {
        return Beds.run(bed.client(), line);
    }
}
