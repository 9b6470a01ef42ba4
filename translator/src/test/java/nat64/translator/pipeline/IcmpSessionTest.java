// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.echo4;
import static nat64.translator.testing.Packets.echo6;
import static nat64.translator.testing.Packets.error4;
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
import nat64.translator.session.table.Protocol;
import nat64.translator.testing.Fragments;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** ICMP and the sessions: those of queries, and those that errors are about. */
class IcmpSessionTest {

    private static final String ROUTER4 = "192.0.2.99";
    private static final String STRANGER = "198.51.100.99";

    private final TestTranslator nat64 = new TestTranslator(TestNat64.settings());

    @AfterEach
    void close() {
        nat64.close();
    }

    @Test
    @Tag("C-185")
    void forgetsAnEchoAfterAMinute() {
        nat64.translate(echo6(CLIENT, SERVER_IN_PREF64, true, 77, 5));
        nat64.pass(Duration.ofSeconds(59));
        assertThat(nat64.sessions(Protocol.ICMP)).isEqualTo(1);
        nat64.pass(Duration.ofSeconds(3));
        assertThat(nat64.sessions(Protocol.ICMP)).isZero();
    }

    @Test
    @Tag("C-193")
    void neverChangesStateForAnError() {
        var out = nat64.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(100)));
        nat64.pass(Duration.ofSeconds(250));
        nat64.translate(error4(ROUTER4, out.source(), 3, 3, 0, out.octets()));
        nat64.pass(Duration.ofSeconds(52));
        assertThat(nat64.sessions(Protocol.UDP)).isZero();
    }

    @Test
    @Tag("C-194")
    void dropsErrorsAboutNoSession() {
        var stray = udp4("203.0.113.1", 4000, SERVER, 53, payload(20));
        assertThat(nat64.send(error4(ROUTER4, "203.0.113.1", 3, 3, 0, stray))).isEmpty();
        assertThat(nat64.dropped(DropReason.NO_SESSION)).isEqualTo(1);
    }

    @Test
    @Tag("C-194")
    void dropsErrorsAboutPacketsThatABindingHasNotSent() {
        var udp = nat64.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(100)));
        var syn = nat64.translate(tcp6(CLIENT, 40_000, SERVER_IN_PREF64, 80, "S", payload(0)));
        var echo = nat64.translate(echo6(CLIENT, SERVER_IN_PREF64, true, 77, 5));
        var quotes = List.of(
                udp4(udp.source(), udp.sourcePort(), STRANGER, 53, payload(20)),
                udp4(udp.source(), udp.sourcePort(), SERVER, 54, payload(20)),
                tcp4(syn.source(), syn.sourcePort(), STRANGER, 80, "S", payload(0)),
                tcp4(syn.source(), syn.sourcePort(), SERVER, 81, "S", payload(0)),
                echo4(echo.source(), STRANGER, true, echo.icmpIdentifier(), 5));
        for (var quote : quotes) {
            assertThat(nat64.send(error4(STRANGER, udp.source(), 3, 3, 0, quote)))
                    .isEmpty();
            assertThat(nat64.send(error4(STRANGER, udp.source(), 3, 4, 1280, quote)))
                    .isEmpty();
        }
        assertThat(nat64.drops()).containsExactly(DropReason.NO_SESSION);
        assertThat(nat64.dropped(DropReason.NO_SESSION)).isEqualTo(2L * quotes.size());
    }

    @Test
    @Tag("C-121")
    void dropsErrorsToAnotherAddressThanTheQuotedPacketCameFrom() {
        var out = nat64.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(100)));
        var other = out.source().equals("203.0.113.1") ? "203.0.113.2" : "203.0.113.1";
        assertThat(nat64.send(error4(ROUTER4, other, 3, 3, 0, out.octets()))).isEmpty();
        assertThat(nat64.drops()).containsExactly(DropReason.BAD_QUOTED_PACKET);
    }

    @Test
    @Tag("C-040")
    void dropsErrorsThatQuoteALaterFragment() {
        var out = nat64.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(100)));
        var quoted = out.octets().clone();
        quoted[6] = 0;
        quoted[7] = 20;
        assertThat(nat64.send(error4(SERVER, out.source(), 11, 1, 0, Fragments.allowed(quoted))))
                .isEmpty();
        assertThat(nat64.drops()).containsExactly(DropReason.BAD_QUOTED_PACKET);
    }

    @Test
    @Tag("C-186")
    void tellsWhoPingsAnIdentifierThatNobodyHas() {
        var error = nat64.translate(echo4(SERVER, "203.0.113.1", true, 77, 1));
        assertThat(error.icmpType()).isEqualTo(3);
        assertThat(error.icmpCode()).isEqualTo(1);
    }
}
