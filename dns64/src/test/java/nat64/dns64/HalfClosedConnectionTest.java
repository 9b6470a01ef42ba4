// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import static nat64.dns64.ServerBed.MADE;
import static nat64.dns64.ServerBed.answer;
import static nat64.dns64.ServerBed.query;
import static nat64.dns64.testing.FakeUpstream.records;
import static nat64.dns64.testing.FakeUpstream.truncated;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLSocket;
import nat64.dns64.testing.Eventually;
import nat64.dns64.testing.LeakCheck;
import nat64.dns64.testing.TestCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/** Clients that ask, say that they will send nothing more, and wait (RFC 7766, section 6.2.4). */
@ExtendWith(LeakCheck.class)
class HalfClosedConnectionTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.ec();
    private static final int TIMEOUT_MILLIS = 5000;
    private static final int MORE_THAN_MAY_WAIT = 100;
    private static final int LARGE_ANSWERS = 2; // of a client that does not read, no more are kept
    private static final String BIG = "big.example.org. 60 IN TXT" + (" " + "x".repeat(250)).repeat(230);
    private static final byte HTTP2_DATA = 0;
    private static final byte HTTP2_HEADERS = 1;
    private static final byte HTTP2_SETTINGS = 4;
    private static final byte END = 0x5; // of stream and headers

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
    @ValueSource(ints = {1, MORE_THAN_MAY_WAIT})
    void getTheirAnswersOverTcpAndThenTheEnd(int queries) throws Exception {
        var server = bed.bed.server.listening().getFirst();
        for (var cached : new boolean[] {false, true}) {
            try (var connection = new Socket(server.getAddress(), server.getPort())) {
                connection.setSoTimeout(TIMEOUT_MILLIS);
                connection.getOutputStream().write(frames(queries));
                connection.shutdownOutput();

                assertAnswersAndEnd(connection, queries, cached);
            }
        }
        Eventually.holds(() -> bed.bed.server.statistics().connections() == 0);
    }

    /** More than fits into the buffers of the sockets. */
    @Test
    void getLargeAnswersEvenIfTheyReadLate() throws IOException {
        bed.bed.first.on("big.example.org.", Type.TXT, truncated(records(BIG)));
        var server = bed.bed.server.listening().getFirst();
        try (var connection = new Socket()) {
            connection.setReceiveBufferSize(4096);
            connection.setSoTimeout(TIMEOUT_MILLIS);
            connection.connect(server);
            connection.getOutputStream().write(frames("big.example.org.", Type.TXT, LARGE_ANSWERS));
            connection.shutdownOutput();

            assertAnswersAndEnd(connection, LARGE_ANSWERS, true);
        }
    }

    @Test
    void whoAskNothingAreClosed() throws IOException {
        var server = bed.bed.server.listening().getFirst();
        try (var connection = new Socket(server.getAddress(), server.getPort())) {
            connection.setSoTimeout(TIMEOUT_MILLIS);
            connection.getOutputStream().write(new byte[] {0, 40, 1}); // part of a message
            connection.shutdownOutput();

            assertThat(connection.getInputStream().read()).isNegative();
        }
    }

    @Test
    void whoEndBeforeTheHandshakeAreClosed() throws IOException {
        for (var server : List.of(
                bed.bed.server.listeningTls().getFirst(),
                bed.bed.server.listeningHttps().getFirst())) {
            try (var connection = new Socket(server.getAddress(), server.getPort())) {
                connection.setSoTimeout(TIMEOUT_MILLIS / 2); // shorter than the timeout of a handshake
                connection.shutdownOutput();

                assertThat(connection.getInputStream().readAllBytes()).isNotNull();
            }
        }
    }

    /** In TLS 1.2 a close_notify ends both directions (RFC 5246, section 7.2.1). */
    @Test
    void getTheirAnswersOverTlsAfterCloseNotify() throws IOException {
        try (var connection = bed.connect("TLSv1.3")) {
            connection.getOutputStream().write(frames(2));
            connection.shutdownOutput();

            assertAnswersAndEnd(connection, 2, false);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void getTheirAnswersOverTlsAfterTheEndOfTcp(String version) throws IOException {
        var server = bed.bed.server.listeningTls().getFirst();
        try (var tcp = new Socket(server.getAddress(), server.getPort());
                var connection = handshake(tcp, "dot", version)) {
            connection.getOutputStream().write(frames(2));
            connection.getOutputStream().flush();
            tcp.shutdownOutput();

            assertAnswersAndEnd(connection, 2, false);
        }
    }

    @Test
    void getTheirAnswersOverHttp1() throws IOException {
        var server = bed.bed.server.listeningHttps().getFirst();
        var request = "GET /dns-query?dns=" + base64() + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (var tcp = new Socket(server.getAddress(), server.getPort());
                var connection = handshake(tcp, "http/1.1", "TLSv1.3")) {
            connection.getOutputStream().write(request.repeat(3).getBytes(StandardCharsets.US_ASCII));
            connection.getOutputStream().flush();
            tcp.shutdownOutput();

            var responses = new String(connection.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(responses.split("HTTP/1.1 200 OK", -1)).hasSize(1 + 3);
        }
    }

    @Test
    void getTheirAnswersOverHttp2() throws IOException {
        var server = bed.bed.server.listeningHttps().getFirst();
        try (var tcp = new Socket(server.getAddress(), server.getPort());
                var connection = handshake(tcp, "h2", "TLSv1.3")) {
            var out = new DataOutputStream(connection.getOutputStream());
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(http2Frame(HTTP2_SETTINGS, (byte) 0, 0, new byte[0]));
            out.write(http2Frame(HTTP2_HEADERS, END, 1, headers("/dns-query?dns=" + base64())));
            out.flush();
            tcp.shutdownOutput();

            assertThat(answer(new Message(http2Data(connection)))).containsExactly(MADE);
        }
    }

    private SSLSocket handshake(Socket tcp, String application, String version) throws IOException {
        tcp.setSoTimeout(TIMEOUT_MILLIS);
        var socket = (SSLSocket) bed.client
                .getSocketFactory()
                .createSocket(tcp, tcp.getInetAddress().getHostAddress(), tcp.getPort(), true);
        socket.setEnabledProtocols(new String[] {version});
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {application});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static void assertAnswersAndEnd(Socket connection, int queries, boolean cached) throws IOException {
        var in = new DataInputStream(connection.getInputStream());
        for (int i = 0; i < queries; i++) {
            var response = new Message(in.readNBytes(in.readUnsignedShort()));
            assertThat(answer(response)).as("%d, cached: %s", i, cached).hasSize(1);
        }
        assertThat(in.read()).as("the end").isNegative();
    }

    private static byte[] frames(int queries) throws IOException {
        return frames("www.example.org.", Type.AAAA, queries);
    }

    private static byte[] frames(String name, int type, int queries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        for (int i = 0; i < queries; i++) {
            byte[] query = query(name, type).toWire();
            out.writeShort(query.length);
            out.write(query);
        }
        return bytes.toByteArray();
    }

    private static String base64() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(query("www.example.org.", Type.AAAA).toWire());
    }

    private static byte[] http2Frame(byte type, byte flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) 0)
                .putShort((short) payload.length)
                .put(type)
                .put(flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** Literals without indexing (RFC 7541, section 6.2.2). */
    private static byte[] headers(String path) {
        var block = new ByteArrayOutputStream();
        for (var header : List.of(":method", "GET", ":scheme", "https", ":authority", "localhost", ":path", path)) {
            if (header.startsWith(":")) {
                block.write(0);
            }
            block.write(header.length());
            block.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        }
        return block.toByteArray();
    }

    private static byte[] http2Data(SSLSocket connection) throws IOException {
        var data = new ByteArrayOutputStream();
        var types = new ArrayList<Integer>();
        var in = new DataInputStream(connection.getInputStream());
        for (int high = in.read(); high >= 0; high = in.read()) {
            byte[] payload = new byte[high << 16 | in.readUnsignedShort()];
            int type = in.readUnsignedByte();
            in.skipNBytes(1 + 4); // flags, stream
            in.readFully(payload);
            types.add(type);
            if (type == HTTP2_DATA) {
                data.writeBytes(payload);
            }
        }
        assertThat(types).contains((int) HTTP2_HEADERS, (int) HTTP2_DATA);
        return data.toByteArray();
    }
}
