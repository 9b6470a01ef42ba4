// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real sockets on loopback, with those of the JDK at the other end. */
class DatagramBatchTest {

    private static final int LARGEST = 64;

    private final DatagramBatch received = new DatagramBatch(LARGEST);
    private final DatagramBatch responses = new DatagramBatch(LARGEST);
    private Socket socket;

    @BeforeEach
    void open() {
        assumeTrue(Epoll.isAvailable(), "there is no epoll here");
        socket = Socket.newSocketDgram();
    }

    @AfterEach
    void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
        received.close();
        responses.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void answersWhoeverHasSentSomething(String host) throws IOException {
        try (var client = clientOf(host)) {
            send(client, "question");
            assertThat(received.receive(socket.intValue())).isOne();
            responses.add(bytes("answer"), 6, received, 0);
            assertThat(responses.send(socket.intValue())).isZero();
            assertThat(next(client)).isEqualTo("answer");

            responses.add(bytes("late"), 4, received.peer(0));
            assertThat(responses.send(socket.intValue())).isZero();
            assertThat(next(client)).isEqualTo("late");
        }
    }

    /** The client takes datagrams only from where it sent its own. */
    @ParameterizedTest
    @CsvSource({"0.0.0.0, 127.0.0.7", "::, 127.0.0.7", "::, ::1", "::, 127.3.2.1"})
    void answersFromTheAddressThatWasAskedOnAWildcard(String wildcard, String asked) throws IOException {
        assertThat(PacketInfo.request(socket.intValue())).isTrue();
        assertAnswersFrom(wildcard, asked);
    }

    @Test
    void answersFromTheAddressThatWasAskedOnASocketOfIpv4() throws IOException {
        socket.close();
        socket = (Socket) new EpollDatagramChannel(SocketProtocolFamily.INET).fd();
        assertThat(PacketInfo.request(socket.intValue())).isTrue();
        assertAnswersFrom("0.0.0.0", "127.0.0.7");
    }

    private void assertAnswersFrom(String wildcard, String asked) throws IOException {
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(wildcard), 0));
        var host = InetAddress.ofLiteral(asked);
        var from = InetAddress.ofLiteral(host instanceof Inet4Address ? "127.0.0.1" : "::1");
        try (var told = new DatagramBatch(LARGEST, true);
                var client = new DatagramSocket(new InetSocketAddress(from, 0))) {
            client.setSoTimeout(5000);
            client.connect(host, socket.localAddress().getPort());
            send(client, "question");
            assertThat(told.receive(socket.intValue())).isOne();
            byte[] peer = told.peer(0);

            responses.add(bytes("answer"), 6, told, 0);
            responses.add(bytes("late"), 4, peer);
            assertThat(responses.send(socket.intValue())).isZero();
            assertThat(next(client)).isEqualTo("answer");
            assertThat(next(client)).isEqualTo("late");
        }
    }

    @Test
    void leavesTheChoiceToTheKernelWhereNoAnswerCanLeaveFrom() throws IOException {
        assertThat(PacketInfo.request(socket.intValue())).isTrue();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0));
        try (var told = new DatagramBatch(LARGEST, true);
                var client = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))) {
            client.setSoTimeout(5000);
            client.setBroadcast(true);
            var broadcast = new InetSocketAddress(
                    InetAddress.ofLiteral("127.255.255.255"),
                    socket.localAddress().getPort());
            client.send(new DatagramPacket(bytes("x"), 1, broadcast));
            assertThat(told.receive(socket.intValue())).isOne();

            responses.add(bytes("answer"), 6, told, 0);
            assertThat(responses.send(socket.intValue())).isZero();
            assertThat(next(client)).isEqualTo("answer");
        }
    }

    @Test
    void tellsAnIpv4AddressAsAMappedOne() throws IOException {
        try (var client = clientOf("127.0.0.1")) {
            send(client, "x");
            received.receive(socket.intValue());
        }
        assertThat(received.peerHigh(0)).isZero();
        assertThat(received.peerLow(0)).isEqualTo(0xffff_7f00_0001L);
    }

    @Test
    void tellsAnIpv6Address() throws IOException {
        try (var client = clientOf("::1")) {
            send(client, "x");
            received.receive(socket.intValue());
        }
        assertThat(received.peerHigh(0)).isZero();
        assertThat(received.peerLow(0)).isOne();
    }

    @Test
    void takesNoMoreThanFitsAndTheRestTheNextTime() throws IOException {
        try (var client = clientOf("127.0.0.1")) {
            for (int i = 0; i < DatagramBatch.CAPACITY + 3; i++) {
                send(client, "m" + i);
            }
            assertThat(received.receive(socket.intValue())).isEqualTo(DatagramBatch.CAPACITY);
            assertThat(IntStream.range(0, DatagramBatch.CAPACITY).mapToObj(this::message))
                    .containsExactlyElementsOf(IntStream.range(0, DatagramBatch.CAPACITY)
                            .mapToObj(i -> "m" + i)
                            .toList());
            assertThat(received.receive(socket.intValue())).isEqualTo(3);
            assertThat(received.receive(socket.intValue())).isZero();
        }
    }

    @Test
    void takesTheBeginningOfWhatIsTooLong() throws IOException {
        try (var client = clientOf("127.0.0.1")) {
            send(client, "x".repeat(2 * LARGEST));
            received.receive(socket.intValue());
        }
        assertThat(received.length(0)).isEqualTo(LARGEST);
    }

    @Test
    void countsWhatCouldNotBeSentAndSendsTheRest() throws IOException {
        try (var client = clientOf("127.0.0.1")) {
            send(client, "x");
            received.receive(socket.intValue());
            byte[] nowhere = received.peer(0);
            Arrays.fill(nowhere, 2, 4, (byte) 0); // port 0
            responses.add(bytes("lost"), 4, nowhere);
            responses.add(bytes("sent"), 4, received, 0);

            assertThat(responses.send(socket.intValue())).isOne();
            assertThat(next(client)).isEqualTo("sent");
        }
    }

    /** A client of the socket, which is bound to this address. */
    private DatagramSocket clientOf(String host) throws IOException {
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(host), 0));
        var client = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(host), 0));
        client.setSoTimeout(5000);
        client.connect(InetAddress.ofLiteral(host), socket.localAddress().getPort());
        return client;
    }

    private static void send(DatagramSocket client, String text) throws IOException {
        client.send(new DatagramPacket(bytes(text), text.length()));
    }

    private static String next(DatagramSocket client) throws IOException {
        var packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        client.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
    }

    private String message(int index) {
        byte[] bytes = new byte[received.length(index)];
        received.copyTo(index, bytes, bytes.length);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
