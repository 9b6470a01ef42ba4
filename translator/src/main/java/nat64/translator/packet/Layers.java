// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import java.lang.foreign.MemorySegment;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.IcmpHeader;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Ports;
import nat64.translator.wire.TcpHeader;
import nat64.translator.wire.UdpHeader;

/**
 * Where the headers of a packet start, and the fields of its IP header, as {@link PacketParser} found them. Offsets
 * count from the beginning of the buffer. Describes a packet, or the packet that an ICMP error quotes.
 */
public final class Layers {

    int start;
    int version;
    int hopLimit;
    boolean dontFragment;
    int protocol;
    int transport;
    int payload;
    int transportLength;
    boolean icmpError;
    boolean fragmentHeader;
    int fragmentOffset;
    boolean moreFragments;
    int identification;
    int errorPointer;
    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;

    void clear() {
        start = 0;
        version = 0;
        hopLimit = 0;
        dontFragment = false;
        protocol = 0;
        transport = 0;
        payload = 0;
        transportLength = 0;
        icmpError = false;
        fragmentHeader = false;
        fragmentOffset = 0;
        moreFragments = false;
        identification = 0;
        errorPointer = 0;
    }

    /** Offset of the IP header. */
    public int start() {
        return start;
    }

    /** 4 or 6. */
    public int version() {
        return version;
    }

    /** The IPv6 hop limit or the IPv4 TTL, as received. */
    public int hopLimit() {
        return hopLimit;
    }

    /** Whether the IPv4 header has Don't Fragment set; false for IPv6. */
    public boolean dontFragment() {
        return dontFragment;
    }

    /** The IPv4 Protocol, or the Next Header behind all IPv6 extension headers. */
    public int protocol() {
        return protocol;
    }

    /** Offset of the transport header, after options and extension headers. */
    public int transport() {
        return transport;
    }

    /** Offset of the data after the transport header; that of the transport header if its protocol is not known. */
    public int payload() {
        return payload;
    }

    /** Bytes of transport header and payload as the IP header says; a quoted packet may hold fewer. */
    public int transportLength() {
        return transportLength;
    }

    /** Whether this is a fragment of a larger datagram. */
    public boolean isFragment() {
        return moreFragments || fragmentOffset > 0;
    }

    /** Whether this is a fragment other than the first, without the transport header. */
    public boolean isLaterFragment() {
        return fragmentOffset > 0;
    }

    /** Whether there is an IPv6 Fragment header, even that of a whole packet (RFC 6946). */
    public boolean hasFragmentHeader() {
        return fragmentHeader;
    }

    /** Bytes of the datagram before this fragment. */
    public int fragmentOffset() {
        return fragmentOffset;
    }

    public boolean moreFragments() {
        return moreFragments;
    }

    /** Identification of the datagram: 16 bits in IPv4, 32 in the IPv6 Fragment header. */
    public int identification() {
        return identification;
    }

    /** Pointer of the Parameter Problem for this packet: an offset from the IPv6 header. */
    public int errorPointer() {
        return errorPointer;
    }

    /** The upper half of an IPv6 source; 0 for IPv4. */
    public long sourceHigh() {
        return sourceHigh;
    }

    /** The lower half of an IPv6 source; an IPv4 source in the low 32 bits. */
    public long sourceLow() {
        return sourceLow;
    }

    public long destinationHigh() {
        return destinationHigh;
    }

    public long destinationLow() {
        return destinationLow;
    }

    public int sourceIpv4() {
        return (int) sourceLow;
    }

    public int destinationIpv4() {
        return (int) destinationLow;
    }

    /** The sum of both addresses, for a pseudo-header. */
    public long addressSum() {
        return Checksum.sum(sourceHigh, sourceLow) + Checksum.sum(destinationHigh, destinationLow);
    }

    /** Whether the transport is ICMP of the packet's own IP version. */
    public boolean isIcmp() {
        return protocol == (version == 6 ? IpProtocol.ICMPV6 : IpProtocol.ICMPV4);
    }

    /** Whether this is an ICMP message that quotes a packet. A later fragment never is. */
    public boolean isIcmpError() {
        return icmpError;
    }

    /** Whether the transport has ports: TCP or UDP. */
    public boolean hasPorts() {
        return protocol == IpProtocol.TCP || protocol == IpProtocol.UDP;
    }

    /**
     * Whether the protocol number has no meaning in this IP version, or another one: extension headers of IPv6, and
     * ICMP of the other version.
     */
    public boolean hasForeignProtocol() {
        return switch (protocol) {
            case IpProtocol.HOP_BY_HOP,
                    IpProtocol.ROUTING,
                    IpProtocol.FRAGMENT,
                    IpProtocol.DESTINATION_OPTIONS,
                    IpProtocol.ICMPV6 -> version == 4;
            case IpProtocol.ICMPV4 -> version == 6;
            default -> false;
        };
    }

    /** The source port of TCP and UDP: the first 16 bits of the transport header. */
    public int sourcePort(MemorySegment buffer) {
        return Ports.source(buffer, transport);
    }

    /** The destination port of TCP and UDP: the second 16 bits of the transport header. */
    public int destinationPort(MemorySegment buffer) {
        return Ports.destination(buffer, transport);
    }

    /** Offset of the checksum within the transport header, or -1 if the protocol is not known. */
    public int checksumOffset() {
        return switch (protocol) {
            case IpProtocol.TCP -> TcpHeader.CHECKSUM;
            case IpProtocol.UDP -> UdpHeader.CHECKSUM;
            default -> isIcmp() ? IcmpHeader.CHECKSUM : -1;
        };
    }

    /** Offset of the checksum, if the protocol is known. */
    public int checksumAt() {
        return transport + checksumOffset();
    }

    /** The packet was translated: it has a new IP header of the other version. */
    public void translated(int newStart, int newVersion, int newProtocol) {
        start = newStart;
        version = newVersion;
        protocol = newProtocol;
    }

    /** The transport header was moved, with everything after it. */
    public void moveTransport(int offset) {
        payload += offset - transport;
        transport = offset;
    }

    /** The packet is now one segment of the former super-packet, whose headers were copied in front of the payload. */
    public void segment(int newStart, int newPayload, int end, int newIdentification) {
        transport += newStart - start;
        start = newStart;
        payload = newPayload;
        transportLength = end - transport;
        identification = newIdentification;
    }
}
