// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.ethernet;

import java.lang.foreign.MemorySegment;
import nat64.translator.address.PrefixIndex;
import nat64.translator.address.SpecialIpv6;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Ipv6Header;
import nat64.translator.wire.Octets;

/** Neighbor solicitations and advertisements (RFC 4861, sections 4.3, 4.4 and 7). */
final class NeighborDiscovery implements AddressResolution {

    static final int SOLICITATION = 135;
    static final int ADVERTISEMENT = 136;

    private static final int ICMP = EthernetHeader.LENGTH + Ipv6Header.LENGTH;
    private static final int CHECKSUM = ICMP + 2;
    private static final int FLAGS = ICMP + 4;
    private static final int TARGET = ICMP + 8;
    private static final int OPTIONS = ICMP + 24;
    private static final int OPTION_BYTES = 8; // of a link-layer address, and the unit of lengths
    private static final int MESSAGE = OPTIONS + OPTION_BYTES - ICMP;
    private static final int SOURCE_MAC = 1;
    private static final int TARGET_MAC = 2;

    private static final int ROUTER = 0x8000_0000;
    private static final int SOLICITED = 0x4000_0000;
    private static final int OVERRIDE = 0x2000_0000;

    private static final int HOP_LIMIT = 255; // no router lets such a packet pass with it
    private static final long LINK_SCOPE = 0xff02L << 48;
    private static final long ALL_NODES = 1;
    private static final long SOLICITED_NODE = 0x1_ff00_0000L;

    private final LinkIdentity own;
    private final PrefixIndex owned;
    private final NeighborCache cache;
    private final Ipv6Header header = new Ipv6Header();

    NeighborDiscovery(LinkIdentity own, NeighborCache cache) {
        this.own = own;
        this.owned = new PrefixIndex(own.owned());
        this.cache = cache;
    }

    @Override
    public int solicit(MemorySegment frame, long high, long low, long mac) {
        var source = own.solicitationSource();
        boolean toAll = mac == MacAddress.BROADCAST;
        long toHigh = toAll ? LINK_SCOPE : high;
        long toLow = toAll ? SOLICITED_NODE | (low & 0xff_ffff) : low;
        EthernetHeader.write(frame, 0, toAll ? MacAddress.ofIpv6Multicast(toLow) : mac, own.mac(), EthernetHeader.IPV6);
        header.wrap(frame, EthernetHeader.LENGTH)
                .source(source.high(), source.low())
                .destination(toHigh, toLow);
        return write(frame, SOLICITATION, 0, high, low);
    }

    @Override
    public int receive(MemorySegment frame, int length, MemorySegment answer, long now) {
        if (!isValid(frame, length)) {
            return 0;
        }
        return switch (Octets.u8(frame, ICMP)) {
            case SOLICITATION -> solicited(frame, answer, now);
            case ADVERTISEMENT -> {
                advertised(frame, now);
                yield 0;
            }
            default -> 0;
        };
    }

    /** What sections 7.1.1 and 7.1.2 ask of both messages. */
    private boolean isValid(MemorySegment frame, int length) {
        if (length < OPTIONS) {
            return false;
        }
        header.wrap(frame, EthernetHeader.LENGTH);
        int message = header.payloadLength();
        return header.nextHeader() == IpProtocol.ICMPV6
                && header.hopLimit() == HOP_LIMIT
                && message >= OPTIONS - ICMP
                && message <= length - ICMP
                && Octets.u8(frame, ICMP + 1) == 0
                && !isMulticast(Octets.u64(frame, TARGET))
                && hasWholeOptions(frame, ICMP + message)
                && Checksum.fold(sum(frame, message)) == 0xffff;
    }

    private int solicited(MemorySegment frame, MemorySegment answer, long now) {
        header.wrap(frame, EthernetHeader.LENGTH);
        long high = header.sourceHigh();
        long low = header.sourceLow();
        long mac = macOption(frame, ICMP + header.payloadLength(), SOURCE_MAC);
        boolean isProbe = high == 0 && low == 0; // duplicate address detection (RFC 4862, section 5.4)
        boolean refused = isProbe
                ? mac != MacAddress.BROADCAST || !isSolicitedNode(header.destinationHigh(), header.destinationLow())
                : isMulticast(high) || isOwned(high, low);
        if (refused || !isOwned(Octets.u64(frame, TARGET), Octets.u64(frame, TARGET + 8))) {
            return 0;
        }
        if (isProbe) {
            return advertise(answer, frame, MacAddress.ofIpv6Multicast(ALL_NODES));
        }
        if (mac == MacAddress.BROADCAST) {
            return advertise(answer, frame, EthernetHeader.source(frame, 0));
        }
        cache.heard(high, low, mac, true, now);
        return advertise(answer, frame, mac);
    }

    private void advertised(MemorySegment frame, long now) {
        header.wrap(frame, EthernetHeader.LENGTH);
        int flags = Octets.u32(frame, FLAGS);
        boolean solicited = (flags & SOLICITED) != 0;
        var neighbor = cache.find(Octets.u64(frame, TARGET), Octets.u64(frame, TARGET + 8));
        if (neighbor == null || (solicited && isMulticast(header.destinationHigh()))) {
            return;
        }
        long mac = macOption(frame, ICMP + header.payloadLength(), TARGET_MAC);
        cache.advertised(neighbor, mac, solicited, (flags & OVERRIDE) != 0, now);
    }

    /** Answers a solicitation (section 7.2.4); one without a source is answered to all hosts. */
    private int advertise(MemorySegment answer, MemorySegment solicitation, long mac) {
        long targetHigh = Octets.u64(solicitation, TARGET);
        long targetLow = Octets.u64(solicitation, TARGET + 8);
        header.wrap(solicitation, EthernetHeader.LENGTH);
        long high = header.sourceHigh();
        long low = header.sourceLow();
        boolean hasSource = high != 0 || low != 0;
        EthernetHeader.write(answer, 0, mac, own.mac(), EthernetHeader.IPV6);
        header.wrap(answer, EthernetHeader.LENGTH)
                .source(targetHigh, targetLow)
                .destination(hasSource ? high : LINK_SCOPE, hasSource ? low : ALL_NODES);
        return write(answer, ADVERTISEMENT, ROUTER | OVERRIDE | (hasSource ? SOLICITED : 0), targetHigh, targetLow);
    }

    /** Completes a message whose addresses are written. */
    private int write(MemorySegment frame, int type, int flags, long targetHigh, long targetLow) {
        header.wrap(frame, EthernetHeader.LENGTH).write(0, MESSAGE, IpProtocol.ICMPV6, HOP_LIMIT);
        Octets.u32(frame, ICMP, type << 24);
        Octets.u32(frame, FLAGS, flags);
        Octets.u64(frame, TARGET, targetHigh);
        Octets.u64(frame, TARGET + 8, targetLow);
        Octets.u8(frame, OPTIONS, type == SOLICITATION ? SOURCE_MAC : TARGET_MAC);
        Octets.u8(frame, OPTIONS + 1, 1);
        MacAddress.write(frame, OPTIONS + 2, own.mac());
        Octets.u16(frame, CHECKSUM, Checksum.of(sum(frame, MESSAGE)));
        return ICMP + MESSAGE;
    }

    private long sum(MemorySegment frame, int message) {
        header.wrap(frame, EthernetHeader.LENGTH);
        return Checksum.sum(frame, ICMP, message)
                + Checksum.sum(header.sourceHigh(), header.sourceLow())
                + Checksum.sum(header.destinationHigh(), header.destinationLow())
                + message
                + IpProtocol.ICMPV6;
    }

    private boolean isOwned(long high, long low) {
        return owned.longestMatch(high, low) != PrefixIndex.NONE;
    }

    private static boolean isMulticast(long high) {
        return SpecialIpv6.isMulticast(high);
    }

    private static boolean isSolicitedNode(long high, long low) {
        return high == LINK_SCOPE && low >>> 24 == SOLICITED_NODE >>> 24;
    }

    /** An option of length 0 would never end. */
    private static boolean hasWholeOptions(MemorySegment frame, int end) {
        int at = OPTIONS;
        while (at + 1 < end) {
            int bytes = Octets.u8(frame, at + 1) * OPTION_BYTES;
            if (bytes == 0 || at + bytes > end) {
                return false;
            }
            at += bytes;
        }
        return at == end;
    }

    /** The MAC address in the option of this type, or {@link MacAddress#BROADCAST} if there is none that is of use. */
    private static long macOption(MemorySegment frame, int end, int type) {
        for (int at = OPTIONS; at < end; at += Octets.u8(frame, at + 1) * OPTION_BYTES) {
            if (Octets.u8(frame, at) == type) {
                long mac = MacAddress.read(frame, at + 2);
                return MacAddress.isGroup(mac) ? MacAddress.BROADCAST : mac;
            }
        }
        return MacAddress.BROADCAST;
    }
}
