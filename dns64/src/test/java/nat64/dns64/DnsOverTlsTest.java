// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import static nat64.dns64.ServerBed.MADE;
import static nat64.dns64.ServerBed.answer;
import static nat64.dns64.ServerBed.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import nat64.dns64.statistics.DropReason;
import nat64.dns64.statistics.Transport;
import nat64.dns64.testing.LeakCheck;
import nat64.dns64.testing.TestCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TcpKeepaliveOption;
import org.xbill.DNS.Type;

@Tag("R-107")
@ExtendWith(LeakCheck.class)
class DnsOverTlsTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.ec();

    @TempDir
    private Path folder;

    private EncryptedBed bed;

    @BeforeEach
    void start() throws IOException {
        bed = new EncryptedBed(folder, CERTIFICATE);
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void synthesizesOverTls(String version) throws IOException {
        try (var connection = bed.connect(version)) {
            EncryptedBed.send(connection, query("www.example.org.", Type.AAAA));

            assertThat(answer(EncryptedBed.receive(connection))).containsExactly(MADE);
            assertThat(connection.getSession().getProtocol()).isEqualTo(version);
            assertThat(connection.getApplicationProtocol()).isEqualTo("dot");
        }
        assertThat(bed.bed.server.statistics().queries()).containsEntry(Transport.TLS, 1L);
    }

    @Test
    void refusesOlderVersions() {
        assertThatThrownBy(() -> bed.connect("TLSv1.1")).isInstanceOf(IOException.class);
    }

    @Test
    void answersManyQueriesOfOneConnection() throws IOException {
        var first = query("www.example.org.", Type.AAAA);
        var second = query("www.example.org.", Type.A);
        try (var connection = bed.connect()) {
            EncryptedBed.send(connection, first, second);

            assertThat(new int[] {
                        EncryptedBed.receive(connection).getHeader().getID(),
                        EncryptedBed.receive(connection).getHeader().getID()
                    })
                    .containsExactlyInAnyOrder(
                            first.getHeader().getID(), second.getHeader().getID());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void resumesASession(String version) throws IOException {
        long begun = begun(version);

        assertThat(begun(version)).isEqualTo(begun);
    }

    /** When the session of a connection began. */
    private long begun(String version) throws IOException {
        try (var connection = bed.connect(version)) {
            EncryptedBed.send(connection, query("www.example.org.", Type.AAAA));
            EncryptedBed.receive(connection); // a ticket of TLS 1.3 comes before it
            return connection.getSession().getCreationTime();
        }
    }

    @Test
    void closesAndCountsAConnectionWithoutTls() throws IOException {
        var server = bed.bed.server.listeningTls().getFirst();
        try (var connection = new Socket(server.getAddress(), server.getPort())) {
            connection.setSoTimeout(5000);
            connection.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            connection.getInputStream().readAllBytes();
        }

        assertThat(bed.bed.server.statistics().dropped())
                .containsEntry(DropReason.NO_TLS, 1L)
                .containsEntry(DropReason.NOT_SENT, 0L);
    }

    @Test
    void sendsStrangersAwayBeforeTheHandshake() throws IOException {
        try (var closed = new EncryptedBed(folder, CERTIFICATE, "192.0.2.0/24")) {
            assertThatThrownBy(closed::connect).isInstanceOf(IOException.class);
            assertThat(closed.bed.server.statistics().dropped()).containsEntry(DropReason.REFUSED_CLIENT, 1L);
        }
    }

    @Test
    @Tag("R-104")
    void padsResponsesToPaddedQueries() throws IOException {
        try (var connection = bed.connect()) {
            EncryptedBed.send(connection, withOption(new GenericEDNSOption(EDNSOption.Code.PADDING, new byte[20])));
            byte[] padded = EncryptedBed.receiveBytes(connection);
            assertThat(padded).hasSize(468);
            assertThat(answer(new Message(padded))).containsExactly(MADE);

            EncryptedBed.send(connection, query("www.example.org.", Type.AAAA));
            assertThat(EncryptedBed.receiveBytes(connection)).hasSizeLessThan(468);
        }
    }

    @Test
    @Tag("R-102")
    void tellsHowLongAConnectionMayIdle() throws IOException {
        try (var connection = bed.connect()) {
            EncryptedBed.send(connection, withOption(new TcpKeepaliveOption()));
            var option = EncryptedBed.receive(connection).getOPT().getOptions(EDNSOption.Code.TCP_KEEPALIVE);

            assertThat(((TcpKeepaliveOption) option.getFirst()).getTimeoutDuration())
                    .hasValue(Duration.ofSeconds(30));
        }
    }

    @Test
    @Tag("R-102")
    void saysNothingOfConnectionsOverUdp() throws IOException {
        var response = bed.bed.udp().send(withOption(new TcpKeepaliveOption()));

        assertThat(response.getOPT().getOptions(EDNSOption.Code.TCP_KEEPALIVE)).isEmpty();
    }

    @Test
    @Tag("R-104")
    void echoesNoOptionThatItDoesNotKnow() throws IOException {
        var response = bed.bed.udp().send(withOption(new GenericEDNSOption(65_001, new byte[] {1, 2})));

        assertThat(answer(response)).containsExactly(MADE);
        assertThat(response.getOPT().getOptions(65_001)).isEmpty();
    }

    private static Message withOption(EDNSOption option) {
        var query = query("www.example.org.", Type.AAAA);
        query.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(option)), Section.ADDITIONAL);
        return query;
    }

    @Test
    void saysGoodbye() throws IOException {
        try (var connection = bed.connect()) {
            EncryptedBed.send(connection, query("www.example.org.", Type.AAAA));
            EncryptedBed.receive(connection);
            connection.getOutputStream().write(new byte[] {0, 1, 7}); // no DNS
            connection.getOutputStream().flush();

            // Without close_notify the JDK throws.
            assertThat(connection.getInputStream().read()).isEqualTo(-1);
        } catch (SSLException e) {
            throw new AssertionError("no close_notify", e);
        }
    }
}
