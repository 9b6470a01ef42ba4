// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.echo4;
import static nat64.translator.testing.Packets.echo6;
import static nat64.translator.testing.Packets.error4;
import static nat64.translator.testing.Packets.error6;
import static nat64.translator.testing.Packets.ip4;
import static nat64.translator.testing.Packets.ip6;
import static nat64.translator.testing.Packets.ipv4;
import static nat64.translator.testing.Packets.ipv6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.Packets.unknown;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import nat64.translator.TranslatorSettings;
import nat64.translator.packet.DropReason;
import nat64.translator.testing.Fragments;
import nat64.translator.testing.TestMode;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import nat64.translator.translate.NextHopMtus;
import nat64.translator.translate.TranslationOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcap4j.packet.namednumber.IpNumber;

/** The IP headers that translated packets get, field by field. */
@ParameterizedClass(name = "{0}")
@EnumSource(TestMode.class)
class HeaderTest {

    private final TestMode mode;
    private final TestTranslator translator;

    HeaderTest(TestMode mode) {
        this.mode = mode;
        translator = mode.start();
    }

    @AfterEach
    void close() {
        translator.close();
    }

    @Test
    @Tag("C-001")
    @Tag("C-002")
    @Tag("C-004")
    @Tag("C-005")
    void writesEveryFieldOfTheIpv6Header() {
        var out = fromClient();
        var back = translator.translate(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(99)));
        assertThat(back.octets()).startsWith(0x61, 0x00, 0x00, 0x00); // version 6, class 0x10, flow label 0
        assertThat(back.u16(4)).as("payload length").isEqualTo(8 + 99);
        assertThat(back.octets()[6]).as("next header").isEqualTo((byte) 17);
        assertThat(back.octets()[7]).as("hop limit").isEqualTo((byte) 63);
    }

    @Test
    @Tag("C-049")
    @Tag("C-050")
    @Tag("C-051")
    @Tag("C-065")
    void writesEveryFieldOfTheIpv4Header() {
        var out = translator.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(99)));
        assertThat(out.octets()[0]).as("version and header length").isEqualTo((byte) 0x45);
        assertThat(out.octets()[1]).as("type of service").isEqualTo((byte) 0xb8);
        assertThat(out.u16(2)).as("total length").isEqualTo(28 + 99);
        assertThat(out.octets()[8]).as("TTL").isEqualTo((byte) 63);
        assertThat(out.octets()[9]).as("protocol").isEqualTo((byte) 17);
    }

    @Test
    @Tag("C-005")
    @Tag("C-055")
    void makesIcmpv6OfIcmpv4AndBack() {
        var request = translator.translate(echo6(CLIENT, SERVER_IN_PREF64, true, 7, 1));
        assertThat(request.octets()[9]).isEqualTo((byte) 1);
        var reply = translator.translate(echo4(SERVER, request.source(), false, request.icmpIdentifier(), 1));
        assertThat(reply.octets()[6]).isEqualTo((byte) 58);
    }

    @Test
    @Tag("C-003")
    @Tag("C-050")
    void setsTheClassThatTheOperatorWants() {
        var options = new TranslationOptions(1280, NextHopMtus.UNLIMITED, 0, 0, 0xe0);
        try (var forced = mode.start(options)) {
            var out = forced.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(9)));
            assertThat(out.octets()[1]).isEqualTo((byte) 0xe0);
            var back = forced.translate(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(9)));
            assertThat(back.octets()).startsWith(0x60, 0x00);
        }
    }

    @Test
    @Tag("C-093")
    void answersWithTheClassOfThePacketButWithoutItsEcnBits() {
        var packet = ipv6(
                CLIENT, SERVER_IN_PREF64, IpNumber.UDP, 1, udp(ip6(CLIENT), 1, ip6(SERVER_IN_PREF64), 2, payload(1)));
        packet[1] |= 0x30; // ECN bits of the traffic class
        var error = translator.translate(packet);
        assertThat(error.octets()).startsWith(0x6b, 0x80);

        var fromIpv4 = expired();
        fromIpv4[1] = (byte) 0xbb;
        assertThat(translator.translate(Fragments.allowed(fromIpv4)).octets()[1])
                .isEqualTo((byte) 0xb8);
    }

    @Test
    @Tag("C-052")
    void repeatsNoIdentificationSoon() {
        var seen = new HashSet<Integer>();
        for (int i = 0; i < 65_536; i++) {
            seen.add(fromClient().u16(4));
        }
        assertThat(seen).hasSize(65_536);
    }

    @Test
    @Tag("C-052")
    void countsIdentificationsOfEachPairOfHostsOnItsOwn() {
        int first = fromClient().u16(4);
        translator.translate(udp6(CLIENT, 40_000, "2001:db8:64::c633:6403", 53, payload(1)));
        assertThat(fromClient().u16(4)).isEqualTo((first + 1) & 0xffff);
    }

    @Test
    @Tag("C-008")
    void translatesErrorsOfRoutersWithAnyAddress() {
        var out = fromClient();
        var error = translator.translate(error4("127.0.0.1", out.source(), 11, 0, 0, out.octets()));
        assertThat(error.source()).isEqualTo(Wire.address("2001:db8:64::7f00:1"));
    }

    @Test
    @Tag("C-058")
    void dropsSourcesThatNoIpv6HostMayHave() {
        for (var source : new String[] {"::", "::1", "ff02::1", "fe80::1"}) {
            assertThat(translator.send(udp6(source, 1, SERVER_IN_PREF64, 2, payload(1))))
                    .isEmpty();
        }
        assertThat(translator.dropped(DropReason.ILLEGAL_SOURCE)).isEqualTo(4);
    }

    @Test
    @Tag("C-064")
    void dropsAJumbogram() {
        var packet = udp6(CLIENT, 1, SERVER_IN_PREF64, 2, payload(100));
        packet[4] = 0;
        packet[5] = 0;
        packet[6] = 0; // a Hop-by-Hop header, and a payload length of 0
        assertThat(translator.send(packet)).isEmpty();
        assertThat(translator.drops()).containsExactly(DropReason.TRUNCATED);
    }

    @ParameterizedTest(name = "ICMPv4 type {0}")
    @ValueSource(ints = {6, 9, 10, 13, 14, 15, 16, 17, 18, 40, 255})
    @Tag("C-026")
    void dropsOtherIcmpv4Messages(int type) {
        assertThat(translator.send(error4(SERVER, "203.0.113.1", type, 0, 0, payload(40))))
                .isEmpty();
        assertThat(translator.drops()).containsExactly(DropReason.UNTRANSLATABLE_ICMP);
    }

    @ParameterizedTest(name = "protocol {0}")
    @ValueSource(ints = {0, 43, 44, 58, 60})
    @Tag("C-005")
    @Tag("C-072")
    void refusesIpv4ProtocolsThatAreOtherHeadersInIpv6(int protocol) {
        var number = IpNumber.getInstance((byte) protocol);
        var error = translator.translate(ipv4(SERVER, "203.0.113.1", number, 64, true, unknown(payload(40))));
        assertThat(error.icmpType()).isEqualTo(3);
        assertThat(error.icmpCode()).isEqualTo(2);
        assertThat(translator.drops()).containsExactly(DropReason.UNSUPPORTED_PROTOCOL);
    }

    @Test
    @Tag("C-055")
    @Tag("C-072")
    void refusesIcmpv4FromAnIpv6Host() {
        var error = translator.translate(
                ipv6(CLIENT, SERVER_IN_PREF64, IpNumber.ICMPV4, 64, unknown(new byte[] {8, 0, 0, 0, 0, 1, 0, 1})));
        assertThat(error.icmpType()).isEqualTo(1);
        assertThat(error.icmpCode()).isEqualTo(4);
        assertThat(translator.drops()).containsExactly(DropReason.UNSUPPORTED_PROTOCOL);
    }

    @Test
    @Tag("C-073")
    void passesAZeroUdpChecksumToIpv4() {
        var packet = udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(9));
        ByteBuffer.wrap(packet).putShort(46, (short) 0);
        assertThat(translator.send(packet).getFirst().u16(26)).isZero();
    }

    @Test
    @Tag("C-074")
    void leavesItToTheReceiverToFindAWrongChecksum() {
        var packet = tcp6(CLIENT, 40_000, SERVER_IN_PREF64, 80, "S", payload(9));
        packet[packet.length - 1] ^= 1;
        assertThat(translator.send(packet).getFirst().transportSum()).isNotEqualTo(0xffff);
    }

    @Test
    @Tag("C-038")
    @Tag("C-039")
    @Tag("C-040")
    void translatesAQuotedFragment() {
        var whole = udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(3000));
        var fragments = Fragments.ofIpv6(whole, 1200, 0x42).stream()
                .map(translator::forward)
                .toList();
        var out = fragments.getFirst();

        var quote = Arrays.copyOf(out.octets(), 100);
        var error = translator.translate(error4("192.0.2.99", out.source(), 11, 1, 0, quote));

        assertThat(error.octets()).as("28 octets more of headers").hasSize(48 + 128);
        var quoted = error.quoted();
        assertThat(quoted.octets()[6]).as("Fragment header").isEqualTo((byte) 44);
        assertThat(quoted.u16(4)).as("payload length").isEqualTo(1208);
        assertThat(quoted.u16(42)).as("offset and flag").isEqualTo(1);
        assertThat(quoted.u16(46)).as("identification").isEqualTo(0x42);
        assertThat(quoted.sourcePort()).isEqualTo(40_000);
    }

    @Test
    @Tag("C-040")
    void translatesErrorsAboutLaterFragmentsOnlyWithoutState() {
        var whole = udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(3000));
        var fragments = Fragments.ofIpv6(whole, 1200, 0x42).stream()
                .map(translator::forward)
                .toList();
        var later = fragments.get(1);

        var sent = translator.send(error4("192.0.2.99", later.source(), 11, 1, 0, Arrays.copyOf(later.octets(), 100)));

        switch (mode) {
            case NAT64 -> {
                assertThat(sent).isEmpty();
                assertThat(translator.drops()).containsExactly(DropReason.BAD_QUOTED_PACKET);
            }
            case SIIT -> {
                var quoted = sent.getFirst().assertSound().quoted();
                assertThat(quoted.source()).isEqualTo(Wire.address(CLIENT));
                assertThat(quoted.destination()).isEqualTo(Wire.address(SERVER_IN_PREF64));
                assertThat(quoted.u16(42)).as("offset and flag").isEqualTo(1201);
                assertThat(quoted.from(48)).isEqualTo(Arrays.copyOfRange(later.octets(), 20, 100));
            }
        }
    }

    @Test
    @Tag("C-038")
    @Tag("C-089")
    void mendsTheLengthsAroundAQuote() {
        var out = fromClient();
        var error = translator.translate(error4("192.0.2.99", out.source(), 3, 1, 0, out.octets()));
        assertThat(error.u16(4)).isEqualTo(8 + out.octets().length + 20);
        var in = translator.translate(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(30)));
        var back = translator.translate(error6("2001:db8:1::99", SERVER_IN_PREF64, 1, 3, 0, in.octets()));
        assertThat(back.u16(2)).isEqualTo(28 + in.octets().length - 20);
    }

    @Test
    @Tag("C-027")
    void dropsMulticastMembershipReports() {
        assertThat(translator.send(ipv4(SERVER, "224.0.0.22", IpNumber.IGMP, 1, true, unknown(payload(16)))))
                .isEmpty();
        for (int ttl : new int[] {1, 64}) {
            assertThat(translator.send(ipv4(SERVER, "203.0.113.1", IpNumber.IGMP, ttl, true, unknown(payload(16)))))
                    .isEmpty();
        }
        assertThat(translator.dropped(DropReason.UNTRANSLATABLE_ICMP)).isGreaterThanOrEqualTo(2);
    }

    @Test
    @Tag("C-047")
    @Tag("C-021")
    void tellsTheSenderOfFragmentedIcmpv4() {
        var echo = echo4(SERVER, "203.0.113.1", true, 1, 1);
        var error = translator.translate(Fragments.ofIpv4(echo, 32).getFirst());
        assertThat(error.icmpType()).isEqualTo(3);
        assertThat(error.icmpCode()).isEqualTo(13);
        assertThat(translator.drops()).containsExactly(DropReason.FRAGMENTED_ICMP);
    }

    @Test
    @Tag("C-048")
    void saysNothingOrEverythingIfTheOperatorWants() {
        try (var silent = mode.start(0, TranslationOptions.RFC_7915)) {
            assertThat(expiries(silent, 500)).isZero();
        }
        try (var talkative = mode.start(TranslatorSettings.UNLIMITED_ICMP_ERRORS, TranslationOptions.RFC_7915)) {
            assertThat(expiries(talkative, 500)).isEqualTo(500);
        }
    }

    private static int expiries(TestTranslator translator, int packets) {
        int sent = 0;
        for (int i = 0; i < packets; i++) {
            sent += translator.send(expired()).size();
        }
        return sent;
    }

    /** A datagram from the IPv4 side that has no hop left. */
    private static byte[] expired() {
        return ipv4(
                SERVER,
                "203.0.113.1",
                IpNumber.UDP,
                1,
                true,
                udp(ip4(SERVER), 53, ip4("203.0.113.1"), 7777, payload(1)));
    }

    private Wire fromClient() {
        return translator.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(1)));
    }
}
