// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.server;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import nat64.translator.address.Pref64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Asks through a NAT64 whether it works: goes to IPv4 hosts by their addresses inside the Pref64, as clients do. One
 * that answers is enough, for the others may be down themselves.
 *
 * @param targets IPv4 addresses and ports, asked in this order
 * @param timeout for each
 */
public record DataPlaneProbe(Pref64 pref64, List<InetSocketAddress> targets, Kind kind, Duration timeout)
        implements PrefixCheck {

    private static final Logger LOG = LoggerFactory.getLogger(DataPlaneProbe.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LARGEST_ANSWER = 4096;
    private static final int IDS = 1 << 16;

    public DataPlaneProbe {
        targets = List.copyOf(targets);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("a probe needs a target");
        }
        for (var target : targets) {
            if (!(target.getAddress() instanceof Inet4Address)) {
                throw new IllegalArgumentException("a target of a probe is an IPv4 address, not " + target);
            }
        }
    }

    /** What a target must do. */
    public enum Kind {
        /** Accept a TCP connection. */
        TCP,
        /** Answer a DNS question over UDP, whatever the answer is. */
        DNS
    }

    @Override
    public boolean works() {
        return targets.stream().anyMatch(this::answers);
    }

    private boolean answers(InetSocketAddress target) {
        try {
            var address = new InetSocketAddress(embedded(target), target.getPort());
            return answers(kind, address, timeout);
        } catch (IOException e) {
            LOG.debug("{} does not answer under {}: {}", target, pref64, e.getMessage());
            return false;
        }
    }

    /** Whether somebody answers at the address. */
    static boolean answers(Kind kind, InetSocketAddress address, Duration timeout) throws IOException {
        return switch (kind) {
            case TCP -> connects(address, timeout);
            case DNS -> answersDns(address, timeout);
        };
    }

    private InetAddress embedded(InetSocketAddress target) throws IOException {
        int ipv4 = ByteBuffer.wrap(target.getAddress().getAddress()).getInt();
        return InetAddress.getByAddress(pref64.embed(ipv4).bytes());
    }

    private static boolean connects(InetSocketAddress address, Duration timeout) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(address, (int) timeout.toMillis());
            return true;
        }
    }

    private static boolean answersDns(InetSocketAddress address, Duration timeout) throws IOException {
        var query = Message.newQuery(Record.newRecord(Name.root, Type.NS, DClass.IN));
        query.getHeader().setID(RANDOM.nextInt(IDS));
        byte[] octets = query.toWire();
        try (var socket = new DatagramSocket()) {
            socket.connect(address); // datagrams of others are not seen
            socket.setSoTimeout((int) timeout.toMillis());
            socket.send(new DatagramPacket(octets, octets.length));
            var answer = new DatagramPacket(new byte[LARGEST_ANSWER], LARGEST_ANSWER);
            socket.receive(answer);
            return answer.getLength() > 2 && answer.getData()[0] == octets[0] && answer.getData()[1] == octets[1];
        }
    }
}
