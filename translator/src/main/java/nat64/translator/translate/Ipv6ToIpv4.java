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
import nat64.translator.wire.Octets;

/**
 * Turns an IPv6 packet into an IPv4 packet, in place (RFC 7915, section 5). Which addresses and ports it gets has been
 * decided before. One per worker.
 */
public final class Ipv6ToIpv4 {

    /** RFC 7915, section 5.1: IPv4 packets up to this size may be fragmented on their way. */
    public static final int FRAGMENTABLE = 1260;

    /** RFC 1812, section 4.3.2.3: the size that an ICMPv4 error should not exceed. */
    private static final int LARGEST_ERROR = 576;

    private final Ipv6Header ipv6 = new Ipv6Header();
    private final Ipv4Header ipv4 = new Ipv4Header();
    private final Identifications identifications;
    private final TranslationOptions options;

    /** Packets that may be fragmented get their identifications out of those of all workers. */
    public Ipv6ToIpv4(Identifications identifications, TranslationOptions options) {
        this.identifications = identifications;
        this.options = options;
    }

    /**
     * Whether a parsed packet, translated, would be too big for the IPv4 side, and may not be fragmented (RFC 7915,
     * section 5.1.1). Of a super-packet, one segment counts. ICMP errors shrink to fit.
     */
    public boolean isTooBig(Packet packet) {
        var layers = packet.layers();
        int length = packet.lengthOnWire() - (layers.transport() - packet.start()) + Ipv4Header.LENGTH;
        return length > FRAGMENTABLE
                && length > options.mtus().ipv4()
                && !layers.hasFragmentHeader()
                && !layers.isIcmpError(packet.buffer());
    }

    /**
     * Translates a parsed packet whose hop limit allows it. If the answer is not NONE, the packet is as it was.
     *
     * @param outer addresses and ports that the packet gets
     * @param quoted those of the packet that it quotes, if it is an ICMP error
     */
    public DropReason translate(Packet packet, Ipv4Tuple outer, Ipv4Tuple quoted) {
        var buffer = packet.buffer();
        var layers = packet.layers();
        ipv6.wrap(buffer, layers.start());
        int typeOfService =
                options.typeOfService() == TranslationOptions.COPY ? ipv6.trafficClass() : options.typeOfService();
        int ttl = ipv6.hopLimit() - 1;
        int protocol = layers.protocol();
        if (layers.isIcmp()) {
            protocol = IpProtocol.ICMPV4;
            var drop = layers.isIcmpError(buffer)
                    ? translateError(packet, quoted)
                    : translateEcho(buffer, layers, outer.sourcePort());
            if (drop != NONE) {
                return drop;
            }
        } else if (layers.hasPorts() && !layers.isLaterFragment()) {
            rewritePorts(buffer, layers, packet.end(), packet.hasPartialChecksum(), outer);
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
                .write(typeOfService, packet.length(), identification & 0xffff, fragment, ttl, protocol)
                .finish(tuple.source(), tuple.destination());
    }

    /** RFC 7915, section 5.1: small packets may be cut on their way; section 5.1.1: pieces stay pieces. */
    private static int fragmentField(Layers layers, int totalLength) {
        if (layers.hasFragmentHeader()) {
            return layers.fragmentOffset() / 8 | (layers.moreFragments() ? Ipv4Header.MORE_FRAGMENTS : 0);
        }
        return totalLength <= FRAGMENTABLE ? 0 : Ipv4Header.DONT_FRAGMENT;
    }

    private static void rewritePorts(MemorySegment buffer, Layers layers, int end, boolean partial, Ipv4Tuple tuple) {
        long removed = Checksum.sum(layers.sourceHigh(), layers.sourceLow())
                + Checksum.sum(layers.destinationHigh(), layers.destinationLow());
        long added = Checksum.sum(tuple.source()) + Checksum.sum(tuple.destination());
        int available = end - layers.transport();
        TransportRewrite.ports(
                buffer, layers, available, partial, removed, added, tuple.sourcePort(), tuple.destinationPort());
    }

    private static DropReason translateEcho(MemorySegment buffer, Layers layers, int identifier) {
        int type = Octets.u8(buffer, layers.transport());
        if (!Icmpv6.isEcho(type)) {
            return UNTRANSLATABLE_ICMP;
        }
        long pseudoHeader = Checksum.sum(layers.sourceHigh(), layers.sourceLow())
                + Checksum.sum(layers.destinationHigh(), layers.destinationLow())
                + layers.transportLength()
                + IpProtocol.ICMPV6;
        TransportRewrite.echo(buffer, layers.transport(), IcmpMapping.toIpv4(type, 0), identifier, pseudoHeader, 0);
        return NONE;
    }

    /** RFC 7915, sections 5.2 and 5.3. The headers move towards the quoted transport header, which stays. */
    private DropReason translateError(Packet packet, Ipv4Tuple tuple) {
        var buffer = packet.buffer();
        var layers = packet.layers();
        int type = Octets.u8(buffer, layers.transport());
        int message = IcmpMapping.toIpv4(type, Octets.u8(buffer, layers.transport() + 1L));
        var quoted = packet.quoted();
        int told = Octets.u32(buffer, layers.transport() + (long) IcmpHeader.REST);
        int rest = rest(type, message, told, quoted);
        if (message == IcmpMapping.NOTHING || rest == IcmpMapping.NOTHING) {
            return UNTRANSLATABLE_ICMP;
        }
        if (quoted.isIcmp()) {
            var drop = translateEcho(buffer, quoted, tuple.sourcePort());
            if (drop != NONE) {
                return drop;
            }
        } else if (quoted.hasPorts() && !quoted.isLaterFragment()) {
            rewritePorts(buffer, quoted, packet.end(), false, tuple);
        }
        int quotedStart = quoted.transport() - Ipv4Header.LENGTH;
        writeQuotedHeader(buffer, quoted, quotedStart, tuple);
        int icmp = quotedStart - IcmpHeader.LENGTH;
        int room = LARGEST_ERROR - Ipv4Header.LENGTH - IcmpHeader.LENGTH;
        int quotedWords = IcmpExtension.place(packet, quotedStart, room, 4, IcmpMapping.mayExtendIpv4(message));
        IcmpErrorHeader.write(buffer, icmp, packet.end(), message, rest | quotedWords << 16, 0);
        layers.moveTransport(icmp);
        return NONE;
    }

    /** The last 32 bits of the ICMPv4 header, or {@link IcmpMapping#NOTHING}, which no message has there. */
    private int rest(int type, int message, int told, Layers quoted) {
        return switch (type) {
            case Icmpv6.PACKET_TOO_BIG -> Mtu.toIpv4(told, quoted.hasFragmentHeader(), options.mtus());
            case Icmpv6.PARAMETER_PROBLEM -> {
                int pointer = IcmpMapping.pointerToIpv4(told);
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
                .write(trafficClass, totalLength, identification, fragmentField(quoted, totalLength), ttl, protocol)
                .finish(tuple.source(), tuple.destination());
        quoted.translated(at, 4, protocol);
    }
}
