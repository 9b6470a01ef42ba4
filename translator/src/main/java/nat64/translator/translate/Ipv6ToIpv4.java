// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.UNTRANSLATABLE_ICMP;

import java.lang.foreign.MemorySegment;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Ipv4Tuple;
import nat64.translator.packet.Layers;
import nat64.translator.packet.Packet;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.IcmpHeader;
import nat64.translator.wire.Icmpv4;
import nat64.translator.wire.Icmpv6;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Ipv4Header;
import nat64.translator.wire.Ipv6Header;

/**
 * Translates an IPv6 packet into an IPv4 packet, in place (RFC 7915, section 5). The caller has chosen its new
 * addresses and ports. One per worker.
 */
public final class Ipv6ToIpv4 {

    /** RFC 7915, section 5.1: routers may fragment IPv4 packets up to this size. */
    public static final int FRAGMENTABLE = 1260;

    /** RFC 1812, section 4.3.2.3: the largest size of an ICMPv4 error. */
    private static final int LARGEST_ERROR = 576;

    private final Ipv6Header ipv6 = new Ipv6Header();
    private final Ipv4Header ipv4 = new Ipv4Header();
    private final Identifications identifications;

    /** Packets that may be fragmented get their Identification from {@code identifications}, which all workers share. */
    public Ipv6ToIpv4(Identifications identifications) {
        this.identifications = identifications;
    }

    /**
     * Whether a parsed packet would be too big for the IPv4 side after translation and must not be fragmented (RFC
     * 7915, section 5.1). For a super-packet, the size of one segment counts. Never for an ICMP error, which is cut to
     * fit.
     */
    public boolean isTooBig(Packet packet, TranslationOptions options) {
        var layers = packet.layers();
        int length = packet.lengthOnWire() - (layers.transport() - packet.start()) + Ipv4Header.LENGTH;
        return length > FRAGMENTABLE
                && length > options.mtus().ipv4()
                && !layers.hasFragmentHeader()
                && !layers.isIcmpError();
    }

    /**
     * Translates a parsed packet whose hop limit is more than 1. Unless the result is NONE, the packet is unchanged.
     *
     * @param outer new addresses and ports of the packet
     * @param quoted new addresses and ports of the quoted packet, if this is an ICMP error
     */
    public DropReason translate(Packet packet, Ipv4Tuple outer, Ipv4Tuple quoted, TranslationOptions options) {
        var buffer = packet.buffer();
        var layers = packet.layers();
        ipv6.wrap(buffer, layers.start());
        int typeOfService =
                options.typeOfService() == TranslationOptions.COPY ? ipv6.trafficClass() : options.typeOfService();
        int ttl = ipv6.hopLimit() - 1;
        int protocol = layers.protocol();
        if (layers.isIcmp()) {
            protocol = IpProtocol.ICMPV4;
            var drop = layers.isIcmpError()
                    ? translateError(packet, quoted, options.mtus())
                    : translateEcho(buffer, layers, outer.sourcePort());
            if (drop != NONE) {
                return drop;
            }
        } else if (layers.hasPorts() && !layers.isLaterFragment()) {
            rewritePorts(packet, layers, outer);
        }
        packet.startAt(layers.transport() - Ipv4Header.LENGTH);
        writeHeader(packet, typeOfService, ttl, protocol, outer);
        layers.translated(packet.start(), 4, protocol);
        return NONE;
    }

    private void writeHeader(Packet packet, int typeOfService, int ttl, int protocol, Ipv4Tuple tuple) {
        int fragment = fragmentField(packet.layers(), packet.lengthOnWire());
        int identification = packet.layers().identification();
        if (fragment == 0 && !packet.layers().hasFragmentHeader()) {
            identification =
                    identifications.take(tuple.source(), tuple.destination(), protocol, packet.packetsOnWire());
        }
        ipv4.wrap(packet.buffer(), packet.start())
                .write(typeOfService, packet.length(), ttl, protocol)
                .fragment(identification & 0xffff, fragment)
                .finish(tuple.source(), tuple.destination());
    }

    /** RFC 7915, section 5.1: routers may fragment small packets; section 5.1.1: fragments stay fragments. */
    private static int fragmentField(Layers layers, int totalLength) {
        if (layers.hasFragmentHeader()) {
            return layers.fragmentOffset() / 8 | (layers.moreFragments() ? Ipv4Header.MORE_FRAGMENTS : 0);
        }
        return totalLength <= FRAGMENTABLE ? 0 : Ipv4Header.DONT_FRAGMENT;
    }

    private static void rewritePorts(Packet packet, Layers layers, Ipv4Tuple tuple) {
        long addresses = Checksum.change(layers.addressSum(), tuple.addressSum());
        TransportRewrite.ports(packet, layers, tuple.ports(), addresses);
    }

    private static DropReason translateEcho(MemorySegment buffer, Layers layers, int identifier) {
        int type = IcmpHeader.type(buffer, layers.transport());
        if (!Icmpv6.isEcho(type)) {
            return UNTRANSLATABLE_ICMP;
        }
        long pseudoHeader = Checksum.change(layers.addressSum() + layers.transportLength() + IpProtocol.ICMPV6, 0);
        TransportRewrite.echo(buffer, layers.transport(), IcmpMapping.toIpv4(type, 0), identifier, pseudoHeader);
        return NONE;
    }

    /** RFC 7915, sections 5.2 and 5.3. The quoted transport header stays in place; the headers before it shrink. */
    private DropReason translateError(Packet packet, Ipv4Tuple tuple, NextHopMtus mtus) {
        var buffer = packet.buffer();
        var layers = packet.layers();
        var quoted = packet.quoted();
        int type = IcmpHeader.type(buffer, layers.transport());
        int message = IcmpMapping.toIpv4(type, IcmpHeader.code(buffer, layers.transport()));
        int rest = rest(type, message, IcmpHeader.rest(buffer, layers.transport()), quoted, mtus);
        if (message == IcmpMapping.NOTHING || rest == IcmpMapping.NOTHING) {
            return UNTRANSLATABLE_ICMP;
        }
        if (quoted.isIcmp()) {
            var drop = translateEcho(buffer, quoted, tuple.sourcePort());
            if (drop != NONE) {
                return drop;
            }
        } else if (quoted.hasPorts() && !quoted.isLaterFragment()) {
            rewritePorts(packet, quoted, tuple);
        }
        int quotedStart = quoted.transport() - Ipv4Header.LENGTH;
        writeQuotedHeader(buffer, quoted, quotedStart, tuple);
        int icmp = quotedStart - IcmpHeader.LENGTH;
        int room = LARGEST_ERROR - Ipv4Header.LENGTH - IcmpHeader.LENGTH;
        int quotedWords = IcmpExtension.place(packet, quotedStart, room, 4, IcmpMapping.mayExtendIpv4(message));
        IcmpHeader.write(buffer, icmp, message, rest | quotedWords << 16);
        IcmpHeader.updateChecksum(buffer, icmp, packet.end(), 0);
        layers.moveTransport(icmp);
        return NONE;
    }

    /**
     * The last 32 bits of the ICMPv4 header, or {@link IcmpMapping#NOTHING} if the message cannot be translated.
     *
     * @param restV6 the last 32 bits of the ICMPv6 header
     */
    private static int rest(int type, int message, int restV6, Layers quoted, NextHopMtus mtus) {
        return switch (type) {
            case Icmpv6.PACKET_TOO_BIG -> Mtu.toIpv4(restV6, quoted.hasFragmentHeader(), mtus);
            case Icmpv6.PARAMETER_PROBLEM -> {
                int pointer = IcmpMapping.pointerToIpv4(restV6);
                boolean hasPointer = IcmpMapping.type(message) == Icmpv4.PARAMETER_PROBLEM;
                yield !hasPointer ? 0 : pointer == IcmpMapping.NOTHING ? IcmpMapping.NOTHING : pointer << 24;
            }
            default -> 0;
        };
    }

    private void writeQuotedHeader(MemorySegment buffer, Layers quoted, int at, Ipv4Tuple tuple) {
        ipv6.wrap(buffer, quoted.start());
        int trafficClass = ipv6.trafficClass();
        int ttl = ipv6.hopLimit(); // RFC 7915, section 5.3: not decremented
        int totalLength = Math.min(Ipv4Header.LENGTH + quoted.transportLength(), Packet.LARGEST);
        int protocol = quoted.isIcmp() ? IpProtocol.ICMPV4 : quoted.protocol();
        int identification = quoted.identification() & 0xffff;
        ipv4.wrap(buffer, at)
                .write(trafficClass, totalLength, ttl, protocol)
                .fragment(identification, fragmentField(quoted, totalLength))
                .finish(tuple.source(), tuple.destination());
        quoted.translated(at, 4, protocol);
    }
}
