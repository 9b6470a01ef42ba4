// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import nat64.translator.packet.DropReason;
import nat64.translator.session.table.Protocol;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TcpTest {

    private static final byte[] NO_DATA = {};

    private final TestTranslator nat64 = new TestTranslator(TestNat64.settings());

    @AfterEach
    void close() {
        nat64.close();
    }

    @Test
    void translatesAConnectionThereAndBack() {
        var syn = fromClient("S", NO_DATA);
        assertThat(syn.destination()).isEqualTo(SERVER);
        assertThat(syn.destinationPort()).isEqualTo(80);
        var synAck = fromServer(syn, "SA", NO_DATA);
        assertThat(synAck.source()).isEqualTo(Wire.address(SERVER_IN_PREF64));
        assertThat(synAck.destinationPort()).isEqualTo(50_000);
        assertThat(fromClient("A", payload(1400)).from(40)).isEqualTo(payload(1400));
        assertThat(fromServer(syn, "PA", payload(1400)).from(60)).isEqualTo(payload(1400));
        assertThat(nat64.sessions(Protocol.TCP)).isEqualTo(1);
    }

    @Test
    @Tag("C-163")
    void dropsSegmentsOfNoConnectionWithoutAWord() {
        assertThat(nat64.send(tcp6(CLIENT, 50_000, SERVER_IN_PREF64, 80, "A", NO_DATA)))
                .isEmpty();
        assertThat(nat64.dropped(DropReason.NO_SESSION)).isEqualTo(1);
        assertThat(nat64.sessions(Protocol.TCP)).isZero();
    }

    @Test
    @Tag("C-182")
    void neverAnswersAnUnsolicitedSyn() {
        assertThat(nat64.send(tcp4(SERVER, 80, "203.0.113.1", 50_000, "S", NO_DATA)))
                .isEmpty();
        assertThat(nat64.dropped(DropReason.SYN_STORED)).isEqualTo(1);
    }

    @Test
    @Tag("C-158")
    @Tag("C-169")
    void forgetsAHalfOpenConnectionAfterFourMinutes() {
        fromClient("S", NO_DATA);
        nat64.pass(Duration.ofSeconds(239));
        assertThat(nat64.sessions(Protocol.TCP)).isEqualTo(1);
        nat64.pass(Duration.ofSeconds(2));
        assertThat(nat64.sessions(Protocol.TCP)).isZero();
    }

    @Test
    @Tag("C-172")
    @Tag("C-173")
    void keepsAnIdleConnectionForTwoHoursAndFourMinutes() {
        establish();
        nat64.pass(Duration.ofSeconds(7438));
        assertThat(nat64.sessions(Protocol.TCP)).isEqualTo(1);
        nat64.pass(Duration.ofSeconds(5));
        assertThat(nat64.sessions(Protocol.TCP)).isZero();
    }

    @Test
    @Tag("C-174")
    @Tag("C-176")
    void forgetsAClosedConnectionAfterFourMinutes() {
        var syn = establish();
        fromClient("FA", NO_DATA);
        fromServer(syn, "FA", NO_DATA);
        fromClient("A", NO_DATA);
        nat64.pass(Duration.ofSeconds(241));
        assertThat(nat64.sessions(Protocol.TCP)).isZero();
        assertThat(nat64.bindings(Protocol.TCP)).isZero();
    }

    @Test
    @Tag("C-171")
    void forgetsAResetConnectionAfterFourMinutes() {
        var syn = establish();
        fromServer(syn, "RA", NO_DATA);
        nat64.pass(Duration.ofSeconds(241));
        assertThat(nat64.sessions(Protocol.TCP)).isZero();
    }

    @Test
    void forgetsAConnectionResetAfterAFinInMinutes() { // RFC 7857, section 2.2
        var syn = establish();
        fromClient("FA", NO_DATA);
        fromServer(syn, "RA", NO_DATA);
        nat64.pass(Duration.ofSeconds(241));
        assertThat(nat64.sessions(Protocol.TCP)).isZero();
    }

    @Test
    @Tag("C-177")
    void goesOnAfterAResetThatWasNotMeant() {
        var syn = establish();
        fromServer(syn, "R", NO_DATA);
        fromClient("A", payload(10));
        nat64.pass(Duration.ofHours(1));
        assertThat(nat64.sessions(Protocol.TCP)).isEqualTo(1);
        assertThat(fromServer(syn, "A", payload(5)).from(60)).isEqualTo(payload(5));
    }

    @Test
    @Tag("C-162")
    void letsTheServerSideOpenAtABinding() {
        var syn = fromClient("S", NO_DATA);
        var other = nat64.translate(tcp4("198.51.100.9", 4444, syn.source(), syn.sourcePort(), "S", NO_DATA));
        assertThat(other.destination()).isEqualTo(Wire.address(CLIENT));
        assertThat(other.source()).isEqualTo(Wire.address("2001:db8:64::c633:6409"));
        assertThat(nat64.sessions(Protocol.TCP)).isEqualTo(2);
    }

    private Wire establish() {
        var syn = fromClient("S", NO_DATA);
        fromServer(syn, "SA", NO_DATA);
        fromClient("A", NO_DATA);
        return syn;
    }

    private Wire fromClient(String flags, byte[] data) {
        return nat64.translate(tcp6(CLIENT, 50_000, SERVER_IN_PREF64, 80, flags, data));
    }

    private Wire fromServer(Wire syn, String flags, byte[] data) {
        return nat64.translate(tcp4(SERVER, 80, syn.source(), syn.sourcePort(), flags, data));
    }
}
