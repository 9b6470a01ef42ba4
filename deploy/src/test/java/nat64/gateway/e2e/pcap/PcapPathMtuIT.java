// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.Capture;
import nat64.gateway.e2e.NarrowIpv6Path;
import nat64.gateway.e2e.NarrowPath;
import nat64.gateway.testbed.RandomBytes;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Narrow links behind routers on both sides of a gateway without a TUN device: senders learn of them by ICMP errors
 * that are translated. The gateway sends to both routers by the kernel's routes.
 */
@ExtendWith(NeedsLibpcap.class)
@SuppressWarnings("NullAway.Init")
class PcapPathMtuIT {

    private static final String SERVER = "[64:ff9b::c034:c102]";
    private static final String POOL4 = "198.18.64.0/29";
    private static final int IPV4_MTU = 1300;
    private static final int IPV6_MTU = 1400;
    private static final long OCTETS = 5_000_000;

    /** Of a packet that an ICMP error quotes in part, tshark finds the checksum wrong. */
    private static final String BAD_CHECKSUM = "icmp.checksum.status == 0 || icmpv6.checksum.status == 0"
            + " || (!icmp && !icmpv6 && (ip.checksum.status == 0 || tcp.checksum.status == 0))";

    private static TestBed bed;
    private static NarrowPath ipv4Path;
    private static NarrowIpv6Path ipv6Path;

    @BeforeAll
    static void start() throws Exception {
        bed = Beds.build();
        ipv4Path = NarrowPath.build(bed, POOL4);
        ipv6Path = NarrowIpv6Path.build(bed, IPV6_MTU);
        var configuration = bed.directory().resolve("nat64.yaml");
        Files.writeString(configuration, """
                clients: ["%s"]
                translator:
                  pool4: [{prefix: %s}]
                  mss-clamp: off
                  device: {type: pcap, ipv6-interface: clients, ipv4-interface: internet}
                """.formatted(NarrowIpv6Path.CLIENTS, POOL4));
        bed.startReadyGateway("--config", configuration.toString());
    }

    @AfterAll
    static void remove() throws Exception {
        try (var _ = ipv4Path;
                var _ = ipv6Path) {
            bed.close();
        }
    }

    @Test
    void aDownloadGoesOnAfterPacketTooBigFromARouterOfTheIpv6Side(@TempDir Path directory) throws Exception {
        bed.server().run("ip route flush cache");
        var capture = Capture.start(bed.server(), "eth0", directory.resolve("server.pcapng"));
        assertThat(client("curl -sS -m 100 http://" + SERVER + "/octets/" + OCTETS + " | sha256sum"))
                .startsWith(RandomBytes.sha256(OCTETS));
        capture.stop();

        assertThat(capture.packets("icmp.type == 3 && icmp.code == 4 && icmp.mtu == " + (IPV6_MTU - 20)))
                .isNotEmpty();
        assertThat(capture.packets(BAD_CHECKSUM)).isEmpty();
    }

    @Test
    void anUploadGoesOnAfterFragmentationNeededFromARouterOfTheIpv4Side(@TempDir Path directory) throws Exception {
        var file = directory.resolve("upload");
        try (var out = Files.newOutputStream(file)) {
            RandomBytes.write(OCTETS, out);
        }
        ipv4Path.narrowServerLink(IPV4_MTU, POOL4);
        client("ip -6 route flush cache");
        var capture = Capture.start(bed.client(), "eth0", directory.resolve("client.pcapng"));
        assertThat(client("curl -sS -m 100 -T " + file + " http://" + SERVER + "/sha256"))
                .isEqualTo(RandomBytes.sha256(OCTETS));
        capture.stop();
        ipv4Path.narrowServerLink(1500, POOL4);

        assertThat(capture.packets("icmpv6.type == 2 && icmpv6.mtu == " + (IPV4_MTU + 20)))
                .isNotEmpty();
        assertThat(capture.packets(BAD_CHECKSUM)).isEmpty();
    }

    @Test
    void anUploadGoesOnAfterTheGatewayItselfSaysThatItsLinkIsNarrow(@TempDir Path directory) throws Exception {
        var file = directory.resolve("upload");
        try (var out = Files.newOutputStream(file)) {
            RandomBytes.write(OCTETS, out);
        }
        ipv4Path.narrow(IPV4_MTU);
        Beds.run(
                bed.gateway(),
                "timeout 30 bash -c 'until grep -q \"%d to the IPv4 side\" %s; do sleep 0.1; done'"
                        .formatted(IPV4_MTU, bed.directory().resolve("gateway.log")));

        assertThat(client("curl -sS -m 100 -T " + file + " http://" + SERVER + "/sha256"))
                .isEqualTo(RandomBytes.sha256(OCTETS));
        ipv4Path.narrow(1500);
    }

    private static String client(String line) throws Exception {
        return Beds.run(bed.client(), line);
    }
}
