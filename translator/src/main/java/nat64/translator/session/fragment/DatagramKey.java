// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.fragment;

import nat64.translator.packet.Layers;
import nat64.translator.session.table.Hash;

/** Which datagram a fragment is part of: addresses, protocol, identification. Filled anew for each fragment. */
final class DatagramKey {

    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;
    private long datagram; // protocol, version, identification
    private int hash;
    private int sourceHash;

    void of(Layers layers, Hash hash) {
        sourceHigh = layers.sourceHigh();
        sourceLow = layers.sourceLow();
        destinationHigh = layers.destinationHigh();
        destinationLow = layers.destinationLow();
        datagram = ((long) layers.protocol() << 40)
                | ((long) layers.version() << 32)
                | (layers.identification() & 0xffff_ffffL);
        sourceHash = hash.of(sourceHigh, layers.version() == 6 ? 0 : sourceLow, 0);
        this.hash = hash.of(hash.of(sourceHigh, sourceLow, destinationHigh), destinationLow, datagram);
    }

    void copy(DatagramKey other) {
        sourceHigh = other.sourceHigh;
        sourceLow = other.sourceLow;
        destinationHigh = other.destinationHigh;
        destinationLow = other.destinationLow;
        datagram = other.datagram;
        hash = other.hash;
        sourceHash = other.sourceHash;
    }

    boolean matches(DatagramKey other) {
        return sourceLow == other.sourceLow
                && datagram == other.datagram
                && destinationLow == other.destinationLow
                && sourceHigh == other.sourceHigh
                && destinationHigh == other.destinationHigh;
    }

    int hash() {
        return hash;
    }

    /** Of the source alone: an IPv4 address, or the upper half of an IPv6 one, since a host has many of these. */
    int sourceHash() {
        return sourceHash;
    }

    boolean isIpv6() {
        return (int) (datagram >>> 32 & 0xff) == 6;
    }
}
