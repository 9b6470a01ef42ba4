// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import nat64.translator.wire.Checksum;
import nat64.translator.wire.Ports;

/**
 * Addresses and ports of an IPv4 packet, from its source to its destination. In an ICMP query both ports are the
 * identifier. One per worker, set for each packet.
 */
public final class Ipv4Tuple {

    private int source;
    private int destination;
    private int sourcePort;
    private int destinationPort;

    public void set(int source, int sourcePort, int destination, int destinationPort) {
        this.source = source;
        this.destination = destination;
        this.sourcePort = sourcePort;
        this.destinationPort = destinationPort;
    }

    public int source() {
        return source;
    }

    public int destination() {
        return destination;
    }

    public int sourcePort() {
        return sourcePort;
    }

    public int destinationPort() {
        return destinationPort;
    }

    /** Both ports in one word, as {@link Ports#both(int, int)} has them. */
    public int ports() {
        return Ports.both(sourcePort, destinationPort);
    }

    /** The sum of both addresses, for a pseudo-header. */
    public long addressSum() {
        return Checksum.sum(source) + Checksum.sum(destination);
    }
}
