// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.echo4;
import static nat64.translator.testing.Packets.echo6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import nat64.translator.packet.DropReason;
import nat64.translator.session.policy.StatePolicy;
import nat64.translator.session.policy.StatePolicy.Filter;
import nat64.translator.session.table.Protocol;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AddressDependentFilteringTest {

    private static final String STRANGER = "198.51.100.99";

    private final TestTranslator nat64 =
            new TestTranslator(TestNat64.settings(new StatePolicy(Filter.ADDRESS_DEPENDENT, false, 64, List.of())));

    @AfterEach
    void close() {
        nat64.close();
    }

    @Test
    @Tag("C-153")
    void refusesUdpFromAStrangerAndTellsHim() {
        var out = nat64.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(1)));
        assertProhibited(nat64.send(udp4(STRANGER, 53, out.source(), out.sourcePort(), payload(1))));
        assertThat(nat64.sessions(Protocol.UDP)).isEqualTo(1);
    }

    @Test
    @Tag("C-153")
    void comparesTheAddressAndNotThePort() {
        var out = nat64.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(1)));
        var back = nat64.translate(udp4(SERVER, 999, out.source(), out.sourcePort(), payload(1)));
        assertThat(back.sourcePort()).isEqualTo(999);
        assertThat(nat64.sessions(Protocol.UDP)).isEqualTo(2);
    }

    @Test
    @Tag("C-153")
    @Tag("C-154")
    void keepsThePermissionAsLongAsAnySessionWithTheAddressLives() {
        var out = nat64.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(1)));
        nat64.pass(Duration.ofMinutes(4));
        nat64.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 54, payload(1)));
        nat64.pass(Duration.ofMinutes(2));
        assertThat(nat64.sessions(Protocol.UDP)).isEqualTo(1);
        nat64.translate(udp4(SERVER, 999, out.source(), out.sourcePort(), payload(1)));
        nat64.translate(udp6(CLIENT, 40_000, "2001:db8:64::c633:6463", 54, payload(1)));
        nat64.pass(Duration.ofMinutes(4));
        nat64.translate(udp6(CLIENT, 40_000, "2001:db8:64::c633:6463", 54, payload(1)));
        nat64.pass(Duration.ofMinutes(4));
        assertProhibited(nat64.send(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(1))));
    }

    @Test
    @Tag("C-156")
    void refreshesNothingByARefusedPacket() {
        var out = nat64.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(1)));
        nat64.pass(Duration.ofMinutes(4));
        assertProhibited(nat64.send(udp4(STRANGER, 53, out.source(), out.sourcePort(), payload(1))));
        nat64.pass(Duration.ofSeconds(61));
        assertThat(nat64.sessions(Protocol.UDP)).isZero();
        assertThat(nat64.bindings(Protocol.UDP)).isZero();
    }

    @Test
    @Tag("C-187")
    void refusesEchoFromAStranger() {
        var out = nat64.translate(echo6(CLIENT, SERVER_IN_PREF64, true, 7, 1));
        assertProhibited(nat64.send(echo4(STRANGER, out.source(), true, out.icmpIdentifier(), 1)));
        nat64.translate(echo4(SERVER, out.source(), false, out.icmpIdentifier(), 1));
    }

    @Test
    @Tag("C-163")
    void refusesTcpSegmentsFromAStranger() {
        var out = nat64.translate(tcp6(CLIENT, 50_000, SERVER_IN_PREF64, 80, "S", payload(0)));
        assertProhibited(nat64.send(tcp4(STRANGER, 80, out.source(), out.sourcePort(), "A", payload(5))));
        nat64.translate(tcp4(SERVER, 80, out.source(), out.sourcePort(), "SA", payload(0)));
    }

    private void assertProhibited(List<Wire> sent) {
        assertThat(nat64.drops()).containsExactly(DropReason.ADDRESS_DEPENDENT_FILTERING);
        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst().assertSound().icmpType()).isEqualTo(3);
        assertThat(sent.getFirst().icmpCode()).isEqualTo(13);
    }
}
