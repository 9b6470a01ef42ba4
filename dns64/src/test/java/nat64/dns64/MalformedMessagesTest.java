// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import nat64.dns64.settings.Policy;
import nat64.dns64.settings.QueryLogSettings;
import nat64.dns64.settings.ServingSettings;
import nat64.dns64.settings.UpstreamSettings;
import nat64.dns64.statistics.DropReason;
import nat64.dns64.synthesis.Ipv4OnlyArpa;
import nat64.dns64.testing.FakeUpstream;
import nat64.dns64.testing.LeakCheck;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Bytes that are no query, over real sockets: the server answers with a header at most and lives on. */
@ExtendWith(LeakCheck.class)
class MalformedMessagesTest {

    private static final long SEED = 1035;
    private static final int RANDOM_MESSAGES = 300;
    private static final int PAUSE = 20;

    private FakeUpstream upstream;
    private Dns64Server server;

    @BeforeEach
    void start() throws IOException {
        upstream = new FakeUpstream();
        server = Dns64Server.start(new Dns64Settings(
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                List.of(),
                List.of(Ipv4Prefix.parse("127.0.0.0/8")),
                UpstreamSettings.of(List.of(upstream.server()), Duration.ofMillis(500)),
                Policy.of(List.of(Pref64.WELL_KNOWN)),
                List.of(),
                1 << 16,
                1,
                QueryLogSettings.OFF,
                ServingSettings.PLAIN));
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    @Test
    void answersCutDatagramsWithAHeaderAtMost() throws IOException {
        byte[] whole = query().toWire();
        try (var socket = new DatagramSocket()) {
            socket.connect(address());
            socket.setSoTimeout(2000);
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                if (length > 1) {
                    cut[1] = (byte) length; // the ID tells which one is answered
                }
                socket.send(new DatagramPacket(cut, length));
                if (length >= Header.LENGTH) {
                    var response = new DatagramPacket(new byte[512], 512);
                    socket.receive(response);
                    assertThat(response.getLength()).isEqualTo(Header.LENGTH);
                    assertThat(response.getData()[1]).isEqualTo((byte) length);
                }
            }
        }
        assertThatItLives();
    }

    @Test
    void survivesRandomDatagrams() throws IOException {
        var random = new Random(SEED);
        try (var socket = new DatagramSocket()) {
            socket.connect(address());
            for (int i = 0; i < RANDOM_MESSAGES; i++) {
                byte[] bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
                socket.send(new DatagramPacket(bytes, bytes.length));
                if (i % PAUSE == 0) { // the kernel drops what does not fit into the socket's buffer
                    assertThatItLives();
                }
            }
        }
        assertThatItLives();
    }

    @Test
    void survivesRandomStreams() throws IOException {
        var random = new Random(SEED);
        for (int i = 0; i < RANDOM_MESSAGES / 10; i++) {
            byte[] bytes = new byte[random.nextInt(3000)];
            random.nextBytes(bytes);
            try (var socket = new Socket(address().getAddress(), address().getPort())) {
                socket.getOutputStream().write(bytes);
            }
        }
        assertThatItLives();
    }

    @Test
    void closesAStreamOfWhichAMessageIsTooShort() throws IOException {
        try (var socket = new Socket(address().getAddress(), address().getPort())) {
            socket.setSoTimeout(2000);
            new DataOutputStream(socket.getOutputStream()).writeShort(0);

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(server.statistics().dropped()).containsEntry(DropReason.TOO_SHORT, 1L);
    }

    @Test
    @Tag("R-05")
    void neverAnswersAResponse() throws IOException {
        byte[] response = query().toWire();
        response[2] |= (byte) 0x80;
        try (var socket = new DatagramSocket()) {
            socket.connect(address());
            socket.setSoTimeout(200);
            socket.send(new DatagramPacket(response, response.length));
            assertThatItLives();

            assertThatThrownBy(() -> socket.receive(new DatagramPacket(new byte[512], 512)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
        assertThat(server.statistics().dropped()).containsEntry(DropReason.RESPONSE, 1L);
    }

    private void assertThatItLives() throws IOException {
        for (boolean tcp : new boolean[] {false, true}) {
            var resolver = new SimpleResolver(address());
            resolver.setTimeout(Duration.ofSeconds(5));
            resolver.setTCP(tcp);
            var response = resolver.send(query());
            assertThat(response.getRcode()).isEqualTo(Rcode.NOERROR);
            assertThat(response.getSection(Section.ANSWER)).hasSize(2);
        }
        assertThat(server.statistics().dropped()).containsEntry(DropReason.INTERNAL_ERROR, 0L);
    }

    private InetSocketAddress address() {
        return server.listening().getFirst();
    }

    private static Message query() {
        var query = Message.newQuery(Record.newRecord(Ipv4OnlyArpa.NAME, Type.AAAA, DClass.IN));
        query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
        return query;
    }
}
