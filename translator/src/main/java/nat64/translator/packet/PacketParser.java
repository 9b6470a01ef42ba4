// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import static nat64.translator.packet.DropReason.BAD_HEADER_CHECKSUM;
import static nat64.translator.packet.DropReason.BAD_ICMP_CHECKSUM;
import static nat64.translator.packet.DropReason.BAD_QUOTED_PACKET;
import static nat64.translator.packet.DropReason.EXTENSION_IN_FRAGMENT;
import static nat64.translator.packet.DropReason.MALFORMED;
import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.ROUTING_HEADER;
import static nat64.translator.packet.DropReason.TRUNCATED;

import java.lang.foreign.MemorySegment;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.FragmentHeader;
import nat64.translator.wire.IcmpHeader;
import nat64.translator.wire.Icmpv4;
import nat64.translator.wire.Icmpv6;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Ipv4Header;
import nat64.translator.wire.Ipv6Header;
import nat64.translator.wire.Octets;
import nat64.translator.wire.TcpHeader;
import nat64.translator.wire.UdpHeader;

/**
 * Finds the headers of a packet. This is the only place that checks lengths: after NONE, every header that {@link
 * Layers} names is within the packet. One per worker.
 */
public final class PacketParser {

    /** More extension headers than any host sends (RFC 8504, section 5.3, allows such a limit). */
    private static final int MOST_EXTENSION_HEADERS = 16;

    private static final int SHORTEST_EXTENSION = 8;

    /** Offset of Segments Left in a Routing header (RFC 8200, section 4.4). */
    private static final int SEGMENTS_LEFT = 3;

    private static final int END_OF_OPTIONS = 0;
    private static final int NO_OPERATION = 1;
    private static final int LOOSE_SOURCE_ROUTE = 131;
    private static final int STRICT_SOURCE_ROUTE = 137;

    private final Ipv4Header ipv4 = new Ipv4Header();
    private final Ipv6Header ipv6 = new Ipv6Header();
    private final FragmentHeader fragment = new FragmentHeader();

    /**
     * Reads a packet that has just been received, and cuts off what follows its own length. In an ICMP error, also
     * verifies the checksum and reads the quoted packet (RFC 5508, REQ-3).
     */
    public DropReason parse(Packet packet) {
        var layers = packet.layers();
        var drop = parseHeaders(packet.buffer(), packet.start(), packet.end(), layers, false);
        if (drop != NONE) {
            return drop;
        }
        packet.endAt(layers.transport + layers.transportLength);
        if (layers.isFragment() && layers.isIcmp()) {
            return DropReason.FRAGMENTED_ICMP;
        }
        if (layers.isLaterFragment()) {
            return NONE;
        }
        drop = findPayload(packet.buffer(), packet.end(), layers, false);
        return drop == NONE && layers.isIcmpError() ? parseError(packet) : drop;
    }

    private DropReason parseError(Packet packet) {
        var layers = packet.layers();
        var buffer = packet.buffer();
        long sum = Checksum.sum(buffer, layers.transport, layers.transportLength);
        if (layers.version == 6) {
            sum += layers.addressSum() + layers.transportLength + IpProtocol.ICMPV6;
        }
        if (Checksum.fold(sum) != 0xffff) {
            return BAD_ICMP_CHECKSUM;
        }
        return setExtensionAside(packet) && parseQuoted(packet) ? NONE : BAD_QUOTED_PACKET;
    }

    /** RFC 4884: an extension may follow the quoted packet. False if the packet is shorter than the length says. */
    private static boolean setExtensionAside(Packet packet) {
        var layers = packet.layers();
        int bytes = quotedBytes(packet.buffer(), layers);
        if (bytes == 0) {
            packet.setExtensionAside(0); // a hairpinned packet is read twice
            return true;
        }
        if (layers.payload + bytes > packet.end()) {
            return false;
        }
        packet.setExtensionAside(packet.end() - layers.payload - bytes);
        layers.transportLength = IcmpHeader.LENGTH + bytes;
        return true;
    }

    /** RFC 4884, section 4: the length of the quoted packet, or 0 if the message does not contain it. */
    private static int quotedBytes(MemorySegment buffer, Layers layers) {
        int type = IcmpHeader.type(buffer, layers.transport);
        if (layers.version == 6) {
            boolean extensible = type == Icmpv6.DESTINATION_UNREACHABLE || type == Icmpv6.TIME_EXCEEDED;
            return extensible ? IcmpHeader.quoteWordsV6(buffer, layers.transport) * 8 : 0;
        }
        return switch (type) {
            case Icmpv4.DESTINATION_UNREACHABLE, Icmpv4.TIME_EXCEEDED, Icmpv4.PARAMETER_PROBLEM ->
                IcmpHeader.quoteWordsV4(buffer, layers.transport) * 4;
            default -> 0;
        };
    }

    /** The quoted packet may end anywhere after the first eight bytes of its transport header. */
    private boolean parseQuoted(Packet packet) {
        var buffer = packet.buffer();
        var quoted = packet.quoted();
        quoted.clear();
        if (parseHeaders(buffer, packet.layers().payload, packet.end(), quoted, true) != NONE
                || quoted.version != packet.layers().version) {
            return false;
        }
        if (quoted.isLaterFragment()) {
            return !quoted.isIcmp(); // fragments of ICMP are not translated, so no error quotes one
        }
        return findPayload(buffer, packet.end(), quoted, true) == NONE && !quoted.isIcmpError();
    }

    private DropReason parseHeaders(MemorySegment buffer, int start, int end, Layers layers, boolean quoted) {
        if (end - start < Ipv4Header.LENGTH) {
            return TRUNCATED;
        }
        layers.start = start;
        layers.version = Octets.u8(buffer, start) >>> 4;
        var drop = switch (layers.version) {
            case 4 -> parseIpv4(buffer, end, layers, quoted);
            case 6 -> parseIpv6(buffer, end, layers, quoted);
            default -> MALFORMED;
        };
        layers.icmpError = isIcmpError(buffer, end, layers);
        return drop;
    }

    /** Asked of dropped packets too: no ICMP error may answer an ICMP error. */
    private static boolean isIcmpError(MemorySegment buffer, int end, Layers layers) {
        boolean hasType = !layers.isLaterFragment() && layers.transportLength > 0 && layers.transport < end;
        if (!hasType || !layers.isIcmp()) {
            return false;
        }
        int type = IcmpHeader.type(buffer, layers.transport);
        return layers.version == 6 ? Icmpv6.isError(type) : Icmpv4.isError(type);
    }

    private DropReason parseIpv4(MemorySegment buffer, int end, Layers layers, boolean quoted) {
        ipv4.wrap(buffer, layers.start);
        int headerLength = ipv4.headerLength();
        int totalLength = ipv4.totalLength();
        if (headerLength < Ipv4Header.LENGTH || totalLength < headerLength) {
            return MALFORMED;
        }
        if (layers.start + (quoted ? headerLength : totalLength) > end) {
            return TRUNCATED;
        }
        if (!ipv4.hasValidChecksum()) {
            return BAD_HEADER_CHECKSUM; // in a quoted packet too: RFC 5508, REQ-3
        }
        layers.hopLimit = ipv4.ttl();
        layers.dontFragment = ipv4.dontFragment();
        layers.protocol = ipv4.protocol();
        layers.transport = layers.start + headerLength;
        layers.payload = layers.transport;
        layers.transportLength = totalLength - headerLength;
        layers.fragmentOffset = ipv4.fragmentOffset();
        layers.moreFragments = ipv4.moreFragments();
        layers.identification = ipv4.identification();
        layers.sourceHigh = 0;
        layers.sourceLow = ipv4.source() & 0xffff_ffffL;
        layers.destinationHigh = 0;
        layers.destinationLow = ipv4.destination() & 0xffff_ffffL;
        return headerLength == Ipv4Header.LENGTH || quoted ? checkFragment(layers) : walkOptions(buffer, layers);
    }

    /** RFC 7915, section 4.1: options are ignored, except a source route that has not reached its end. */
    private static DropReason walkOptions(MemorySegment buffer, Layers layers) {
        int at = layers.start + Ipv4Header.LENGTH;
        while (at < layers.transport) {
            int option = Octets.u8(buffer, at);
            if (option == END_OF_OPTIONS) {
                break;
            }
            if (option == NO_OPERATION) {
                at++;
                continue;
            }
            int length = at + 1 < layers.transport ? Octets.u8(buffer, at + 1) : 0;
            if (length < 2 || at + length > layers.transport) {
                return MALFORMED;
            }
            if (option == LOOSE_SOURCE_ROUTE || option == STRICT_SOURCE_ROUTE) {
                if (length < 3) {
                    return MALFORMED;
                }
                if (Octets.u8(buffer, at + 2) <= length) {
                    return DropReason.SOURCE_ROUTE;
                }
            }
            at += length;
        }
        return checkFragment(layers);
    }

    private DropReason parseIpv6(MemorySegment buffer, int end, Layers layers, boolean quoted) {
        if (layers.start + Ipv6Header.LENGTH > end) {
            return TRUNCATED;
        }
        ipv6.wrap(buffer, layers.start);
        int packetEnd = layers.start + Ipv6Header.LENGTH + ipv6.payloadLength();
        if (packetEnd > end && !quoted) {
            return TRUNCATED;
        }
        layers.hopLimit = ipv6.hopLimit();
        layers.sourceHigh = ipv6.sourceHigh();
        layers.sourceLow = ipv6.sourceLow();
        layers.destinationHigh = ipv6.destinationHigh();
        layers.destinationLow = ipv6.destinationLow();
        layers.protocol = ipv6.nextHeader();
        layers.transport = layers.start + Ipv6Header.LENGTH;
        var drop =
                isExtension(layers.protocol) ? walkExtensions(buffer, Math.min(end, packetEnd), layers, quoted) : NONE;
        layers.payload = layers.transport;
        layers.transportLength = packetEnd - layers.transport;
        return drop == NONE ? checkFragment(layers) : drop;
    }

    /**
     * RFC 7915, section 5.1: Hop-by-Hop, Routing and Destination Options are skipped, Fragment is read. Section 5.1.1:
     * none may follow a Fragment header.
     */
    private DropReason walkExtensions(MemorySegment buffer, int end, Layers layers, boolean quoted) {
        boolean inFragment = false;
        for (int headers = 0; isExtension(layers.protocol); headers++) {
            if (headers == MOST_EXTENSION_HEADERS) {
                return MALFORMED;
            }
            int at = layers.transport;
            if (at + SHORTEST_EXTENSION > end) {
                return TRUNCATED;
            }
            if (layers.isLaterFragment()) {
                return EXTENSION_IN_FRAGMENT; // what follows is data
            }
            inFragment = layers.fragmentHeader;
            int length = extensionLength(buffer, at, layers.protocol);
            if (at + length > end) {
                return TRUNCATED;
            }
            readExtension(buffer, at, layers, quoted);
            layers.protocol = Octets.u8(buffer, at);
            layers.transport = at + length;
        }
        // Whether the packet may be answered is known only now, when the transport header is found.
        if (inFragment || (layers.fragmentHeader && layers.protocol == IpProtocol.AUTHENTICATION)) {
            return EXTENSION_IN_FRAGMENT;
        }
        return layers.errorPointer == 0 ? NONE : ROUTING_HEADER;
    }

    private static int extensionLength(MemorySegment buffer, int at, int header) {
        return header == IpProtocol.FRAGMENT ? FragmentHeader.LENGTH : (Octets.u8(buffer, at + 1) + 1) * 8;
    }

    private void readExtension(MemorySegment buffer, int at, Layers layers, boolean quoted) {
        switch (layers.protocol) {
            case IpProtocol.FRAGMENT -> {
                if (!layers.fragmentHeader) {
                    fragment.wrap(buffer, at);
                    layers.fragmentHeader = true;
                    layers.fragmentOffset = fragment.fragmentOffset();
                    layers.moreFragments = fragment.moreFragments();
                    layers.identification = fragment.identification();
                }
            }
            case IpProtocol.ROUTING -> {
                boolean segmentsLeft = Octets.u8(buffer, at + SEGMENTS_LEFT) != 0;
                if (segmentsLeft && !quoted && layers.errorPointer == 0) {
                    layers.errorPointer = at + SEGMENTS_LEFT - layers.start;
                }
            }
            default -> {}
        }
    }

    private static boolean isExtension(int nextHeader) {
        return switch (nextHeader) {
            case IpProtocol.HOP_BY_HOP, IpProtocol.ROUTING, IpProtocol.FRAGMENT, IpProtocol.DESTINATION_OPTIONS -> true;
            default -> false;
        };
    }

    /**
     * The length of every fragment except the last is a multiple of eight bytes, and no fragment ends beyond the
     * largest IPv4 datagram: an IPv6 datagram can be longer, but has no IPv4 form then.
     */
    private static DropReason checkFragment(Layers layers) {
        boolean ragged = layers.moreFragments && (layers.transportLength & 7) != 0;
        boolean beyond = layers.fragmentOffset + layers.transportLength > Packet.LARGEST - Ipv4Header.LENGTH;
        return layers.isFragment() && (ragged || beyond || layers.transportLength == 0) ? MALFORMED : NONE;
    }

    private static DropReason findPayload(MemorySegment buffer, int end, Layers layers, boolean quoted) {
        int available = Math.min(end - layers.transport, layers.transportLength);
        return switch (layers.protocol) {
            case IpProtocol.TCP -> findTcpPayload(buffer, available, layers, quoted);
            case IpProtocol.UDP -> findUdpPayload(buffer, available, layers, quoted);
            default -> layers.isIcmp() ? findIcmpPayload(available, layers) : NONE;
        };
    }

    private static DropReason findTcpPayload(MemorySegment buffer, int available, Layers layers, boolean quoted) {
        if (quoted) {
            layers.payload = layers.transport + Math.min(available, TcpHeader.LENGTH);
            return available < 8 ? TRUNCATED : NONE;
        }
        if (available < TcpHeader.LENGTH) {
            return TRUNCATED;
        }
        int headerLength = TcpHeader.headerLength(buffer, layers.transport);
        if (headerLength < TcpHeader.LENGTH || headerLength > available) {
            return MALFORMED;
        }
        layers.payload = layers.transport + headerLength;
        return NONE;
    }

    private static DropReason findUdpPayload(MemorySegment buffer, int available, Layers layers, boolean quoted) {
        if (available < UdpHeader.LENGTH) {
            return TRUNCATED;
        }
        layers.payload = layers.transport + UdpHeader.LENGTH;
        if (quoted) {
            return NONE;
        }
        int length = UdpHeader.datagramLength(buffer, layers.transport);
        if (length < UdpHeader.LENGTH) {
            return MALFORMED;
        }
        return length > available && !layers.isFragment() ? TRUNCATED : NONE;
    }

    private static DropReason findIcmpPayload(int available, Layers layers) {
        if (available < IcmpHeader.LENGTH) {
            return TRUNCATED;
        }
        layers.payload = layers.transport + IcmpHeader.LENGTH;
        return NONE;
    }
}
