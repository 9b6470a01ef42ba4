// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import static nat64.translator.packet.DropReason.BAD_ICMP_CHECKSUM;
import static nat64.translator.packet.DropReason.BAD_QUOTED_PACKET;
import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.ROUTING_HEADER;
import static nat64.translator.testing.Packets.echo6;
import static nat64.translator.testing.Packets.error4;
import static nat64.translator.testing.Packets.error6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import nat64.translator.testing.Bytes;
import nat64.translator.testing.RawPacket;
import nat64.translator.testing.TestPacket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketParserTest {

    private static final String HOST = "2001:db8::1";
    private static final String SERVER = "2001:db8::2";
    private static final String UDP = "9c40 0035 0008 0000";
    private static final String TCP = "9c40 0050 00000000 00000000 5002 1000 0000 0000";

    private final PacketParser parser = new PacketParser();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                nothing | '' | TRUNCATED
                19 bytes | 45000013 00000000 40110000 c0000201 c63364 | TRUNCATED
                version 5 | 55000014 00000000 40110000 c0000201 c6336402 | MALFORMED
                32 bytes of IPv6 | 60000000 0000113f 20010db8 00000000 00000000 00000001 20010db8 00000000 | TRUNCATED
                header of 16 bytes | 44000014 00000000 40110000 c0000201 c6336402 | MALFORMED
                total length less than header | 45000013 00000000 40110000 c0000201 c6336402 | MALFORMED
                total length beyond the packet | 45000015 00000000 40110000 c0000201 c6336402 | TRUNCATED
                header beyond the packet | 46000014 00000000 40110000 c0000201 c6336402 | MALFORMED
                wrong header checksum | 45000014 00000000 4011ffff c0000201 c6336402 | BAD_HEADER_CHECKSUM
                """)
    void dropsBrokenIpHeaders(String name, String bytes, DropReason reason) {
        assertThat(parser.parse(TestPacket.received(Bytes.of(bytes)))).as(name).isEqualTo(reason);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                no operation and end | 01010100 | NONE
                router alert | 94040000 | NONE
                bytes after the end | 00940000 | NONE
                length 0 | 94000000 | MALFORMED
                length 1 | 94010000 | MALFORMED
                option beyond the header | 94050000 | MALFORMED
                option without length | 01010194 | MALFORMED
                loose route, expired | 83070800 00000000 | NONE
                loose route, not expired | 83070400 00000000 | SOURCE_ROUTE
                strict route, not expired | 01890704 00000000 | SOURCE_ROUTE
                route without pointer | 83020000 | MALFORMED
                broken option behind a route | 83070800 00000094 | MALFORMED
                """)
    @Tag("C-009")
    @Tag("C-010")
    @Tag("C-011")
    void walksIpv4Options(String name, String options, DropReason reason) {
        var packet =
                TestPacket.received(RawPacket.ipv4(17, UDP).options(options).bytes());
        assertThat(parser.parse(packet)).as(name).isEqualTo(reason);
        assertThat(packet.layers().transport() - packet.start())
                .isEqualTo(20 + options.replace(" ", "").length() / 2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                UDP | 17 | 9c40 0035 0008 0000 | NONE
                UDP of 7 bytes | 17 | 9c40 0035 0008 00 | TRUNCATED
                UDP length 7 | 17 | 9c40 0035 0007 0000 | MALFORMED
                UDP length beyond the packet | 17 | 9c40 0035 0009 0000 | TRUNCATED
                UDP length less than the packet  | 17 | 9c40 0035 0008 0000 ffff | NONE
                TCP | 6  | 9c40 0050 00000000 00000000 5002 1000 0000 0000 | NONE
                TCP of 19 bytes | 6  | 9c40 0050 00000000 00000000 5002 1000 0000 00 | TRUNCATED
                TCP header of 16 bytes | 6  | 9c40 0050 00000000 00000000 4002 1000 0000 0000 | MALFORMED
                TCP header beyond the packet | 6  | 9c40 0050 00000000 00000000 6002 1000 0000 0000 | MALFORMED
                ICMP echo | 1  | 0800 0000 0001 0001 | NONE
                ICMP of 7 bytes | 1  | 0800 0000 0001 00 | TRUNCATED
                other protocol without data | 99 | '' | NONE
                """)
    void checksTransportHeaders(String name, int protocol, String transport, DropReason reason) {
        assertThat(parser.parse(
                        TestPacket.received(RawPacket.ipv4(protocol, transport).bytes())))
                .as(name)
                .isEqualTo(reason);
        int protocolV6 = protocol == 1 ? 58 : protocol;
        var ipv6 = RawPacket.ipv6(protocolV6, transport.replaceFirst("^08", "80"));
        assertThat(parser.parse(TestPacket.received(ipv6.bytes()))).as(name).isEqualTo(reason);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                first, a multiple of eight | 2000 | 17 | 9c40 0035 0408 0000 | NONE
                first, not a multiple of eight | 2000 | 17 | 9c40 0035 0408 0000 00 | MALFORMED
                last of any length | 0001 | 17 | ff | NONE
                empty | 0001 | 17 | '' | MALFORMED
                end at 65515 | 1ffd | 17 | 000000 | NONE
                end beyond 65515 | 1ffd | 17 | 00000000 | MALFORMED
                first without transport header | 2000 | 6  | 9c40 0050 00000000 | TRUNCATED
                first of ICMP | 2000 | 1  | 0800 0000 0001 0001 | FRAGMENTED_ICMP
                later of ICMP | 0001 | 1  | 0800 0000 0001 0001 | FRAGMENTED_ICMP
                """)
    @Tag("C-021")
    @Tag("C-124")
    void checksFragments(String name, String field, int protocol, String transport, DropReason reason) {
        var packet = RawPacket.ipv4(protocol, transport).fragment(Integer.parseInt(field, 16));
        assertThat(parser.parse(TestPacket.received(packet.bytes()))).as(name).isEqualTo(reason);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                hop-by-hop and destination options | 0  | 3c00 0104 00000000  1100 0104 00000000 | NONE
                options of 16 bytes | 60 | 1101 010c 00000000 00000000 00000000 | NONE
                options beyond the packet | 60 | 1102 010c 00000000 | TRUNCATED
                routing without segments left | 43 | 1100 0000 00000000 | NONE
                routing with segments left | 43 | 1100 0001 00000000 | ROUTING_HEADER
                whole packet with Fragment header  | 44 | 1100 0000 deadbeef | NONE
                options before the Fragment header | 60 | 2c00 0104 00000000  1100 0000 deadbeef | NONE
                options after the Fragment header  | 44 | 3c00 0000 deadbeef  1100 0104 00000000 | EXTENSION_IN_FRAGMENT
                two Fragment headers | 44 | 2c00 0000 deadbeef  1100 0000 deadbeef | EXTENSION_IN_FRAGMENT
                AH after the Fragment header | 44 | 3300 0000 deadbeef | EXTENSION_IN_FRAGMENT
                ESP after the Fragment header | 44 | 3200 0000 deadbeef | NONE
                options in a later fragment | 44 | 3c00 0008 deadbeef | EXTENSION_IN_FRAGMENT
                first of ICMPv6 | 44 | 3a00 0001 deadbeef | FRAGMENTED_ICMP
                """)
    @Tag("C-055")
    @Tag("C-056")
    @Tag("C-060")
    @Tag("C-066")
    void walksIpv6ExtensionHeaders(String name, int next, String headers, DropReason reason) {
        var packet = TestPacket.received(RawPacket.ipv6(next, headers + UDP).bytes());
        assertThat(parser.parse(packet)).as(name).isEqualTo(reason);
        assertThat(packet.layers().errorPointer()).isEqualTo(reason == ROUTING_HEADER ? 43 : 0);
    }

    @Test
    @Tag("C-056")
    void pointsAtTheFirstRoutingHeaderWithSegmentsLeft() {
        var headers = "2b00 0104 00000000 2b00 0000 00000000 2b00 0001 00000000 1100 0002 00000000";
        var packet = TestPacket.received(RawPacket.ipv6(60, headers + UDP).bytes());
        assertThat(parser.parse(packet)).isEqualTo(ROUTING_HEADER);
        assertThat(packet.layers().errorPointer()).isEqualTo(40 + 8 + 8 + 3);
        assertThat(packet.layers().protocol()).isEqualTo(17);
        assertThat(packet.layers().transport()).isEqualTo(packet.start() + 40 + 4 * 8);
    }

    @ParameterizedTest
    @CsvSource({"16, NONE", "17, MALFORMED"})
    @Tag("C-057")
    void limitsTheNumberOfExtensionHeaders(int count, DropReason reason) {
        var headers = "3c00 0104 00000000".repeat(count - 1) + "1100 0104 00000000";
        assertThat(parser.parse(
                        TestPacket.received(RawPacket.ipv6(60, headers + UDP).bytes())))
                .isEqualTo(reason);
    }

    @Test
    void findsTheLayersOfAnIpv4Packet() {
        var packet = TestPacket.parsed(RawPacket.ipv4(6, TCP + "ff")
                .options("01010100")
                .fragment(0x4000)
                .bytes());
        var layers = packet.layers();
        assertThat(layers.version()).isEqualTo(4);
        assertThat(layers.start()).isEqualTo(Packet.HEADROOM);
        assertThat(layers.transport()).isEqualTo(Packet.HEADROOM + 24);
        assertThat(layers.payload()).isEqualTo(Packet.HEADROOM + 44);
        assertThat(layers.transportLength()).isEqualTo(21);
        assertThat(layers.hopLimit()).isEqualTo(64);
        assertThat(layers.protocol()).isEqualTo(6);
        assertThat(layers.dontFragment()).isTrue();
        assertThat(layers.isFragment()).isFalse();
        assertThat(layers.hasFragmentHeader()).isFalse();
        assertThat(layers.identification()).isEqualTo(0xbeef);
        assertThat(layers.sourceIpv4()).isEqualTo(0xc0000201);
        assertThat(layers.destinationIpv4()).isEqualTo(0xc6336402);
        assertThat(layers.sourceHigh()).isZero();
        assertThat(layers.destinationLow()).isEqualTo(0xc6336402L);
    }

    @Test
    void findsTheLayersOfAnIpv6Fragment() {
        var packet = TestPacket.parsed(RawPacket.ipv6(60, "2c00 0104 00000000 1100 0011 deadbeef" + UDP)
                .bytes());
        var layers = packet.layers();
        assertThat(layers.version()).isEqualTo(6);
        assertThat(layers.transport()).isEqualTo(Packet.HEADROOM + 56);
        assertThat(layers.payload())
                .as("a later fragment has no transport header")
                .isEqualTo(layers.transport());
        assertThat(layers.transportLength()).isEqualTo(8);
        assertThat(layers.protocol()).isEqualTo(17);
        assertThat(layers.dontFragment()).isFalse();
        assertThat(layers.isLaterFragment()).isTrue();
        assertThat(layers.hasFragmentHeader()).isTrue();
        assertThat(layers.fragmentOffset()).isEqualTo(16);
        assertThat(layers.moreFragments()).isTrue();
        assertThat(layers.identification()).isEqualTo(0xdeadbeef);
        assertThat(layers.sourceHigh()).isEqualTo(0x20010db800000000L);
        assertThat(layers.sourceLow()).isEqualTo(1);
        assertThat(layers.destinationHigh()).isEqualTo(0x0064ff9b00000000L);
        assertThat(layers.destinationLow()).isEqualTo(0xc6336402L);
    }

    @Test
    void cutsOffWhatFollowsThePacketsOwnLength() {
        var udp = udp6(HOST, 1, SERVER, 2, payload(10));
        var packet = TestPacket.parsed(Arrays.copyOf(udp, udp.length + 7));
        assertThat(packet.length()).isEqualTo(udp.length);
    }

    @ParameterizedTest(name = "ICMP error {0}, then {1}: {2}")
    @CsvSource({
        "1,  03010000 00000000, false, true",
        "1,  08000000 00000000, false, false",
        "1,  05000000 00000000, false, true",
        "1,  '', false, false",
        "58, 01000000 00000000, false, false", // ICMPv6 in IPv4
        "17, 03010000 00000000, false, false",
        "58, 01000000 00000000, true, true",
        "58, 80000000 00000000, true, false",
        "58, '', true, false",
        "1,  03010000 00000000, true, false", // ICMPv4 in IPv6
        "43, 3a000001 00000000 01040000 00000000, true, true", // dropped, but may not be answered
        "44, 3a000001 00000000 01040000 00000000, true, true",
        "44, 3a000008 00000000 01040000 00000000, true, false", // a later fragment
    })
    @Tag("C-024")
    @Tag("C-091")
    void tellsWhetherThePacketIsAnIcmpError(int protocol, String rest, boolean ipv6, boolean error) {
        var packet =
                TestPacket.received((ipv6 ? RawPacket.ipv6(protocol, rest) : RawPacket.ipv4(protocol, rest)).bytes());
        parser.parse(packet);
        assertThat(packet.layers().isIcmpError()).isEqualTo(error);
    }

    @Test
    void readsTheQuotedPacketOfAnError() {
        var quoted = tcp6(SERVER, 80, HOST, 40_000, "A", payload(100));
        var packet = TestPacket.parsed(error6(HOST, SERVER, 1, 4, 0, quoted));
        assertThat(packet.quoted().start()).isEqualTo(packet.layers().payload()).isEqualTo(Packet.HEADROOM + 48);
        assertThat(packet.quoted().protocol()).isEqualTo(6);
        assertThat(packet.quoted().sourcePort(packet.buffer())).isEqualTo(80);
        assertThat(packet.quoted().transportLength()).isEqualTo(120);
    }

    @Test
    @Tag("C-075")
    void dropsErrorsWithAWrongChecksum() {
        for (var error : new byte[][] {
            error6(HOST, SERVER, 1, 4, 0, udp6(SERVER, 1, HOST, 2, payload(9))),
            error4("192.0.2.1", "192.0.2.2", 3, 3, 0, udp4("192.0.2.2", 1, "192.0.2.1", 2, payload(9)))
        }) {
            error[error.length - 1] ^= 1;
            assertThat(parser.parse(TestPacket.received(error))).isEqualTo(BAD_ICMP_CHECKSUM);
        }
    }

    @ParameterizedTest(name = "{0} bytes quoted: {1}")
    @CsvSource({"0, false", "39, false", "47, false", "48, true", "60, true"})
    @Tag("C-121")
    void acceptsAQuoteWithEightBytesOfTheTransportHeader(int length, boolean accepted) {
        var quoted = Arrays.copyOf(tcp6(SERVER, 80, HOST, 40_000, "A", payload(100)), length);
        assertThat(parser.parse(TestPacket.received(error6(HOST, SERVER, 1, 4, 0, quoted))))
                .isEqualTo(accepted ? NONE : BAD_QUOTED_PACKET);
    }

    @Test
    @Tag("C-087")
    void dropsErrorsAboutErrorsAndOtherVersions() {
        var error = error6(SERVER, HOST, 1, 4, 0, udp6(HOST, 1, SERVER, 2, payload(9)));
        var echo = echo6(SERVER, HOST, true, 7, 1);
        var other = udp4("192.0.2.1", 1, "192.0.2.2", 2, payload(9));
        assertThat(parser.parse(TestPacket.received(error6(HOST, SERVER, 1, 4, 0, error))))
                .isEqualTo(BAD_QUOTED_PACKET);
        assertThat(parser.parse(TestPacket.received(error6(HOST, SERVER, 1, 4, 0, echo))))
                .isEqualTo(NONE);
        assertThat(parser.parse(TestPacket.received(error6(HOST, SERVER, 1, 4, 0, other))))
                .isEqualTo(BAD_QUOTED_PACKET);
    }

    @ParameterizedTest(name = "length attribute {0}")
    @ValueSource(ints = {0, 10, 16})
    @Tag("C-044")
    void setsTheExtensionAside(int words) {
        var quoted = udp6(SERVER, 80, HOST, 40_000, payload(80));
        var packet = TestPacket.parsed(error6(HOST, SERVER, 3, 0, words << 24, quoted));
        int quote = words == 0 ? quoted.length : words * 8;
        assertThat(packet.extensionBytes()).isEqualTo(quoted.length - quote);
        assertThat(packet.end()).isEqualTo(Packet.HEADROOM + 48 + quote);
        assertThat(packet.layers().transportLength()).isEqualTo(8 + quote);
    }

    @Test
    @Tag("C-044")
    void dropsAnErrorWithLessThanItsLengthAttributeSays() {
        var quoted = udp6(SERVER, 80, HOST, 40_000, payload(80));
        assertThat(parser.parse(TestPacket.received(error6(HOST, SERVER, 3, 0, 17 << 24, quoted))))
                .isEqualTo(BAD_QUOTED_PACKET);
    }
}
