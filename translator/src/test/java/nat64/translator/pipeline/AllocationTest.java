// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.error4;
import static nat64.translator.testing.Packets.error6;
import static nat64.translator.testing.Packets.ip4;
import static nat64.translator.testing.Packets.ipv4;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestMode.NAT64;
import static nat64.translator.testing.TestMode.ROUTER;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.OTHER_CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nat64.translator.PacketTranslatorSettings;
import nat64.translator.TranslatorSettings;
import nat64.translator.packet.DropReason;
import nat64.translator.testing.Allocations;
import nat64.translator.testing.Fragments;
import nat64.translator.testing.Packets;
import nat64.translator.testing.TestMode;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import nat64.translator.translate.NextHopMtus;
import nat64.translator.translate.TranslationOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.pcap4j.packet.namednumber.IpNumber;

/** No packet makes an object, once its session is there and its code is compiled. */
@ParameterizedClass(name = "{0}")
@EnumSource(TestMode.class)
class AllocationTest {

    /** Narrow links, segments that are clamped, and errors that are never too many. */
    private static final TranslationOptions OPTIONS = new TranslationOptions(
            1280, new NextHopMtus.Fixed(1500, 1400), 1000, TranslationOptions.COPY, TranslationOptions.COPY);

    private final TestMode mode;
    private final PacketTranslatorSettings settings;

    /** Tells how the packets look that come out; what is measured is another one, with the same seed. */
    private final TestTranslator twin;

    private final List<byte[]> packets = new ArrayList<>();

    AllocationTest(TestMode mode) {
        this.mode = mode;
        settings = mode.settings(TranslatorSettings.UNLIMITED_ICMP_ERRORS, OPTIONS);
        twin = new TestTranslator(settings);
    }

    @AfterEach
    void close() {
        twin.close();
    }

    @Test
    void translatesDatagrams() {
        var out = open(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(100)));
        packets.add(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(100)));
        assertThatNothingIsAllocated();
    }

    @Test
    void turnsPacketsAround() {
        var other = open(udp6(OTHER_CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)));
        packets.add(udp6(CLIENT, 1025, "2001:db8:64::" + other.source(), other.sourcePort(), payload(100)));
        assertThatNothingIsAllocated();
    }

    @Test
    void translatesFragmentsAndCutsThem() {
        var out = open(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)));
        packets.addAll(Fragments.ofIpv6(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(3000)), 1440, 7));
        var large = Fragments.allowed(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(3000)));
        packets.addAll(Fragments.ofIpv4(large, 1480));
        packets.add(large);
        assertThatNothingIsAllocated();
    }

    @Test
    void translatesFragmentsInTheWrongOrder() {
        var out = open(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)));
        packets.addAll(Fragments.ofIpv6(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(3000)), 1200, 7)
                .reversed());
        packets.addAll(Fragments.ofIpv4(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(3000)), 1200)
                .reversed());
        if (mode == NAT64) {
            assertThatNothingIsAllocated(DropReason.FRAGMENT_STORED);
        } else {
            assertThatNothingIsAllocated();
        }
    }

    @Test
    void clampsSegments() {
        var syn = tcp6(CLIENT, 1025, SERVER_IN_PREF64, 80, "S", new byte[] {2, 4, 5, (byte) 0xa0});
        syn[52] = 6 << 4; // the payload is an option
        packets.add(syn);
        assertThat(twin.forward(syn).u16(42)).isEqualTo(1000);
        assertThatNothingIsAllocated();
    }

    @Test
    void tellsSendersOfErrors() {
        var expired = udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(100));
        expired[7] = 1;
        packets.add(expired);
        packets.add(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1500)));
        var datagram = udp(ip4(SERVER), 53, ip4("203.0.113.1"), 1025, payload(100));
        packets.add(ipv4(SERVER, "203.0.113.1", IpNumber.UDP, 1, true, datagram));
        packets.add(udp4(SERVER, 53, "203.0.113.1", 1025, payload(1473)));
        assertThat(packets).allSatisfy(packet -> assertThat(twin.send(packet)).hasSize(1));
        assertThatNothingIsAllocated(DropReason.HOP_LIMIT_EXCEEDED, DropReason.TOO_BIG);
    }

    @Test
    void translatesErrors() {
        var out = open(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(200)));
        packets.add(error4("192.0.2.99", out.source(), 3, 3, 0, out.octets()));
        packets.add(error4("192.0.2.99", out.source(), 11, 0, 32 << 16, Arrays.copyOf(out.octets(), 148)));
        var in = twin.translate(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(200)));
        packets.add(error6(ROUTER, SERVER_IN_PREF64, 2, 0, 1400, in.octets()));
        packets.add(error6(ROUTER, SERVER_IN_PREF64, 1, 4, 16 << 24, Arrays.copyOf(in.octets(), 148)));
        var request = open(Packets.echo6(CLIENT, SERVER_IN_PREF64, true, 7, 1));
        packets.add(error4("192.0.2.99", request.source(), 11, 0, 0, request.octets()));
        assertThatNothingIsAllocated();
    }

    /** Opens the session of a packet, which the measured translator gets first, too. */
    private Wire open(byte[] packet) {
        packets.add(packet);
        return twin.translate(packet);
    }

    private void assertThatNothingIsAllocated(DropReason... expectedDrops) {
        Allocations.assertNone(settings, packets, expectedDrops);
    }
}
