// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The resolver that is asked in a {@link Training}, on loopback: every name has one A record and nothing else. */
final class TrainingUpstream implements AutoCloseable {

    /** Global, so that the Well-Known Prefix carries it (RFC 6052, section 3.1). */
    static final InetAddress ADDRESS = InetAddress.ofLiteral("192.52.193.2");

    private static final long TTL = 300;
    private static final int LARGEST_QUERY = 4096;

    private final DatagramSocket socket;

    TrainingUpstream() throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(Training.LOOPBACK, 0));
        Thread.ofPlatform().daemon().name("training-upstream").start(this::answerAll);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
    }

    @Override
    public void close() {
        socket.close();
    }

    private void answerAll() {
        var packet = new DatagramPacket(new byte[LARGEST_QUERY], LARGEST_QUERY);
        while (!socket.isClosed()) {
            try {
                packet.setLength(LARGEST_QUERY);
                socket.receive(packet);
                packet.setData(answer(Arrays.copyOf(packet.getData(), packet.getLength())));
                socket.send(packet);
                packet.setData(new byte[LARGEST_QUERY]);
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static byte[] answer(byte[] octets) throws IOException {
        var query = new Message(octets);
        var question = query.getQuestion();
        var answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RD);
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(question, Section.QUESTION);
        if (question.getType() == Type.A) {
            answer.addRecord(new ARecord(question.getName(), DClass.IN, TTL, ADDRESS), Section.ANSWER);
        }
        return answer.toWire();
    }
}
