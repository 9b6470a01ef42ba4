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
import nat64.translator.wire.Octets;
import nat64.translator.wire.UdpHeader;

/**
 * Turns an IPv4 packet into an IPv6 packet, in place (RFC 7915, section 4). Which addresses and ports it gets has been
 * decided before. One per worker.
 */
public final class Ipv4ToIpv6 {

    /** RFC 4443, section 2.4: an ICMPv6 error fits the smallest MTU. */
    private static final int LARGEST_ERROR = 1280;

    /** RFC 7915, section 4.2: the pointer of an unknown protocol is the Next Header field. */
    private static final int NEXT_HEADER_FIELD = 6;

    private final Ipv4Header ipv4 = new Ipv4Header();
    private final Ipv6Header ipv6 = new Ipv6Header();
    private final FragmentHeader fragment = new FragmentHeader();
    private final TranslationOptions options;

    public Ipv4ToIpv6(TranslationOptions options) {
        this.options = options;
    }

    /**
     * Whether a parsed packet, translated, would be too big for the IPv6 side, and may not be fragmented (RFC 7915,
     * section 4.1). Of a super-packet, one segment counts. ICMP errors shrink to fit.
     */
    public boolean isTooBig(Packet packet) {
        var layers = packet.layers();
        int length = packet.lengthOnWire() - (layers.transport() - packet.start()) + headersLength(layers);
        return layers.dontFragment()
                && length > options.mtus().ipv6()
                && (layers.isLaterFragment() || !layers.isIcmpError(packet.buffer()));
    }

    /**
     * Translates a parsed packet whose TTL allows it. If the answer is not NONE, the packet is as it was. A packet too
     * long for its next link is not cut here: {@link Fragmentation}.
     *
     * @param outer addresses and ports that the packet gets
     * @param quoted those of the packet that it quotes, if it is an ICMP error
     */
    public DropReason translate(Packet packet, Ipv6Tuple outer, Ipv6Tuple quoted) {
        var buffer = packet.buffer();
        var layers = packet.layers();
        ipv4.wrap(buffer, layers.start());
        int trafficClass =
                options.trafficClass() == TranslationOptions.COPY ? ipv4.typeOfService() : options.trafficClass();
        int hopLimit = ipv4.ttl() - 1;
        int protocol = layers.protocol();
        if (layers.isIcmp()) {
            protocol = IpProtocol.ICMPV6;
            var drop = layers.isIcmpError(buffer)
                    ? translateError(packet, outer, quoted)
                    : translateEcho(buffer, layers, outer);
            if (drop != NONE) {
                return drop;
            }
        } else if (layers.hasPorts() && !layers.isLaterFragment()) {
            boolean bare = lacksChecksum(buffer, layers) && !packet.hasPartialChecksum();
            if (bare && layers.isFragment()) {
                return FRAGMENT_WITHOUT_CHECKSUM;
            }
            rewritePorts(buffer, layers, packet.end(), packet.hasPartialChecksum(), outer);
            if (bare) {
                TransportRewrite.computeUdpChecksum(buffer, layers, addresses(outer));
            }
        }
        writeHeaders(packet, trafficClass, hopLimit, protocol, outer);
        layers.translated(packet.start(), 6, protocol);
        return NONE;
    }

    private static boolean lacksChecksum(MemorySegment buffer, Layers layers) {
        return layers.protocol() == IpProtocol.UDP
                && Octets.u16(buffer, layers.transport() + (long) UdpHeader.CHECKSUM) == 0;
    }

    private void writeHeaders(Packet packet, int trafficClass, int hopLimit, int protocol, Ipv6Tuple tuple) {
        var buffer = packet.buffer();
        var layers = packet.layers();
        boolean piece = layers.isFragment();
        packet.startAt(layers.transport() - headersLength(layers));
        if (piece) {
            writeFragmentHeader(buffer, layers, protocol);
        }
        ipv6.wrap(buffer, packet.start())
                .write(
                        trafficClass,
                        packet.length() - Ipv6Header.LENGTH,
                        piece ? IpProtocol.FRAGMENT : protocol,
                        hopLimit)
                .source(tuple.sourceHigh(), tuple.sourceLow())
                .destination(tuple.destinationHigh(), tuple.destinationLow());
    }

    /** RFC 7915, section 4.1: a Fragment header only where there is a fragment. */
    private static int headersLength(Layers layers) {
        return Ipv6Header.LENGTH + (layers.isFragment() ? FragmentHeader.LENGTH : 0);
    }

    private void writeFragmentHeader(MemorySegment buffer, Layers layers, int protocol) {
        fragment.wrap(buffer, layers.transport() - FragmentHeader.LENGTH)
                .write(protocol, layers.fragmentOffset(), layers.moreFragments(), layers.identification());
    }

    private static long addresses(Ipv6Tuple tuple) {
        return Checksum.sum(tuple.sourceHigh(), tuple.sourceLow())
                + Checksum.sum(tuple.destinationHigh(), tuple.destinationLow());
    }

    private static long pseudoHeader(Layers layers, int protocol, Ipv6Tuple tuple) {
        return addresses(tuple) + layers.transportLength() + protocol;
    }

    private static void rewritePorts(MemorySegment buffer, Layers layers, int end, boolean partial, Ipv6Tuple tuple) {
        long removed = Checksum.sum(layers.sourceIpv4()) + Checksum.sum(layers.destinationIpv4());
        long added = addresses(tuple);
        int available = end - layers.transport();
        TransportRewrite.ports(
                buffer, layers, available, partial, removed, added, tuple.sourcePort(), tuple.destinationPort());
    }

    private static DropReason translateEcho(MemorySegment buffer, Layers layers, Ipv6Tuple tuple) {
        int type = Octets.u8(buffer, layers.transport());
        if (!Icmpv4.isEcho(type)) {
            return UNTRANSLATABLE_ICMP;
        }
        TransportRewrite.echo(
                buffer,
                layers.transport(),
                IcmpMapping.toIpv6(type, 0),
                tuple.sourcePort(),
                0,
                pseudoHeader(layers, IpProtocol.ICMPV6, tuple));
        return NONE;
    }

    /** RFC 7915, sections 4.2 and 4.3. The headers move away from the quoted transport header, which stays. */
    private DropReason translateError(Packet packet, Ipv6Tuple outer, Ipv6Tuple tuple) {
        var buffer = packet.buffer();
        var layers = packet.layers();
        var quoted = packet.quoted();
        int type = Octets.u8(buffer, layers.transport());
        int message = IcmpMapping.toIpv6(type, Octets.u8(buffer, layers.transport() + 1L));
        int rest = rest(buffer, layers.transport(), message, quoted);
        if (message == IcmpMapping.NOTHING || rest == IcmpMapping.NOTHING) {
            return UNTRANSLATABLE_ICMP;
        }
        if (quoted.isIcmp()) {
            var drop = translateEcho(buffer, quoted, tuple);
            if (drop != NONE) {
                return drop;
            }
        } else if (quoted.hasPorts() && !quoted.isLaterFragment()) {
            rewritePorts(buffer, quoted, packet.end(), false, tuple);
        }
        int quotedStart = writeQuotedHeaders(buffer, quoted, tuple);
        int icmp = quotedStart - IcmpHeader.LENGTH;
        int room = LARGEST_ERROR - Ipv6Header.LENGTH - IcmpHeader.LENGTH;
        int quotedWords = IcmpExtension.place(packet, quotedStart, room, 8, IcmpMapping.mayExtendIpv6(message));
        long pseudoHeader = addresses(outer) + (packet.end() - icmp) + IpProtocol.ICMPV6;
        IcmpErrorHeader.write(buffer, icmp, packet.end(), message, rest | quotedWords << 24, pseudoHeader);
        layers.moveTransport(icmp);
        return NONE;
    }

    /** The last 32 bits of the ICMPv6 header, or {@link IcmpMapping#NOTHING}, which no message has there. */
    private int rest(MemorySegment buffer, int icmp, int message, Layers quoted) {
        if (message == IcmpMapping.message(Icmpv6.PACKET_TOO_BIG, 0)) {
            int totalLength = quoted.transport() - quoted.start() + quoted.transportLength();
            return Mtu.toIpv6(Octets.u16(buffer, icmp + (long) IcmpHeader.MTU_V4), totalLength, options.mtus());
        }
        if (message == IcmpMapping.message(Icmpv6.PARAMETER_PROBLEM, 0)) {
            return IcmpMapping.pointerToIpv6(Octets.u8(buffer, icmp + (long) IcmpHeader.POINTER_V4));
        }
        boolean unknownProtocol = message == IcmpMapping.message(Icmpv6.PARAMETER_PROBLEM, Icmpv6.UNKNOWN_NEXT_HEADER);
        return unknownProtocol ? NEXT_HEADER_FIELD : 0;
    }

    /** Writes the headers of the quoted packet and tells where they start. */
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
