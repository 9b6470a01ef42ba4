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
 * Finds the headers of a packet, once; who has been told NONE may read every header without looking at lengths again.
 * One per worker.
 */
public final class PacketParser {

    /** More extension headers than any host sends (RFC 8504, section 5.3, lets nodes set such a limit). */
    private static final int MOST_EXTENSION_HEADERS = 16;

    private static final int END_OF_OPTIONS = 0;
    private static final int NO_OPERATION = 1;
    private static final int LOOSE_SOURCE_ROUTE = 131;
    private static final int STRICT_SOURCE_ROUTE = 137;

    private final Ipv4Header ipv4 = new Ipv4Header();
    private final Ipv6Header ipv6 = new Ipv6Header();
    private final FragmentHeader fragment = new FragmentHeader();

    /**
     * Reads a packet that has just been received, and cuts off what lies behind its own length. Of an ICMP error the
     * checksum is verified and the quoted packet is read too (RFC 5508, REQ-3).
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
        return drop == NONE && layers.isIcmpError(packet.buffer()) ? parseError(packet) : drop;
    }

    private DropReason parseError(Packet packet) {
        var layers = packet.layers();
        var buffer = packet.buffer();
        long sum = Checksum.sum(buffer, layers.transport, layers.transportLength);
        if (layers.version == 6) {
            sum += Checksum.sum(layers.sourceHigh, layers.sourceLow)
                    + Checksum.sum(layers.destinationHigh, layers.destinationLow)
                    + layers.transportLength
                    + IpProtocol.ICMPV6;
        }
        if (Checksum.fold(sum) != 0xffff) {
            return BAD_ICMP_CHECKSUM;
        }
        return setExtensionAside(packet) && parseQuoted(packet) ? NONE : BAD_QUOTED_PACKET;
    }

    /** RFC 4884: what follows the quoted packet is no part of it. False if there is less than the length says. */
    private static boolean setExtensionAside(Packet packet) {
        var layers = packet.layers();
        int octets = quotedOctets(packet.buffer(), layers);
        if (octets == 0) {
            packet.setExtensionAside(0); // a packet that is turned around is read twice
            return true;
        }
        if (layers.payload + octets > packet.end()) {
            return false;
        }
        packet.setExtensionAside(packet.end() - layers.payload - octets);
        layers.transportLength = IcmpHeader.LENGTH + octets;
        return true;
    }

    /** RFC 4884, section 4: the length of the quoted packet, or 0 where the message does not tell it. */
    private static int quotedOctets(MemorySegment buffer, Layers layers) {
        int type = Octets.u8(buffer, layers.transport);
        if (layers.version == 6) {
            boolean extensible = type == Icmpv6.DESTINATION_UNREACHABLE || type == Icmpv6.TIME_EXCEEDED;
            return extensible ? Octets.u8(buffer, layers.transport + (long) IcmpHeader.QUOTE_WORDS_V6) * 8 : 0;
        }
        return switch (type) {
            case Icmpv4.DESTINATION_UNREACHABLE, Icmpv4.TIME_EXCEEDED, Icmpv4.PARAMETER_PROBLEM ->
                Octets.u8(buffer, layers.transport + (long) IcmpHeader.QUOTE_WORDS_V4) * 4;
            default -> 0;
        };
    }

    /** The quoted packet may be cut anywhere behind the first eight octets of its transport header. */
    private boolean parseQuoted(Packet packet) {
        var buffer = packet.buffer();
        var quoted = packet.quoted();
        if (parseHeaders(buffer, packet.layers().payload, packet.end(), quoted, true) != NONE
                || quoted.version != packet.layers().version) {
            return false;
        }
        if (quoted.isLaterFragment()) {
            return !quoted.isIcmp(); // fragments of ICMP are not translated, so none can be quoted
        }
        return findPayload(buffer, packet.end(), quoted, true) == NONE && !quoted.isIcmpError(buffer);
    }

    private DropReason parseHeaders(MemorySegment buffer, int start, int end, Layers layers, boolean quoted) {
        if (end - start < Ipv4Header.LENGTH) {
            return TRUNCATED;
        }
        layers.start = start;
        layers.version = Octets.u8(buffer, start) >>> 4;
        return switch (layers.version) {
            case 4 -> parseIpv4(buffer, end, layers, quoted);
            case 6 -> parseIpv6(buffer, end, layers, quoted);
            default -> MALFORMED;
        };
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
        if (!ipv4.hasRightChecksum()) {
            return BAD_HEADER_CHECKSUM; // of a quoted packet too: RFC 5508, REQ-3
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

    /** RFC 7915, section 4.1: options are ignored, but for a source route that has not reached its end. */
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
            int length = at + 1 < layers.transport ? Octets.u8(buffer, at + 1L) : 0;
            if (length < 2 || at + length > layers.transport) {
                return MALFORMED;
            }
            if (option == LOOSE_SOURCE_ROUTE || option == STRICT_SOURCE_ROUTE) {
                if (length < 3) {
                    return MALFORMED;
                }
                if (Octets.u8(buffer, at + 2L) <= length) {
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
        var drop = walkExtensions(buffer, Math.min(end, packetEnd), layers, quoted);
        layers.payload = layers.transport;
        layers.transportLength = packetEnd - layers.transport;
        return drop == NONE ? checkFragment(layers) : drop;
    }

    /** RFC 7915, section 5.1: Hop-by-Hop, Routing and Destination Options are skipped, Fragment is read. */
    private DropReason walkExtensions(MemorySegment buffer, int end, Layers layers, boolean quoted) {
        int next = ipv6.nextHeader();
        int at = layers.start + Ipv6Header.LENGTH;
        boolean inFragment = false;
        for (int headers = 0; isExtension(next); headers++) {
            if (headers == MOST_EXTENSION_HEADERS) {
                return MALFORMED;
            }
            if (at + 8 > end) {
                return TRUNCATED;
            }
            if (layers.fragmentHeader) { // RFC 7915, section 5.1.1; of a later fragment, what follows is data
                inFragment = true;
                if (layers.isLaterFragment()) {
                    return EXTENSION_IN_FRAGMENT;
                }
            }
            if (next == IpProtocol.FRAGMENT && !inFragment) {
                fragment.wrap(buffer, at);
                layers.fragmentHeader = true;
                layers.fragmentOffset = fragment.fragmentOffset();
                layers.moreFragments = fragment.moreFragments();
                layers.identification = fragment.identification();
                next = fragment.nextHeader();
                at += FragmentHeader.LENGTH;
                continue;
            }
            int length = next == IpProtocol.FRAGMENT ? FragmentHeader.LENGTH : (Octets.u8(buffer, at + 1L) + 1) * 8;
            if (at + length > end) {
                return TRUNCATED;
            }
            boolean segmentsLeft = next == IpProtocol.ROUTING && Octets.u8(buffer, at + 3L) != 0;
            if (segmentsLeft && !quoted && layers.errorPointer == 0) {
                layers.errorPointer = at + 3 - layers.start;
            }
            next = Octets.u8(buffer, at);
            at += length;
        }
        layers.protocol = next;
        layers.transport = at;
        // Only now, with the transport found, is known whether the packet may be answered.
        if (inFragment || (layers.fragmentHeader && next == IpProtocol.AUTHENTICATION)) {
            return EXTENSION_IN_FRAGMENT;
        }
        return layers.errorPointer == 0 ? NONE : ROUTING_HEADER;
    }

    private static boolean isExtension(int nextHeader) {
        return switch (nextHeader) {
            case IpProtocol.HOP_BY_HOP, IpProtocol.ROUTING, IpProtocol.FRAGMENT, IpProtocol.DESTINATION_OPTIONS -> true;
            default -> false;
        };
    }

    /**
     * All pieces but the last are multiples of eight octets, and none reaches beyond the largest IPv4 datagram: nobody may
     * send such a piece over IPv4, and what IPv6 can carry beyond has no IPv4 form.
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
        int headerLength = (Octets.u8(buffer, layers.transport + (long) TcpHeader.DATA_OFFSET) >>> 4) * 4;
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
        int length = Octets.u16(buffer, layers.transport + (long) UdpHeader.DATAGRAM_LENGTH);
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
