// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.health;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the DNS64 over UDP for the addresses of ipv4only.arpa, which it makes by itself without an upstream. The first
 * of its addresses that answers is enough. REFUSED is an answer, too: the host itself may be no client.
 */
public final class DnsQuestion implements RepeatedProbe.Round {

    public static final String NAME = "dns64";

    private static final Logger LOG = LoggerFactory.getLogger(DnsQuestion.class);
    private static final int SENDINGS = 3;
    private static final int BETWEEN_SENDINGS_MILLIS = 300;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int RESPONSE = 0x8000;
    private static final int RCODE = 0xf;
    private static final int SERVFAIL = 2;
    private static final int AAAA = 28;
    private static final int IN = 1;
    private static final int LARGEST_ANSWER = 4096;
    private static final int SMALLEST_ANSWER = 12;

    private final Supplier<List<InetSocketAddress>> listening;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param listening the addresses that the DNS64 listens on; asked at each try
     */
    public DnsQuestion(Supplier<List<InetSocketAddress>> listening) {
        this.listening = listening;
    }

    @Override
    public Map<String, Finding> ask() {
        var addresses = listening.get();
        Finding found = new Finding.Failed("the DNS64 listens nowhere", false);
        for (var address : addresses) {
            found = ask(reachable(address));
            if (found instanceof Finding.Passed) {
                break;
            }
        }
        return Map.of(NAME, found);
    }

    private Finding ask(InetSocketAddress address) {
        byte[] question = question((short) random.nextInt());
        long began = System.nanoTime();
        try (var socket = new DatagramSocket()) {
            socket.connect(address); // datagrams of others are not seen
            socket.setSoTimeout(BETWEEN_SENDINGS_MILLIS);
            for (int sending = 0; sending < SENDINGS; sending++) {
                socket.send(new DatagramPacket(question, question.length));
                var answer = new DatagramPacket(new byte[LARGEST_ANSWER], LARGEST_ANSWER);
                if (isReceived(socket, answer)) {
                    return judge(address, question, answer, Duration.ofNanos(System.nanoTime() - began));
                }
            }
            return new Finding.Failed("the DNS64 does not answer on " + address, false);
        } catch (IOException e) {
            return new Finding.Failed("the DNS64 can't be asked on %s: %s".formatted(address, e.getMessage()), false);
        }
    }

    private static boolean isReceived(DatagramSocket socket, DatagramPacket answer) throws IOException {
        try {
            socket.receive(answer);
            return true;
        } catch (SocketTimeoutException e) {
            LOG.debug("no answer of {} in time", socket.getRemoteSocketAddress());
            return false;
        }
    }

    /** What an answer tells. */
    static Finding judge(InetSocketAddress address, byte[] question, DatagramPacket answer, Duration roundTrip) {
        var bytes = ByteBuffer.wrap(answer.getData(), 0, answer.getLength());
        if (answer.getLength() < SMALLEST_ANSWER
                || bytes.getShort(0) != ByteBuffer.wrap(question).getShort(0)
                || (bytes.getShort(Short.BYTES) & RESPONSE) == 0) {
            return new Finding.Failed("the DNS64 answers something else on " + address, false);
        }
        return (bytes.getShort(Short.BYTES) & RCODE) == SERVFAIL
                ? new Finding.Failed("the DNS64 answers SERVFAIL for ipv4only.arpa on " + address, false)
                : new Finding.Passed(roundTrip);
    }

    /** A query for AAAA records of ipv4only.arpa (RFC 1035, section 4.1). */
    static byte[] question(short id) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(SMALLEST_ANSWER)
                .putShort(id)
                .putShort((short) RECURSION_DESIRED)
                .putShort((short) 1)
                .array());
        for (var label : List.of("ipv4only", "arpa", "")) {
            bytes.write(label.length());
            bytes.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        bytes.writeBytes(ByteBuffer.allocate(4)
                .putShort((short) AAAA)
                .putShort((short) IN)
                .array());
        return bytes.toByteArray();
    }

    private static InetSocketAddress reachable(InetSocketAddress listening) {
        return listening.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(
                        InetAddress.ofLiteral(listening.getAddress() instanceof Inet6Address ? "::1" : "127.0.0.1"),
                        listening.getPort())
                : listening;
    }
}
