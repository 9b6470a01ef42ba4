// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import static nat64.translator.packet.DropReason.FRAGMENT_WITHOUT_CHECKSUM;
import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.UNTRANSLATABLE_ICMP;

import java.lang.foreign.MemorySegment;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Ipv6Tuple;
import nat64.translator.packet.Layers;
import nat64.translator.packet.Packet;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.FragmentHeader;
import nat64.translator.wire.IcmpHeader;
import nat64.translator.wire.Icmpv4;
import nat64.translator.wire.Icmpv6;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Ipv4Header;
import nat64.translator.wire.Ipv6Header;
import nat64.translator.wire.UdpHeader;

/**
 * Translates an IPv4 packet into an IPv6 packet, in place (RFC 7915, section 4). The caller has chosen its new
 * addresses and ports. One per worker.
 */
public final class Ipv4ToIpv6 {

    /** RFC 4443, section 2.4 (c): the size of an ICMPv6 error, which fits the minimum MTU. */
    private static final int LARGEST_ERROR = 1280;

    /** RFC 7915, section 4.2: the pointer for an unknown protocol is the Next Header field. */
    private static final int NEXT_HEADER_FIELD = 6;

    private final Ipv4Header ipv4 = new Ipv4Header();
    private final Ipv6Header ipv6 = new Ipv6Header();
    private final FragmentHeader fragment = new FragmentHeader();

    /**
     * Whether a parsed packet would be too big for the IPv6 side after translation and has Don't Fragment set (RFC
     * 7915, section 4.1). For a super-packet, the size of one segment counts. Never for an ICMP error, which is cut to
     * fit.
     */
    public boolean isTooBig(Packet packet, TranslationOptions options) {
        var layers = packet.layers();
        int length = packet.lengthOnWire() - (layers.transport() - packet.start()) + headersLength(layers);
        return layers.dontFragment() && length > options.mtus().ipv6() && !layers.isIcmpError();
    }

    /**
     * Translates a parsed packet whose TTL is more than 1. Unless the result is NONE, the packet is unchanged. It may
     * be too long for its next link: see {@link Fragmentation}.
     *
     * @param outer new addresses and ports of the packet
     * @param quoted new addresses and ports of the quoted packet, if this is an ICMP error
     */
    public DropReason translate(Packet packet, Ipv6Tuple outer, Ipv6Tuple quoted, TranslationOptions options) {
        var buffer = packet.buffer();
        var layers = packet.layers();
        ipv4.wrap(buffer, layers.start());
        int trafficClass =
                options.trafficClass() == TranslationOptions.COPY ? ipv4.typeOfService() : options.trafficClass();
        int hopLimit = ipv4.ttl() - 1;
        int protocol = layers.protocol();
        if (layers.isIcmp()) {
            protocol = IpProtocol.ICMPV6;
            var drop = layers.isIcmpError()
                    ? translateError(packet, outer, quoted, options)
                    : translateEcho(buffer, layers, outer);
            if (drop != NONE) {
                return drop;
            }
        } else if (layers.hasPorts() && !layers.isLaterFragment()) {
            boolean withoutChecksum = lacksChecksum(packet);
            if (withoutChecksum && layers.isFragment()) {
                return FRAGMENT_WITHOUT_CHECKSUM;
            }
            rewritePorts(packet, layers, outer);
            if (withoutChecksum) {
                TransportRewrite.computeUdpChecksum(buffer, layers, outer.addressSum());
            }
        }
        writeHeaders(packet, trafficClass, hopLimit, protocol, outer);
        layers.translated(packet.start(), 6, protocol);
        return NONE;
    }

    private static boolean lacksChecksum(Packet packet) {
        var layers = packet.layers();
        return layers.protocol() == IpProtocol.UDP
                && UdpHeader.checksum(packet.buffer(), layers.transport()) == UdpHeader.NO_CHECKSUM
                && !packet.hasPartialChecksum();
    }

    private void writeHeaders(Packet packet, int trafficClass, int hopLimit, int protocol, Ipv6Tuple tuple) {
        var buffer = packet.buffer();
        var layers = packet.layers();
        packet.startAt(layers.transport() - headersLength(layers));
        if (layers.isFragment()) {
            writeFragmentHeader(buffer, layers, protocol);
        }
        ipv6.wrap(buffer, packet.start())
                .write(
                        trafficClass,
                        packet.length() - Ipv6Header.LENGTH,
                        layers.isFragment() ? IpProtocol.FRAGMENT : protocol,
                        hopLimit)
                .source(tuple.sourceHigh(), tuple.sourceLow())
                .destination(tuple.destinationHigh(), tuple.destinationLow());
    }

    /** RFC 7915, section 4.1: only a fragment gets a Fragment header. */
    private static int headersLength(Layers layers) {
        return Ipv6Header.LENGTH + (layers.isFragment() ? FragmentHeader.LENGTH : 0);
    }

    private void writeFragmentHeader(MemorySegment buffer, Layers layers, int protocol) {
        fragment.wrap(buffer, layers.transport() - FragmentHeader.LENGTH)
                .write(protocol, layers.fragmentOffset(), layers.moreFragments(), layers.identification());
    }

    private static void rewritePorts(Packet packet, Layers layers, Ipv6Tuple tuple) {
        long addresses = Checksum.change(layers.addressSum(), tuple.addressSum());
        TransportRewrite.ports(packet, layers, tuple.ports(), addresses);
    }

    private static DropReason translateEcho(MemorySegment buffer, Layers layers, Ipv6Tuple tuple) {
        int type = IcmpHeader.type(buffer, layers.transport());
        if (!Icmpv4.isEcho(type)) {
            return UNTRANSLATABLE_ICMP;
        }
        long pseudoHeader = Checksum.change(0, tuple.addressSum() + layers.transportLength() + IpProtocol.ICMPV6);
        int message = IcmpMapping.toIpv6(type, 0);
        TransportRewrite.echo(buffer, layers.transport(), message, tuple.sourcePort(), pseudoHeader);
        return NONE;
    }

    /** RFC 7915, sections 4.2 and 4.3. The quoted transport header stays in place; the headers before it grow forward. */
    private DropReason translateError(Packet packet, Ipv6Tuple outer, Ipv6Tuple tuple, TranslationOptions options) {
        var buffer = packet.buffer();
        var layers = packet.layers();
        var quoted = packet.quoted();
        int icmpv4 = layers.transport();
        int message = IcmpMapping.toIpv6(IcmpHeader.type(buffer, icmpv4), IcmpHeader.code(buffer, icmpv4));
        int rest = rest(buffer, icmpv4, message, quoted, options.mtus());
        if (message == IcmpMapping.NOTHING || rest == IcmpMapping.NOTHING) {
            return UNTRANSLATABLE_ICMP;
        }
        if (quoted.isIcmp()) {
            var drop = translateEcho(buffer, quoted, tuple);
            if (drop != NONE) {
                return drop;
            }
        } else if (quoted.hasPorts() && !quoted.isLaterFragment()) {
            rewritePorts(packet, quoted, tuple);
        }
        int quotedStart = writeQuotedHeaders(buffer, quoted, tuple);
        int icmp = quotedStart - IcmpHeader.LENGTH;
        int room = LARGEST_ERROR - Ipv6Header.LENGTH - IcmpHeader.LENGTH;
        int quotedWords = IcmpExtension.place(packet, quotedStart, room, 8, IcmpMapping.mayExtendIpv6(message));
        long pseudoHeader = outer.addressSum() + (packet.end() - icmp) + IpProtocol.ICMPV6;
        IcmpHeader.write(buffer, icmp, message, rest | quotedWords << 24);
        IcmpHeader.updateChecksum(buffer, icmp, packet.end(), pseudoHeader);
        layers.moveTransport(icmp);
        return NONE;
    }

    /** The last 32 bits of the ICMPv6 header, or {@link IcmpMapping#NOTHING} if the message cannot be translated. */
    private static int rest(MemorySegment buffer, int icmp, int message, Layers quoted, NextHopMtus mtus) {
        if (message == IcmpHeader.message(Icmpv6.PACKET_TOO_BIG, 0)) {
            int totalLength = quoted.transport() - quoted.start() + quoted.transportLength();
            return Mtu.toIpv6(IcmpHeader.mtuV4(buffer, icmp), totalLength, mtus);
        }
        if (message == IcmpHeader.message(Icmpv6.PARAMETER_PROBLEM, 0)) {
            return IcmpMapping.pointerToIpv6(IcmpHeader.pointerV4(buffer, icmp));
        }
        boolean unknownProtocol = message == IcmpHeader.message(Icmpv6.PARAMETER_PROBLEM, Icmpv6.UNKNOWN_NEXT_HEADER);
        return unknownProtocol ? NEXT_HEADER_FIELD : 0;
    }

    /** Writes the headers of the quoted packet and returns where they start. */
    private int writeQuotedHeaders(MemorySegment buffer, Layers quoted, Ipv6Tuple tuple) {
        ipv4.wrap(buffer, quoted.start());
        int trafficClass = ipv4.typeOfService();
        int hopLimit = ipv4.ttl(); // RFC 7915, section 4.3: not decremented
        int protocol = quoted.isIcmp() ? IpProtocol.ICMPV6 : quoted.protocol();
        int start = quoted.transport() - headersLength(quoted);
        int payloadLength = quoted.transport() - start - Ipv6Header.LENGTH + quoted.transportLength();
        if (quoted.isFragment()) {
            writeFragmentHeader(buffer, quoted, protocol);
        }
        ipv6.wrap(buffer, start)
                .write(
                        trafficClass,
                        Math.min(payloadLength, Packet.LARGEST),
                        quoted.isFragment() ? IpProtocol.FRAGMENT : protocol,
                        hopLimit)
                .source(tuple.sourceHigh(), tuple.sourceLow())
                .destination(tuple.destinationHigh(), tuple.destinationLow());
        quoted.translated(start, 6, protocol);
        return start;
    }
}
