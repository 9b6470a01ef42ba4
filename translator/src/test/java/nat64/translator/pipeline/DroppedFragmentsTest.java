// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestMode.NAT64;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import nat64.translator.packet.DropReason;
import nat64.translator.session.table.Protocol;
import nat64.translator.testing.Fragments;
import nat64.translator.testing.TestMode;
import nat64.translator.testing.TestTranslator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** No fragment of a datagram leaves whose first fragment was dropped. */
@ParameterizedClass(name = "{0}")
@EnumSource(TestMode.class)
class DroppedFragmentsTest {

    private final TestMode mode;
    private final DropReason withoutChecksum;
    private final TestTranslator translator;

    DroppedFragmentsTest(TestMode mode) {
        this.mode = mode;
        withoutChecksum = mode == NAT64 ? DropReason.FRAGMENT_WITHOUT_CHECKSUM : DropReason.UDP_WITHOUT_CHECKSUM;
        translator = mode.start();
    }

    @AfterEach
    void close() {
        translator.close();
    }

    @Test
    @Tag("C-069")
    @Tag("C-070")
    void dropsAllFragmentsOfADatagramWithoutChecksum() {
        var fragments = withoutChecksum(SERVER);
        int errors = 0;
        for (var fragment : fragments) {
            errors += translator.send(fragment).size();
        }
        assertThat(errors).as("none, or one for the first fragment").isEqualTo(mode == NAT64 ? 0 : 1);
        assertThat(translator.drops()).containsExactly(withoutChecksum);
        assertThat(translator.dropped(withoutChecksum)).isEqualTo(fragments.size());
    }

    @Test
    @Tag("C-070")
    void dropsThoseThatCameBeforeTheFirst() {
        assumeTrue(mode == NAT64, "without state, a fragment does not wait for its first");
        var fragments = withoutChecksum(SERVER);
        assertThat(translator.send(fragments.get(2))).isEmpty();
        assertThat(translator.send(fragments.get(0))).isEmpty();
        assertThat(translator.send(fragments.get(1))).isEmpty();
        assertThat(translator.dropped(DropReason.FRAGMENT_STORED)).isEqualTo(1);
        assertThat(translator.dropped(withoutChecksum)).isEqualTo(3);
    }

    @Test
    @Tag("C-070")
    void opensNoSessionForADatagramWithoutChecksum() {
        assumeTrue(mode == NAT64, "there are sessions with state only");
        translator.send(withoutChecksum("198.51.100.77").getFirst());
        assertThat(translator.sessions(Protocol.UDP)).isEqualTo(1);
    }

    @Test
    void forgetsAfterTwoSecondsWhatBecameOfTheFirst() {
        var fragments = withoutChecksum(SERVER);
        translator.send(fragments.get(0));
        translator.pass(Duration.ofSeconds(2));
        translator.send(fragments.get(1));
        assertThat(translator.dropped(withoutChecksum)).isEqualTo(1);
    }

    @Test
    @Tag("C-152")
    void dropsThoseBehindAFirstFragmentThatMayNotPass() {
        var to = mode == NAT64 ? "203.0.113.1" : "203.0.113.77";
        var reason = mode == NAT64 ? DropReason.NO_BINDING : DropReason.UNTRANSLATABLE_DESTINATION;
        var fragments = Fragments.ofIpv4(Fragments.allowed(udp4(SERVER, 53, to, 7777, payload(3000))), 1200);
        int errors = 0;
        for (var fragment : fragments) {
            errors += translator.send(fragment).size();
        }
        assertThat(errors).isEqualTo(1);
        assertThat(translator.dropped(reason)).isEqualTo(3);
    }

    @Test
    void dropsThoseBehindAFirstFragmentWhoseHopLimitRanOut() {
        var fragments = Fragments.ofIpv6(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(3000)), 1200, 7);
        fragments.getFirst()[7] = 1;
        assertThat(translator.send(fragments.get(0))).hasSize(1);
        assertThat(translator.send(fragments.get(1))).isEmpty();
        assertThat(translator.send(fragments.get(2))).isEmpty();
        assertThat(translator.dropped(DropReason.HOP_LIMIT_EXCEEDED)).isEqualTo(3);
    }

    @Test
    void noForgedFirstFragmentStopsThoseBehindTheRealOne() {
        var fragments = Fragments.ofIpv6(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(3000)), 1200, 7);
        translator.send(fragments.get(0));
        var forged = fragments.get(0).clone();
        forged[7] = 1;
        translator.send(forged);
        assertThat(translator.send(fragments.get(1))).hasSize(1);
        assertThat(translator.send(fragments.get(2))).hasSize(1);
    }

    private List<byte[]> withoutChecksum(String source) {
        var out = translator.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)));
        var whole = Fragments.allowed(udp4(source, 53, out.source(), out.sourcePort(), payload(3000)));
        whole[26] = 0;
        whole[27] = 0;
        return Fragments.ofIpv4(whole, 1200);
    }
}
