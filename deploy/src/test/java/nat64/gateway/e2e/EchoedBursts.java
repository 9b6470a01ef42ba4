// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Sends bursts of numbered datagrams to a server's echo port, by a process on a client's host, and awaits the echoes of
 * each burst before the next one. Writes what came back otherwise than it was sent, or "all the same".
 */
final class EchoedBursts {

    private static final int ECHO_PORT = 7;
    private static final int BURST = 32;
    private static final int BURSTS = 100;
    private static final int LARGEST = 1400;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private EchoedBursts() {}

    /** How to start it, with the server's name. */
    static List<String> command(String server) {
        return List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                EchoedBursts.class.getName(),
                server);
    }

    public static void main(String[] arguments) throws Exception {
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(arguments[0], ECHO_PORT));
            socket.setSoTimeout((int) PATIENCE.toMillis());
            for (int first = 0; first < BURST * BURSTS; first += BURST) {
                for (int number = first; number < first + BURST; number++) {
                    var octets = datagram(number);
                    socket.send(new DatagramPacket(octets, octets.length));
                }
                for (int number = first; number < first + BURST; number++) {
                    awaitEcho(socket, number);
                }
            }
        }
        System.out.println("all the same");
    }

    /** Most of a burst have one length, as in a download; others are shorter or longer. */
    private static byte[] datagram(int number) {
        int usual = 4 + number / BURST * 97 % (LARGEST - 4);
        int length = number % 10 == 9 ? 4 + number * 31 % (LARGEST - 4) : usual;
        var octets = new byte[length];
        Arrays.fill(octets, (byte) (number * 7));
        ByteBuffer.wrap(octets).putInt(number);
        return octets;
    }

    private static void awaitEcho(DatagramSocket socket, int number) throws IOException {
        var echo = new DatagramPacket(new byte[LARGEST + 1], LARGEST + 1);
        try {
            socket.receive(echo);
        } catch (SocketTimeoutException e) {
            throw new IllegalStateException("nothing came instead of " + number, e);
        }
        var octets = Arrays.copyOf(echo.getData(), echo.getLength());
        if (!Arrays.equals(octets, datagram(number))) {
            int came = octets.length >= Integer.BYTES ? ByteBuffer.wrap(octets).getInt() : -1;
            throw new IllegalStateException(
                    "%d came with %d octets instead of %d".formatted(came, octets.length, number));
        }
    }
}
