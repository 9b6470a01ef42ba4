// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import java.lang.foreign.MemorySegment;
import nat64.translator.wire.Icmpv4;
import nat64.translator.wire.Icmpv6;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Octets;
import nat64.translator.wire.TcpHeader;
import nat64.translator.wire.UdpHeader;

/**
 * Where the headers of a packet start and what its IP header says, as {@link PacketParser} found it. Offsets count from
 * the beginning of the slot. Serves the packet itself and the one that an ICMP error quotes.
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

    /** The IPv6 hop limit or the IPv4 TTL, as it came. */
    public int hopLimit() {
        return hopLimit;
    }

    /** Whether the IPv4 header forbids fragments; false of IPv6. */
    public boolean dontFragment() {
        return dontFragment;
    }

    /** The IPv4 Protocol, or the last Next Header that was walked to. */
    public int protocol() {
        return protocol;
    }

    /** Offset of the transport header, behind options and extension headers. */
    public int transport() {
        return transport;
    }

    /** Offset of what follows the transport header; that of the transport header where it has none we know. */
    public int payload() {
        return payload;
    }

    /** Octets of transport header and payload by the IP header; a quoted packet may hold fewer. */
    public int transportLength() {
        return transportLength;
    }

    /** Whether this is a piece of a datagram. */
    public boolean isFragment() {
        return moreFragments || fragmentOffset > 0;
    }

    /** Whether the transport header is elsewhere, in the first fragment. */
    public boolean isLaterFragment() {
        return fragmentOffset > 0;
    }

    /** Whether there is an IPv6 Fragment header, be it of a packet in one piece. */
    public boolean hasFragmentHeader() {
        return fragmentHeader;
    }

    public int fragmentOffset() {
        return fragmentOffset;
    }

    public boolean moreFragments() {
        return moreFragments;
    }

    /** Identification of the datagram: 16 bits of IPv4, or 32 of the IPv6 Fragment header. */
    public int identification() {
        return identification;
    }

    /** Where in the IPv6 packet the octet is that a Parameter Problem has to name. */
    public int errorPointer() {
        return errorPointer;
    }

    /** The upper half of an IPv6 source; 0 of an IPv4 one. */
    public long sourceHigh() {
        return sourceHigh;
    }

    /** The lower half of an IPv6 source; an IPv4 one in the low 32 bits. */
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

    /** Whether the transport is the ICMP of the packet's own IP version. */
    public boolean isIcmp() {
        return protocol == (version == 6 ? IpProtocol.ICMPV6 : IpProtocol.ICMPV4);
    }

    /** Whether this is an ICMP message that quotes a packet. */
    public boolean isIcmpError(MemorySegment buffer) {
        return isIcmp()
                && (version == 6
                        ? Icmpv6.isError(Octets.u8(buffer, transport))
                        : Icmpv4.isError(Octets.u8(buffer, transport)));
    }

    /** Whether the transport is one whose ports and checksum are known: TCP or UDP. */
    public boolean hasPorts() {
        return protocol == IpProtocol.TCP || protocol == IpProtocol.UDP;
    }

    /**
     * Whether the protocol number means something else in the other IP version, or nothing: extension headers of IPv6, and
     * the ICMP of the other version.
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

    /** The first 16 bits of the transport header: the source port of TCP and UDP. */
    public int sourcePort(MemorySegment buffer) {
        return Octets.u16(buffer, transport);
    }

    /** The second 16 bits of the transport header: the destination port of TCP and UDP. */
    public int destinationPort(MemorySegment buffer) {
        return Octets.u16(buffer, transport + 2L);
    }

    /** Offset of the checksum within the transport header, or -1 of a protocol that has none we know. */
    public int checksumOffset() {
        return switch (protocol) {
            case IpProtocol.TCP -> TcpHeader.CHECKSUM;
            case IpProtocol.UDP -> UdpHeader.CHECKSUM;
            default -> isIcmp() ? 2 : -1;
        };
    }

    /** The packet was translated: its header starts elsewhere and speaks the other version. */
    public void translated(int newStart, int newVersion, int newProtocol) {
        start = newStart;
        version = newVersion;
        protocol = newProtocol;
    }

    /** The transport header was moved, with all that lies behind it. */
    public void moveTransport(int offset) {
        payload += offset - transport;
        transport = offset;
    }

    /** The packet is now one segment of the super-packet that it was, whose headers were copied before the payload. */
    public void segment(int newStart, int newPayload, int end, int newIdentification) {
        transport += newStart - start;
        start = newStart;
        payload = newPayload;
        transportLength = end - transport;
        identification = newIdentification;
    }
}
