// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.SpecialIpv4;
import nat64.translator.address.SpecialIpv6;
import nat64.translator.packet.IcmpError;
import nat64.translator.packet.Layers;
import nat64.translator.packet.Packet;
import nat64.translator.translate.Mtu;
import nat64.translator.translate.NextHopMtus;
import nat64.translator.translate.Segments;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.IcmpHeader;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Ipv4Header;
import nat64.translator.wire.Ipv6Header;
import org.jspecify.annotations.Nullable;

/**
 * Tells the sender of a dropped packet why, in its own IP version (RFC 4443; RFC 1812, section 4.3). Never about an
 * ICMP error, a later fragment or a group, and no more often than the budget allows. One per worker.
 */
public final class IcmpErrors {

    private static final int LARGEST_V6 = 1280; // RFC 4443, section 2.4 (c)
    private static final int LARGEST_V4 = 576; // RFC 1812, section 4.3.2.3
    private static final int HOP_LIMIT = 64;

    /** RFC 5508, section 7.7, keeps the class of service; the two bits of ECN are the transport's (RFC 3168). */
    private static final int DSCP = 0xfc;

    private final Packet packet;
    private final IcmpErrorBudget budget;
    private final Egress egress;
    private final Segments segments;
    private final Ipv4Header ipv4 = new Ipv4Header();
    private final Ipv6Header ipv6 = new Ipv6Header();

    /** All memory comes from the arena, which must outlive this object. */
    public IcmpErrors(Arena arena, IcmpErrorBudget budget, Egress egress) {
        packet = new Packet(arena);
        segments = new Segments(arena);
        this.budget = budget;
        this.egress = egress;
    }

    /** Answers a packet that was parsed and not changed since. Of a super-packet only the first segment is left. */
    public void reply(Packet dropped, IcmpError error, Rules rules, long now) {
        var written = write(dropped, error, rules, now);
        if (written != null) {
            send(written, rules);
        }
    }

    /** As {@link #reply}, but the error is to be sent by {@link #send}; null if none may be sent. */
    public @Nullable Packet write(Packet dropped, IcmpError error, Rules rules, long now) {
        var layers = dropped.layers();
        int type = layers.version() == 6 ? error.typeV6() : error.typeV4();
        boolean tooBig = error == IcmpError.TOO_BIG;
        if (type < 0 || !mayBeAnswered(layers) || !budget.take(layers, tooBig, rules.icmpErrors(), now)) {
            return null;
        }
        var mtus = rules.translation().mtus();
        segments.keepFirst(dropped);
        if (layers.version() == 6) {
            buildV6(
                    dropped,
                    rules.icmpErrors().ipv6Source(),
                    (type << 8) | error.codeV6(),
                    restV6(error, dropped, mtus));
        } else {
            int source = rules.icmpErrors().ipv4SourceFor(layers);
            buildV4(dropped, source, (type << 8) | error.codeV4(), tooBig ? Mtu.forIpv4Sender(mtus, layers) : 0);
        }
        return packet;
    }

    /** Sends an error that was written, and may have been translated since. */
    public void send(Packet error, Rules rules) {
        egress.sendOwn(error, Egress.OwnPacket.ICMP_ERROR, rules.translation());
    }

    private static boolean mayBeAnswered(Layers layers) {
        if (layers.isLaterFragment()) {
            return false;
        }
        if (layers.isIcmpError()) {
            return false;
        }
        return layers.version() == 6
                ? SpecialIpv6.isRouted(layers.sourceHigh(), layers.sourceLow())
                        && !SpecialIpv6.isMulticast(layers.destinationHigh())
                : SpecialIpv4.isRouted(layers.sourceIpv4()) && isOneHost(layers.destinationIpv4());
    }

    /** RFC 1812, section 4.3.2.7: no error about a packet to a group, to a broadcast or to no host at all. */
    private static boolean isOneHost(int destination) {
        return SpecialIpv4.isRouted(destination) || SpecialIpv4.isLinkLocal(destination);
    }

    /** What follows the checksum of an ICMPv6 error; in most of them it is unused and zero (RFC 4443, section 3). */
    private static int restV6(IcmpError error, Packet dropped, NextHopMtus mtus) {
        return switch (error) {
            case TOO_BIG -> Mtu.forIpv6Sender(mtus, dropped.length());
            case SEGMENTS_LEFT -> dropped.layers().errorPointer();
            default -> 0;
        };
    }

    private void buildV6(Packet dropped, Ipv6Address source, int message, int rest) {
        var layers = dropped.layers();
        int icmp = quote(dropped, Ipv6Header.LENGTH, LARGEST_V6);
        int trafficClass = ipv6.wrap(dropped.buffer(), dropped.start()).trafficClass() & DSCP;
        int icmpLength = packet.end() - icmp;
        ipv6.wrap(packet.buffer(), packet.start())
                .write(trafficClass, icmpLength, IpProtocol.ICMPV6, HOP_LIMIT)
                .source(source.high(), source.low())
                .destination(layers.sourceHigh(), layers.sourceLow());
        long pseudoHeader = Checksum.sum(source.high(), source.low())
                + Checksum.sum(layers.sourceHigh(), layers.sourceLow())
                + icmpLength
                + IpProtocol.ICMPV6;
        IcmpHeader.write(packet.buffer(), icmp, message, rest);
        IcmpHeader.updateChecksum(packet.buffer(), icmp, packet.end(), pseudoHeader);
        packet.layers().translated(packet.start(), 6, IpProtocol.ICMPV6);
    }

    private void buildV4(Packet dropped, int source, int message, int rest) {
        var layers = dropped.layers();
        int icmp = quote(dropped, Ipv4Header.LENGTH, LARGEST_V4);
        int typeOfService = ipv4.wrap(dropped.buffer(), dropped.start()).typeOfService() & DSCP;
        ipv4.wrap(packet.buffer(), packet.start())
                .write(typeOfService, packet.length(), HOP_LIMIT, IpProtocol.ICMPV4)
                .finish(source, /* destination= */ layers.sourceIpv4());
        IcmpHeader.write(packet.buffer(), icmp, message, rest);
        IcmpHeader.updateChecksum(packet.buffer(), icmp, packet.end(), 0);
        packet.layers().translated(packet.start(), 4, IpProtocol.ICMPV4);
    }

    /** Copies as much of the dropped packet as fits; answers where the ICMP header goes. */
    private int quote(Packet dropped, int headerLength, int largest) {
        int overhead = headerLength + IcmpHeader.LENGTH;
        int length = Math.min(dropped.length(), largest - overhead);
        packet.received(overhead + length);
        int quote = packet.start() + overhead;
        MemorySegment.copy(dropped.buffer(), dropped.start(), packet.buffer(), quote, length);
        packet.layers().moveTransport(packet.start() + headerLength);
        return packet.start() + headerLength;
    }
}
