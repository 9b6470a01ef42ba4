// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.testing.Packets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.Pcaps;
import org.pcap4j.packet.namednumber.DataLinkType;

/** The filters as libpcap compiles them, on frames. */
class CaptureFilterTest {

    private static final String OWN = "020000000001";
    private static final String OTHER = "0200000000aa";
    private static final String BROADCAST = "ffffffffffff";
    private static final String MULTICAST = "3333ff000201";
    private static final long MAC = Long.parseLong(OWN, 16);
    private static final String IPV4 =
            CaptureFilter.ipv4(MAC, List.of(Ipv4Prefix.parse("192.0.2.64/29"), Ipv4Prefix.parse("198.51.100.7/32")));
    private static final String IPV6 =
            CaptureFilter.ipv6(MAC, List.of(Ipv6Prefix.parse("64:ff9b::/96"), Ipv6Prefix.parse("2001:db8:64::/48")));

    @BeforeAll
    static void requireLibpcap() {
        assumeTrue(Libpcap.obstacle().isEmpty(), () -> Libpcap.obstacle().orElse(""));
    }

    @ParameterizedTest
    @CsvSource({
        OWN + ",       192.0.2.64,   true",
        OWN + ",       198.51.100.7, true",
        OWN + ",       192.0.2.72,   false",
        OTHER + ",     192.0.2.64,   false",
        BROADCAST + ", 192.0.2.64,   false"
    })
    void takesIpv4PacketsForPool4SentToItsMacAddress(String mac, String destination, boolean taken) throws Exception {
        var packet = Packets.udp4("192.0.2.9", 1, destination, 2, Packets.payload(30));

        assertThat(passes(IPV4, frame(mac, "0800", packet))).isEqualTo(taken);
        assertThat(passes(IPV6, frame(mac, "0800", packet))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        OWN + ",       64:ff9b::1,      true",
        OWN + ",       2001:db8:64::1,  true",
        OWN + ",       2001:db8:65::1,  false",
        OTHER + ",     64:ff9b::1,      false",
        MULTICAST + ", 64:ff9b::1,      false"
    })
    void takesIpv6PacketsForPref64SentToItsMacAddress(String mac, String destination, boolean taken) throws Exception {
        var packet = Packets.udp6("2001:db8:1::2", 1, destination, 2, Packets.payload(30));

        assertThat(passes(IPV6, frame(mac, "86dd", packet))).isEqualTo(taken);
        assertThat(passes(IPV4, frame(mac, "86dd", packet))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({OWN + ", true", BROADCAST + ", true", OTHER + ", false"})
    void takesArpThatItMaySee(String mac, boolean taken) throws Exception {
        var arp = HexFormat.of().parseHex("0001080006040001" + OTHER + "c0000209" + "000000000000" + "c0000240");

        assertThat(passes(IPV4, frame(mac, "0806", arp))).isEqualTo(taken);
        assertThat(passes(IPV6, frame(mac, "0806", arp))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        OWN + ",       135, true",
        OWN + ",       136, true",
        MULTICAST + ", 135, true",
        OTHER + ",     135, false",
        OWN + ",       134, false",
        MULTICAST + ", 133, false",
        MULTICAST + ", 143, false"
    })
    void takesNeighborDiscoveryThatItMaySee(String mac, int type, boolean taken) throws Exception {
        var message = Packets.udp6("fe80::2", 1, "fe80::1", 2, Packets.payload(30));
        message[6] = 58;
        message[40] = (byte) type;

        assertThat(passes(IPV6, frame(mac, "86dd", message))).isEqualTo(taken);
    }

    private static boolean passes(String filter, byte[] frame) throws Exception {
        try (PcapHandle handle = Pcaps.openDead(DataLinkType.EN10MB, 65_535)) {
            var program = handle.compileFilter(filter, BpfCompileMode.OPTIMIZE, PcapHandle.PCAP_NETMASK_UNKNOWN);
            try {
                return program.applyFilter(frame);
            } finally {
                program.free();
            }
        }
    }

    private static byte[] frame(String destination, String type, byte[] payload) {
        var header = HexFormat.of().parseHex(destination + OTHER + type);
        return ByteBuffer.allocate(header.length + payload.length)
                .put(header)
                .put(payload)
                .array();
    }
}
