// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.session.table.TcpState.ESTABLISHED;
import static nat64.translator.session.table.TcpState.TRANS;
import static nat64.translator.session.table.TcpState.V4_FIN_RCV;
import static nat64.translator.session.table.TcpState.V6_FIN_RCV;
import static nat64.translator.testing.Packets.error4;
import static nat64.translator.testing.Packets.error6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import nat64.translator.packet.DropReason;
import nat64.translator.session.table.Protocol;
import nat64.translator.testing.TcpPeers;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A segment that ends or restarts a connection counts only near the numbers of the connection (RFC 7857, 2.2). */
class TcpWindowTest {

    private static final long CLIENT_ISN = 0xffff_ff00L; // wraps around soon
    private static final String ROUTER4 = "192.0.2.99";
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final long SERVER_ISN = 0x7fff_fff0L;

    private final TestTranslator nat64 = new TestTranslator(TestNat64.settings());
    private final TcpPeers peers = new TcpPeers(nat64, CLIENT_ISN, SERVER_ISN);

    @AfterEach
    void close() {
        nat64.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {70_000, -70_000, 1_000_000, 0x4000_0000L, 0x8000_0000L, 0xc000_0000L})
    void aResetOutsideTheWindowPassesButEndsNothing(long distance) {
        peers.connect();
        peers.fromServer("R", peers.server() + distance, 0, 0);
        peers.fromServer("RA", peers.server() + distance, peers.client(), 0);
        peers.fromClient("R", peers.client() + distance, 0, 0);
        assertThat(peers.state()).isEqualTo(ESTABLISHED);
        nat64.pass(Duration.ofMinutes(90));
        assertThat(nat64.sessions(Protocol.TCP)).isEqualTo(1);
    }

    @Test
    void aBlindStrangerDoesNotEndAnIdleConnection() {
        peers.connect();
        nat64.pass(Duration.ofMinutes(1));
        var random = new Random(5961);
        for (int i = 0; i < 100_000; i++) {
            peers.fromServer("R", random.nextInt(), 0, 0);
        }
        assertThat(peers.state()).isEqualTo(ESTABLISHED);
    }

    @Test
    void aStrangerWhoRenewsTheSessionStillHasToGuessTheWindow() {
        peers.connect();
        var random = new Random(5961);
        for (int i = 0; i < 1_000; i++) {
            peers.fromServer("R", random.nextLong(1L << 31) + peers.server() + 0x1_0000, 0, 0);
            peers.fromServer("A", random.nextLong(1L << 31) + peers.server() + 0x1_0000, random.nextInt(), 100);
        }
        assertThat(peers.state()).isEqualTo(ESTABLISHED);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -1, 1_000, -1_000, 65_000, -65_000})
    void aResetEndsAnIdleConnectionOnlyByTheNextNumber(long distance) {
        peers.connect();
        nat64.pass(Duration.ofSeconds(5));
        peers.fromServer("R", peers.server() + distance, 0, 0);
        peers.fromServer("RA", peers.server() + distance, peers.client(), 0);
        peers.fromClient("R", peers.client() + distance, 0, 0);
        assertThat(peers.state()).isEqualTo(ESTABLISHED);
        peers.fromServer("R", peers.server(), 0, 0);
        assertThat(peers.state()).isEqualTo(TRANS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -1, 1_000, -1_000, 65_000, -65_000})
    void aResetThatLostSegmentsPrecedeEndsABusyConnection(long distance) {
        peers.connect();
        nat64.pass(Duration.ofMinutes(5));
        peers.download(1_000);
        nat64.pass(Duration.ofMillis(4_999));
        peers.fromServer("R", peers.server() + distance, 0, 0);
        assertThat(peers.state()).isEqualTo(TRANS);
    }

    @Test
    void aConnectionThatIsHalfClosedAndIdleEndsOnlyByTheNextNumber() {
        peers.connect();
        peers.fromClient("FA", peers.client(), peers.server(), 0);
        nat64.pass(Duration.ofSeconds(5));
        peers.fromServer("R", peers.server() + 1, 0, 0);
        assertThat(peers.state()).isEqualTo(V6_FIN_RCV);
        peers.fromServer("R", peers.server(), 0, 0);
        assertThat(peers.state()).isEqualTo(TRANS);
    }

    @ParameterizedTest(name = "{0} bytes from what comes next: {1}")
    @CsvSource({
        "-100, true",
        "-1000000, true",
        "-16000000, true",
        "-17000000, false",
        "70000, false",
        "2147483647, false"
    })
    void anErrorPassesIfItQuotesWhatItsReceiverMayHaveSent(int distance, boolean passes) {
        peers.connect();
        var upload = peers.fromClient("PA", peers.client(), peers.server(), 0);
        var toClient = error4(ROUTER4, upload.source(), 3, 4, 1400, quote(upload, IPV4_HEADER, distance));
        assertThat(nat64.send(toClient).isEmpty()).isNotEqualTo(passes);

        var download = peers.fromServer("PA", peers.server(), peers.client(), 0);
        var toServer = error6(CLIENT, SERVER_IN_PREF64, 1, 4, 0, quote(download, IPV6_HEADER, distance));
        assertThat(nat64.send(toServer).isEmpty()).isNotEqualTo(passes);
        assertThat(nat64.dropped(DropReason.BAD_QUOTED_PACKET)).isEqualTo(passes ? 0 : 2);
    }

    /** The headers of a packet with eight bytes of TCP, of which the sequence number is moved. */
    private static byte[] quote(Wire packet, int header, int distance) {
        var quoted = ByteBuffer.wrap(Arrays.copyOf(packet.octets(), header + 8));
        quoted.putInt(header + 4, quoted.getInt(header + 4) + distance);
        return quoted.array();
    }

    @Test
    void theResetOfAnEndpointEndsTheConnectionInMinutes() {
        peers.connect();
        peers.upload(1_000);
        peers.download(200_000 / 4);
        peers.fromServer("RA", peers.server(), peers.client(), 0);
        assertThat(peers.state()).isEqualTo(TRANS);
        nat64.pass(Duration.ofSeconds(241));
        assertThat(nat64.sessions(Protocol.TCP)).isZero();
    }

    @Test
    void theResetOfAHostWithoutTheConnectionCounts() {
        peers.connect();
        peers.download(1_000);
        peers.fromServer("A", peers.server(), peers.client(), 0);
        peers.fromClient("R", peers.client(), 0, 0); // with the number that was acknowledged (RFC 9293, 3.10.7.1)
        assertThat(peers.state()).isEqualTo(TRANS);
    }

    @Test
    void theNumbersOfAnEarlierPartOfTheConnectionNoLongerCount() {
        peers.connect();
        long before = peers.server();
        for (int i = 0; i < 10; i++) {
            peers.download(60_000);
        }
        peers.fromServer("R", before, 0, 0);
        assertThat(peers.state()).isEqualTo(ESTABLISHED);
        peers.fromServer("R", peers.server(), 0, 0);
        assertThat(peers.state()).isEqualTo(TRANS);
    }

    @Test
    void aFinOutsideTheWindowClosesNoSide() {
        peers.connect();
        peers.fromServer("FA", peers.server() + 0x2000_0000, peers.client(), 0);
        peers.fromClient("FA", peers.client() + 0x2000_0000, peers.server(), 0);
        assertThat(peers.state()).isEqualTo(ESTABLISHED);
        peers.fromServer("FA", peers.server(), peers.client(), 0);
        assertThat(peers.state()).isEqualTo(V4_FIN_RCV);
    }

    @Test
    void aSynOutsideTheWindowNeitherRenewsNorRevivesASession() {
        peers.connect();
        nat64.pass(Duration.ofMinutes(30));
        peers.fromServer("S", peers.server() + 0x2000_0000, 0, 0);
        assertThat(peers.timeLeft()).isLessThanOrEqualTo(Duration.ofMinutes(90));
        peers.fromServer("R", peers.server(), 0, 0);
        peers.fromServer("S", peers.server() + 0x2000_0000, 0, 0);
        peers.fromServer("SA", peers.server() + 0x2000_0000, peers.client(), 0);
        assertThat(peers.state()).isEqualTo(TRANS);
        assertThat(peers.timeLeft()).isLessThanOrEqualTo(Duration.ofMinutes(4));
    }

    @Test
    void aNewConnectionFromTheSamePortTakesTheSessionOver() {
        peers.connect();
        peers.fromClient("R", peers.client(), 0, 0);
        peers.reconnect(0x1234_5678, 0x2345_6789);
        assertThat(peers.state()).isEqualTo(ESTABLISHED);
        peers.fromServer("R", SERVER_ISN + 1, 0, 0);
        assertThat(peers.state()).isEqualTo(ESTABLISHED);
        peers.fromServer("R", peers.server(), 0, 0);
        assertThat(peers.state()).isEqualTo(TRANS);
    }

    @Test
    void aHostThatHasLostTheConnectionOpensAnotherOne() {
        peers.connect();
        peers.reconnect(0x1234_5678, 0x2345_6789);
        peers.fromClient("FA", peers.client(), peers.server(), 0);
        assertThat(peers.state()).isEqualTo(V6_FIN_RCV);
    }

    @Test
    void aConnectionOfWhichAPartWasNotSeenLivesOnAndIsFollowedAgain() {
        peers.connect();
        peers.downloadUnseen(900_000_000L);
        peers.download(1_000);
        nat64.pass(Duration.ofMinutes(100));
        peers.download(1_000);
        nat64.pass(Duration.ofMinutes(100));
        assertThat(peers.state()).isEqualTo(ESTABLISHED);
        peers.fromServer("R", peers.server() - 900_000_000L, 0, 0);
        assertThat(peers.state()).isEqualTo(ESTABLISHED);
        peers.fromServer("R", peers.server(), 0, 0);
        assertThat(peers.state()).isEqualTo(TRANS);
    }

    @Test
    void aFalseAnswerToASynDoesNotHideTheRightOne() {
        peers.fromServer("SA", 99, 77, 0);
        peers.connect();
        peers.fromServer("R", 100, 0, 0);
        assertThat(peers.state()).isEqualTo(ESTABLISHED);
        peers.fromServer("R", peers.server(), 0, 0);
        assertThat(peers.state()).isEqualTo(TRANS);
    }
}
