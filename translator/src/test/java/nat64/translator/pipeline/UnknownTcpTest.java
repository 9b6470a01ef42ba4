// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nat64.translator.packet.DropReason;
import nat64.translator.session.policy.DestinationPolicy;
import nat64.translator.session.policy.ProbeFlow;
import nat64.translator.session.policy.StatePolicy;
import nat64.translator.session.policy.StatePolicy.Filter;
import nat64.translator.session.policy.StatePolicy.UnknownTcp;
import nat64.translator.session.policy.SubscriberLimits;
import nat64.translator.session.pool4.PortBlockSettings;
import nat64.translator.session.pool4.QuarantineSettings;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import nat64.translator.wire.TcpHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an IPv6 host is told whose TCP connection the translator does not know, as after a restart. */
class UnknownTcpTest {

    private static final int SEQUENCE = 0x01020304; // of Packets.tcp
    private static final int ACKNOWLEDGMENT = 0x0a0b0c0d;

    @Test
    void nothingByDefault() {
        try (var nat64 = nat64(UnknownTcp.DROP)) {
            assertThat(nat64.send(segment("PA", 10))).isEmpty();
            assertThat(nat64.drops()).containsExactly(DropReason.NO_SESSION);
        }
    }

    @Test
    void aResetThatTheHostAccepts() {
        try (var nat64 = nat64(UnknownTcp.RESET)) {
            var reset = single(nat64.send(segment("PA", 10)));
            assertThat(reset.source()).isEqualTo(Wire.address(SERVER_IN_PREF64));
            assertThat(reset.destination()).isEqualTo(Wire.address(CLIENT));
            assertThat(reset.sourcePort()).isEqualTo(80);
            assertThat(reset.destinationPort()).isEqualTo(50_000);
            assertThat(u32(reset, 44)).isEqualTo(ACKNOWLEDGMENT);
            assertThat(reset.u16(52) & 0xff).isEqualTo(TcpHeader.RST);
            assertThat(nat64.drops()).containsExactly(DropReason.NO_SESSION);
        }
    }

    @Test
    void aResetThatAcknowledgesASegmentWithoutAcknowledgment() {
        try (var nat64 = nat64(UnknownTcp.RESET)) {
            var reset = single(nat64.send(segment("F", 10)));
            assertThat(u32(reset, 44)).isZero();
            assertThat(u32(reset, 48)).isEqualTo(SEQUENCE + 11);
            assertThat(reset.u16(52) & 0xff).isEqualTo(TcpHeader.RST | TcpHeader.ACK);
        }
    }

    @Test
    void anIcmpErrorIfTheOperatorWantsThat() {
        try (var nat64 = nat64(UnknownTcp.ICMP_ERROR)) {
            var error = single(nat64.send(segment("A", 0)));
            assertThat(error.icmpType()).isEqualTo(1);
            assertThat(error.icmpCode()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(UnknownTcp.class)
    void neverAnAnswerToAResetOrToTheIpv4Side(UnknownTcp unknownTcp) {
        try (var nat64 = nat64(unknownTcp)) {
            assertThat(nat64.send(segment("R", 0))).isEmpty();
            assertThat(nat64.send(segment("RA", 0))).isEmpty();
            assertThat(nat64.send(tcp4(SERVER, 80, "203.0.113.1", 50_000, "A", payload(0))))
                    .isEmpty();
        }
    }

    @Test
    void noMoreOftenThanIcmpErrors() {
        try (var nat64 = nat64(UnknownTcp.RESET)) {
            int resets = 0;
            for (int i = 0; i < 1_000; i++) {
                resets += nat64.send(segment("A", 0)).size();
            }
            assertThat(resets).isEqualTo(25);
        }
    }

    private static byte[] segment(String flags, int octets) {
        return tcp6(CLIENT, 50_000, SERVER_IN_PREF64, 80, flags, payload(octets));
    }

    private static int u32(Wire packet, int at) {
        return (packet.u16(at) << 16) | packet.u16(at + 2);
    }

    private static Wire single(List<Wire> sent) {
        assertThat(sent).hasSize(1);
        return sent.getFirst().assertSound();
    }

    private static TestTranslator nat64(UnknownTcp unknownTcp) {
        return new TestTranslator(TestNat64.settings(new StatePolicy(
                Filter.ENDPOINT_INDEPENDENT,
                false,
                8,
                List.of(),
                List.of(),
                QuarantineSettings.DEFAULT,
                SubscriberLimits.NONE,
                unknownTcp,
                DestinationPolicy.DEFAULT,
                ProbeFlow.NONE,
                PortBlockSettings.NONE)));
    }
}
