// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.OTHER_CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import nat64.translator.packet.DropReason;
import nat64.translator.testing.Fragments;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FragmentOrderTest {

    private final TestTranslator nat64 = new TestTranslator(TestNat64.settings());

    @AfterEach
    void close() {
        nat64.close();
    }

    @Test
    @Tag("C-122")
    @Tag("C-126")
    @Tag("C-127")
    void sendsFragmentsThatCameBeforeTheirFirstInOrder() {
        var fragments = Fragments.ofIpv6(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(4000)), 1000, 7);
        for (int i : new int[] {3, 1, 4, 2}) {
            assertThat(nat64.send(fragments.get(i))).isEmpty();
        }
        var sent = nat64.send(fragments.getFirst());
        assertThat(sent).hasSize(5);
        assertThat(sent.stream().map(piece -> piece.u16(6) & 0x1fff).toList()).containsExactly(0, 125, 250, 375, 500);
        assertThat(Fragments.ipv4(sent).assertSound().from(28)).isEqualTo(payload(4000));
        assertThat(nat64.dropped(DropReason.FRAGMENT_STORED)).isEqualTo(4);
    }

    @Test
    @Tag("C-122")
    @Tag("C-125")
    @Tag("C-126")
    void takesFragmentsFromTheIpv4SideInAnyOrder() {
        var out = nat64.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)));
        var fragments = Fragments.ofIpv4(
                Fragments.allowed(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(7000))), 1000);
        var random = new Random(6146);
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(fragments, random);
            var sent = new ArrayList<Wire>();
            fragments.forEach(fragment -> sent.addAll(nat64.send(fragment)));
            sent.sort((one, other) -> Integer.compare(one.u16(42) & 0xfff8, other.u16(42) & 0xfff8));
            assertThat(Fragments.ipv6(sent, 0x4242).assertSound().from(48)).isEqualTo(payload(7000));
        }
    }

    @Test
    @Tag("C-122")
    void takesAnyNumberOfGaps() {
        var fragments = Fragments.ofIpv6(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(3000)), 8, 7);
        var sent = new ArrayList<Wire>();
        for (int i = 0; i < fragments.size(); i += 2) {
            sent.addAll(nat64.send(fragments.get(i)));
        }
        for (int i = 1; i < fragments.size(); i += 2) {
            sent.addAll(nat64.send(fragments.get(i)));
        }
        sent.sort((one, other) -> Integer.compare(one.u16(6) & 0x1fff, other.u16(6) & 0x1fff));
        assertThat(nat64.drops()).isEmpty();
        assertThat(Fragments.ipv4(sent).assertSound().from(28)).isEqualTo(payload(3000));
    }

    @Test
    @Tag("C-122")
    void takesFragmentsOfALongDatagramInAnyOrder() {
        var fragments = Fragments.ofIpv6(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(65_000)), 1232, 7);
        var random = new Random(3128);
        for (int round = 0; round < 20; round++) {
            var sent = new ArrayList<>(nat64.send(fragments.getFirst()));
            var others = new ArrayList<>(fragments.subList(1, fragments.size()));
            Collections.shuffle(others, random);
            others.forEach(fragment -> sent.addAll(nat64.send(fragment)));
            assertThat(sent).hasSize(fragments.size());
        }
        assertThat(nat64.drops()).isEmpty();
    }

    @Test
    @Tag("C-122")
    void dropsFragmentsWhoseFirstIsLongGone() {
        var fragments = Fragments.ofIpv6(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(3000)), 1200, 7);
        nat64.send(fragments.get(0));
        assertThat(nat64.send(fragments.get(1))).hasSize(1);
        nat64.pass(Duration.ofSeconds(2));
        assertThat(nat64.send(fragments.get(2))).isEmpty();
        assertThat(nat64.dropped(DropReason.FRAGMENT_STORED)).isEqualTo(1);
    }

    @Test
    @Tag("C-122")
    void forgetsFragmentsWhoseFirstDoesNotComeInTwoSeconds() {
        var fragments = Fragments.ofIpv6(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(3000)), 1200, 7);
        nat64.send(fragments.get(1));
        nat64.pass(Duration.ofSeconds(1));
        nat64.send(fragments.get(2));
        nat64.pass(Duration.ofSeconds(1));
        assertThat(nat64.send(fragments.get(0))).as("the second one has gone").hasSize(2);
    }

    @Test
    @Tag("C-128")
    @Tag("C-216")
    void holdsNoMoreFragmentsThanAllowed() {
        var fragments = Fragments.ofIpv6(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(3000)), 1200, 7);
        nat64.send(fragments.get(1));
        for (int id = 1000; id < 2000; id++) { // a flood
            nat64.send(Fragments.ofIpv6(udp6(OTHER_CLIENT, 9, SERVER_IN_PREF64, 53, payload(1000)), 504, id)
                    .get(1));
        }
        assertThat(nat64.dropped(DropReason.FRAGMENT_STORED)).isEqualTo(512);
        assertThat(nat64.dropped(DropReason.FRAGMENT_LIMIT)).isEqualTo(489);
        assertThat(nat64.send(fragments.get(0))).as("what was stored goes on").hasSize(2);
        nat64.translate(udp6(OTHER_CLIENT, 9, SERVER_IN_PREF64, 53, payload(1000)));
        var inOrder = Fragments.ofIpv6(udp6(OTHER_CLIENT, 10, SERVER_IN_PREF64, 53, payload(3000)), 1200, 8);
        assertThat(inOrder)
                .as("fragments in order")
                .allSatisfy(fragment -> assertThat(nat64.send(fragment)).hasSize(1));
    }

    @Test
    @Tag("C-124")
    void refusesOverlapsAndRepetitions() {
        var fragments = Fragments.ofIpv6(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(3000)), 1200, 7);
        nat64.send(fragments.get(0));
        assertThat(nat64.send(fragments.get(0))).as("the first one again").isEmpty();
        nat64.send(fragments.get(1));
        assertThat(nat64.send(fragments.get(1))).as("the second one again").isEmpty();
        assertThat(nat64.send(moved(fragments.get(2), 2392)))
                .as("an end of eight octets too much")
                .isEmpty();
        assertThat(nat64.send(moved(fragments.get(1), 8)))
                .as("over the transport header")
                .isEmpty();
        assertThat(nat64.dropped(DropReason.FRAGMENT_OVERLAP)).isEqualTo(4);
        assertThat(nat64.send(fragments.get(2))).hasSize(1);
    }

    @Test
    @Tag("C-122")
    void takesAnIdentificationAgainOnceTheDatagramIsWhole() {
        var fragments = Fragments.ofIpv6(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(3000)), 1200, 7);
        for (int i = 0; i < 3; i++) {
            assertThat(fragments)
                    .allSatisfy(fragment -> assertThat(nat64.send(fragment)).hasSize(1));
        }
    }

    @Test
    @Tag("C-124")
    void refusesAFirstFragmentWithoutTheWholeTransportHeader() {
        var tiny = Fragments.ofIpv6(tcp6(CLIENT, 1025, SERVER_IN_PREF64, 80, "S", payload(100)), 16, 7);
        assertThat(nat64.send(tiny.getFirst())).isEmpty();
        assertThat(nat64.drops()).containsExactly(DropReason.TRUNCATED);
    }

    @Test
    @Tag("C-122")
    @Tag("C-152")
    void releasesNothingBehindAFirstFragmentThatMayNotPass() {
        var fragments = Fragments.ofIpv4(Fragments.allowed(udp4(SERVER, 53, "203.0.113.1", 7777, payload(3000))), 1200);
        nat64.send(fragments.get(1));
        nat64.send(fragments.get(0));
        nat64.send(fragments.get(2));
        assertThat(nat64.dropped(DropReason.FRAGMENT_STORED)).isEqualTo(1);
        assertThat(nat64.dropped(DropReason.NO_BINDING)).as("all three").isEqualTo(3);
    }

    @Test
    @Tag("C-122")
    @Tag("C-199")
    void turnsFragmentsAroundToAnotherIpv6Host() {
        var out = nat64.translate(udp6(OTHER_CLIENT, 2000, SERVER_IN_PREF64, 53, payload(1)));
        var to = "2001:db8:64::" + out.source();
        var fragments = Fragments.ofIpv6(udp6(CLIENT, 1025, to, out.sourcePort(), payload(3000)), 1200, 7);
        nat64.send(fragments.get(2));
        var sent = new ArrayList<Wire>(nat64.send(fragments.get(0)));
        sent.addAll(1, nat64.send(fragments.get(1)));
        assertThat(Fragments.ipv6(List.copyOf(sent), 7).assertSound().from(48)).isEqualTo(payload(3000));
    }

    private static byte[] moved(byte[] fragment, int offset) {
        int more = fragment[43] & 1;
        return ByteBuffer.wrap(fragment.clone())
                .putShort(42, (short) (offset | more))
                .array();
    }
}
