// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.error4;
import static nat64.translator.testing.Packets.error6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.testing.Fragments;
import nat64.translator.testing.TestMode;
import nat64.translator.testing.TestSiit;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import nat64.translator.translate.NextHopMtus;
import nat64.translator.translate.TranslationOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets and the MTUs of the links that they leave by. */
@ParameterizedClass(name = "{0}")
@EnumSource(TestMode.class)
class MtuTest {

    private final Links links = new Links();
    private final TestMode mode;
    private final TestTranslator translator;

    MtuTest(TestMode mode) {
        this.mode = mode;
        translator = mode.start(TranslationOptions.RFC_7915.with(links));
    }

    @AfterEach
    void close() {
        translator.close();
    }

    @Test
    @Tag("C-063")
    @Tag("C-022")
    void tellsAnIpv6HostWhatTheIpv4SideTakes() {
        links.ipv4 = 1400;
        assertThat(fromClient(1372).octets()).hasSize(1400);

        var packet = udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(1373));
        var error = translator.translate(packet);

        assertThat(error.icmpType()).isEqualTo(2);
        assertThat(error.icmpCode()).isZero();
        assertThat(error.icmpRest()).isEqualTo(1420);
        assertThat(error.destination()).isEqualTo(Wire.address(CLIENT));
        assertThat(packet).startsWith(error.quoted().octets());
        assertThat(translator.drops()).containsExactly(DropReason.TOO_BIG);
    }

    @Test
    @Tag("C-063")
    void neverTellsAnIpv6HostLessThanEveryLinkTakes() {
        links.ipv4 = 1000;
        assertThat(translator
                        .translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(1233)))
                        .icmpRest())
                .isEqualTo(1280);
    }

    @ParameterizedTest
    @ValueSource(ints = {68, 576, 1000, 1259})
    @Tag("C-062")
    @Tag("C-052")
    void cutsIpv6PacketsThatEveryIpv6LinkTakes(int mtu) {
        links.ipv4 = mtu;
        var pieces = translator.send(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(1232)));
        assertThat(pieces).hasSizeGreaterThan(1).allMatch(piece -> piece.octets().length <= mtu);
        assertThat(pieces.stream().map(piece -> piece.u16(4)).distinct()).hasSize(1);
        assertThat(Fragments.ipv4(pieces).assertSound().from(28)).isEqualTo(payload(1232));
    }

    @Test
    @Tag("C-062")
    @Tag("C-059")
    void cutsIpv6FragmentsFurther() {
        links.ipv4 = 1000;
        var pieces = new ArrayList<Wire>();
        var whole = udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(4000));
        for (var fragment : Fragments.ofIpv6(whole, 1440, 0xabcd_1234)) {
            pieces.addAll(translator.send(fragment));
        }
        assertThat(pieces).hasSize(6).allMatch(piece -> piece.octets().length <= 1000 && piece.u16(4) == 0x1234);
        assertThat(Fragments.ipv4(pieces).assertSound().from(28)).isEqualTo(payload(4000));
    }

    @Test
    @Tag("C-018")
    @Tag("C-022")
    void tellsAnIpv4HostWhatTheIpv6SideTakes() {
        var out = fromClient(1);
        links.ipv6 = 1400;
        var fits = udp4(SERVER, 53, out.source(), out.sourcePort(), payload(1352));
        assertThat(translator.translate(fits).octets()).hasSize(1400);

        var packet = udp4(SERVER, 53, out.source(), out.sourcePort(), payload(1353));
        var error = translator.translate(packet);

        assertThat(error.icmpType()).isEqualTo(3);
        assertThat(error.icmpCode()).isEqualTo(4);
        assertThat(error.icmpRest()).isEqualTo(1380);
        assertThat(error.source()).isEqualTo(mode == TestMode.NAT64 ? out.source() : TestSiit.OWN_IPV4);
        assertThat(error.destination()).isEqualTo(SERVER);
        assertThat(packet).startsWith(error.quoted().octets());
        assertThat(translator.drops()).containsExactly(DropReason.TOO_BIG);
    }

    @Test
    @Tag("C-019")
    @Tag("C-046")
    void tellsTheSenderOfFragmentsThatTheyGrowByAFragmentHeader() {
        var out = fromClient(1);
        links.ipv6 = 1500;
        var whole = udp4(SERVER, 53, out.source(), out.sourcePort(), payload(4000));
        var error = translator.translate(
                Fragments.forbidden(Fragments.ofIpv4(whole, 1480).getFirst()));
        assertThat(error.icmpRest()).isEqualTo(1472);

        var fits = Fragments.ofIpv4(whole, 1452 & ~7).getFirst();
        assertThat(translator.send(Fragments.forbidden(fits)))
                .hasSize(1)
                .allMatch(piece -> piece.octets().length <= 1500);
    }

    @Test
    @Tag("C-014")
    @Tag("C-015")
    void cutsToTheSizeThatTheOperatorAllows() {
        try (var large =
                mode.start(new TranslationOptions(1400, links, 0, TranslationOptions.COPY, TranslationOptions.COPY))) {
            var out = large.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(1)));
            var packet = Fragments.allowed(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(3000)));
            assertThat(large.send(packet).getFirst().octets()).hasSize(48 + 1352);
            links.ipv6 = 1300;
            assertThat(large.send(packet)).allMatch(piece -> piece.octets().length <= 1300);
        }
    }

    @Test
    @Tag("C-077")
    @Tag("C-078")
    void judgesSuperPacketsFromTheIpv4SideByTheirSegments() {
        var syn = connect();
        links.ipv6 = 1400;
        var packet = tcp4(SERVER, 80, syn.source(), syn.sourcePort(), "PA", payload(20_000));
        assertThat(translator.sendSuperPacket(packet, Packet.Segmentation.TCP, 1340))
                .hasSize(1);

        var errors = translator.sendSuperPacket(packet, Packet.Segmentation.TCP, 1341);

        assertThat(errors).hasSize(1);
        var error = errors.getFirst().assertSound();
        assertThat(error.icmpRest()).isEqualTo(1380);
        assertThat(error.octets()).hasSize(576);
        var quoted = error.quoted();
        assertThat(quoted.u16(2)).as("length of the first segment").isEqualTo(1381);
        assertThat(quoted.sourcePort()).isEqualTo(80);
        assertThat(quoted.octets()[33] & 0x08).as("PSH is the last segment's").isZero();
    }

    @Test
    @Tag("C-077")
    @Tag("C-078")
    void judgesSuperPacketsFromTheIpv6SideByTheirSegments() {
        connect();
        links.ipv4 = 1400;
        var packet = tcp6(CLIENT, 50_000, SERVER_IN_PREF64, 80, "PA", payload(20_000));
        assertThat(translator.sendSuperPacket(packet, Packet.Segmentation.TCP, 1360))
                .hasSize(1);

        var errors = translator.sendSuperPacket(packet, Packet.Segmentation.TCP, 1361);

        assertThat(errors).hasSize(1);
        var error = errors.getFirst().assertSound();
        assertThat(error.icmpRest()).isEqualTo(1420);
        assertThat(error.octets()).hasSize(1280);
        assertThat(error.quoted().u16(4)).as("payload of the first segment").isEqualTo(1381);
    }

    @Test
    @Tag("C-077")
    @Tag("C-062")
    void cutsSuperPacketsForANarrowIpv4Side() {
        connect();
        links.ipv4 = 1000;
        var packet = tcp6(CLIENT, 50_000, SERVER_IN_PREF64, 80, "PAF", payload(10_000));

        var pieces = translator.sendSuperPacket(packet, Packet.Segmentation.TCP, 1220);

        assertThat(pieces).allMatch(piece -> piece.octets().length <= 1000);
        var bySequence = new TreeMap<Integer, Wire>();
        byIdentification(pieces).values().forEach(own -> {
            var segment = Fragments.ipv4(own).assertSound();
            bySequence.put(ByteBuffer.wrap(segment.octets()).getInt(24) - 0x01020304, segment);
        });
        assertThat(bySequence).hasSize(9);
        assertThat(bySequence.lastEntry().getValue().octets()[33] & 0x09).isEqualTo(0x09);
        bySequence.forEach((offset, segment) -> assertThat(segment.from(40))
                .isEqualTo(Arrays.copyOfRange(payload(10_000), offset, offset + segment.octets().length - 40)));
    }

    @ParameterizedTest(name = "3/4 with {0} is 2/0 with {3} between IPv6 {1} and IPv4 {2}")
    @CsvSource({
        "1400, 65535, 65535, 1420",
        "1400, 1410, 65535, 1410",
        "1400, 65535, 1300, 1320",
        "1400, 1300, 1000, 1280",
        "576, 1500, 1500, 1280",
        "68, 9000, 9000, 1280",
    })
    @Tag("C-031")
    void carriesTheMtuOfAnIpv4RouterOver(int told, int ipv6, int ipv4, int carried) {
        var out = fromClient(1400);
        links.ipv6 = ipv6;
        links.ipv4 = ipv4;
        var error = translator.translate(error4("192.0.2.99", out.source(), 3, 4, told, out.octets()));
        assertThat(error.icmpRest()).isEqualTo(carried);
    }

    @ParameterizedTest(name = "a router that tells nothing of {0} octets means {1}")
    @CsvSource({"1500, 1512", "1492, 1280", "4352, 2022", "1006, 1280", "68, 1280"})
    @Tag("C-032")
    void guessesThePlateauBelowTheQuotedPacket(int totalLength, int mtu) {
        var out = fromClient(totalLength - 28);
        var error = translator.translate(error4("192.0.2.99", out.source(), 3, 4, 0, Arrays.copyOf(out.octets(), 36)));
        assertThat(error.icmpRest()).isEqualTo(mtu);
    }

    @ParameterizedTest(name = "2/0 with {0} is 3/4 with {3} between IPv6 {1} and IPv4 {2}")
    @CsvSource({
        "1400, 65535, 65535, 1380",
        "1400, 1300, 65535, 1280",
        "1400, 65535, 1300, 1300",
        "0, 1500, 1500, 68",
        "-1, 1500, 1500, 1480",
    })
    @Tag("C-082")
    void carriesTheMtuOfAnIpv6RouterOver(int told, int ipv6, int ipv4, int carried) {
        var out = fromClient(1);
        var in = translator.translate(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(1400)));
        links.ipv6 = ipv6;
        links.ipv4 = ipv4;
        var error = translator.translate(error6(TestMode.ROUTER, SERVER_IN_PREF64, 2, 0, told, in.octets()));
        assertThat(error.icmpRest()).isEqualTo(carried);
    }

    @Test
    @Tag("C-083")
    void countsTheFragmentHeaderOfThePacketThatWasTooBig() {
        var out = fromClient(1);
        var whole = udp4(SERVER, 53, out.source(), out.sourcePort(), payload(4000));
        var in = translator.forward(
                Fragments.forbidden(Fragments.ofIpv4(whole, 1440).getFirst()));
        var error = translator.translate(error6(TestMode.ROUTER, SERVER_IN_PREF64, 2, 0, 1400, in.octets()));
        assertThat(error.icmpRest()).isEqualTo(1372);
        assertThat(error.quoted().u16(6)).as("more fragments").isEqualTo(0x2000);
    }

    @Test
    @Tag("C-083")
    void countsTheFragmentHeaderOfFragmentsThatItHasMadeAndOfWholePackets() {
        var out = fromClient(1);
        var whole = Fragments.allowed(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(4000)));
        var own = translator.send(whole).getFirst();
        var error = translator.translate(error6(TestMode.ROUTER, SERVER_IN_PREF64, 2, 0, 1400, own.octets()));
        assertThat(error.icmpRest()).as("of its own fragment").isEqualTo(1372);
        var in = translator.translate(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(1300)));
        var atomic = Fragments.ofIpv6(in.octets(), 9000, 0x4242).getFirst();
        error = translator.translate(error6(TestMode.ROUTER, SERVER_IN_PREF64, 2, 0, 1400, atomic));
        assertThat(error.icmpRest()).as("of an atomic fragment (RFC 6946)").isEqualTo(1372);
    }

    private Wire fromClient(int octets) {
        return translator.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(octets)));
    }

    private Wire connect() {
        var syn = translator.translate(tcp6(CLIENT, 50_000, SERVER_IN_PREF64, 80, "S", new byte[0]));
        translator.translate(tcp4(SERVER, 80, syn.source(), syn.sourcePort(), "SA", new byte[0]));
        return syn;
    }

    private static Map<Integer, List<Wire>> byIdentification(List<Wire> pieces) {
        var sorted = new TreeMap<Integer, List<Wire>>();
        pieces.forEach(piece ->
                sorted.computeIfAbsent(piece.u16(4), _ -> new ArrayList<>()).add(piece));
        return sorted;
    }

    private static final class Links implements NextHopMtus {

        private int ipv6 = UNKNOWN;
        private int ipv4 = UNKNOWN;

        @Override
        public int ipv6() {
            return ipv6;
        }

        @Override
        public int ipv4() {
            return ipv4;
        }
    }
}
