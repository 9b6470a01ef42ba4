// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import java.lang.foreign.MemorySegment;
import java.util.List;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.IcmpHeader;
import nat64.translator.wire.Icmpv4;
import nat64.translator.wire.Icmpv6;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Ipv4Header;
import nat64.translator.wire.Ipv6Header;
import nat64.translator.wire.Octets;
import nat64.translator.wire.Ports;
import nat64.translator.wire.TcpHeader;
import nat64.translator.wire.UdpHeader;

/** Makes one packet with right checksums and zeros as payload. Lengths are of the whole packet; 0 is the shortest. */
final class PacketBuilder {

    private static final int WINDOW = 14;
    private static final int OPEN_WINDOW = 0xffff;

    private final boolean isIpv6;
    private final List<Long> source;
    private final List<Long> destination;
    private int hopLimit = 64;
    private boolean dontFragment;

    /** An address is one number of 32 bits, or two of 64. */
    PacketBuilder(boolean isIpv6, List<Long> source, List<Long> destination) {
        this.isIpv6 = isIpv6;
        this.source = source;
        this.destination = destination;
    }

    PacketBuilder hopLimit(int value) {
        hopLimit = value;
        return this;
    }

    PacketBuilder dontFragment(boolean value) {
        dontFragment = value;
        return this;
    }

    byte[] tcp(int sourcePort, int destinationPort, int flags, int length) {
        var octets = packet(IpProtocol.TCP, TcpHeader.LENGTH, length);
        var buffer = MemorySegment.ofArray(octets);
        int at = headerLength();
        TcpHeader.write(buffer, at, Ports.both(sourcePort, destinationPort), flags);
        Octets.u16(buffer, at + WINDOW, OPEN_WINDOW);
        checksum(buffer, IpProtocol.TCP, TcpHeader.CHECKSUM, true);
        return octets;
    }

    byte[] udp(int sourcePort, int destinationPort, int length) {
        var octets = packet(IpProtocol.UDP, UdpHeader.LENGTH, length);
        var buffer = MemorySegment.ofArray(octets);
        int at = headerLength();
        Ports.both(buffer, at, Ports.both(sourcePort, destinationPort));
        UdpHeader.datagramLength(buffer, at, octets.length - at);
        checksum(buffer, IpProtocol.UDP, UdpHeader.CHECKSUM, true);
        return octets;
    }

    byte[] echo(boolean request, int identifier, int length) {
        int protocol = isIpv6 ? IpProtocol.ICMPV6 : IpProtocol.ICMPV4;
        var octets = packet(protocol, IcmpHeader.LENGTH, length);
        var buffer = MemorySegment.ofArray(octets);
        int at = headerLength();
        int type = isIpv6
                ? request ? Icmpv6.ECHO_REQUEST : Icmpv6.ECHO_REPLY
                : request ? Icmpv4.ECHO_REQUEST : Icmpv4.ECHO_REPLY;
        IcmpHeader.message(buffer, at, IcmpHeader.message(type, 0));
        IcmpHeader.identifier(buffer, at, identifier);
        checksum(buffer, protocol, IcmpHeader.CHECKSUM, isIpv6);
        return octets;
    }

    byte[] other(int protocol, int length) {
        return packet(protocol, 0, length);
    }

    private int headerLength() {
        return isIpv6 ? Ipv6Header.LENGTH : Ipv4Header.LENGTH;
    }

    private byte[] packet(int protocol, int transportHeader, int length) {
        int least = headerLength() + transportHeader;
        if (length != 0 && length < least) {
            throw new IllegalArgumentException("such a packet has at least " + least + " octets, not " + length);
        }
        var octets = new byte[length == 0 ? least : length];
        var buffer = MemorySegment.ofArray(octets);
        if (isIpv6) {
            new Ipv6Header()
                    .wrap(buffer, 0)
                    .write(0, octets.length - Ipv6Header.LENGTH, protocol, hopLimit)
                    .source(source.getFirst(), source.getLast())
                    .destination(destination.getFirst(), destination.getLast());
        } else {
            new Ipv4Header()
                    .wrap(buffer, 0)
                    .write(0, octets.length, hopLimit, protocol)
                    .fragment(0, dontFragment ? Ipv4Header.DONT_FRAGMENT : 0)
                    .finish(source.getFirst().intValue(), destination.getFirst().intValue());
        }
        return octets;
    }

    private void checksum(MemorySegment buffer, int protocol, int field, boolean withPseudoHeader) {
        int at = headerLength();
        int length = (int) buffer.byteSize() - at;
        long sum = Checksum.sum(buffer, at, length);
        if (withPseudoHeader) {
            sum += length + protocol + sum(source) + sum(destination);
        }
        Octets.u16(buffer, at + field, Checksum.of(sum, protocol));
    }

    private long sum(List<Long> address) {
        return isIpv6
                ? Checksum.sum(address.getFirst(), address.getLast())
                : Checksum.sum(address.getFirst().intValue());
    }
}
