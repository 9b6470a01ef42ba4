// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import nat64.translator.wire.Checksum;
import nat64.translator.wire.Ports;

/**
 * Addresses and ports of an IPv6 packet, from its source to its destination. In an ICMP query both ports are the
 * identifier. One per worker, set for each packet.
 */
public final class Ipv6Tuple {

    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;
    private int sourcePort;
    private int destinationPort;

    public Ipv6Tuple source(long high, long low, int port) {
        sourceHigh = high;
        sourceLow = low;
        sourcePort = port;
        return this;
    }

    public Ipv6Tuple destination(long high, long low, int port) {
        destinationHigh = high;
        destinationLow = low;
        destinationPort = port;
        return this;
    }

    public long sourceHigh() {
        return sourceHigh;
    }

    public long sourceLow() {
        return sourceLow;
    }

    public long destinationHigh() {
        return destinationHigh;
    }

    public long destinationLow() {
        return destinationLow;
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
        return Checksum.sum(sourceHigh, sourceLow) + Checksum.sum(destinationHigh, destinationLow);
    }
}
