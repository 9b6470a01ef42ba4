// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

/**
 * Addresses and ports of an IPv4 packet, from its source to its destination. Of ICMP queries both ports are the
 * identifier. One per worker, filled anew for each packet.
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
}
