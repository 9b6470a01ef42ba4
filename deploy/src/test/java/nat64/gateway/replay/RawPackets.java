// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.wire.IcmpHeader;
import nat64.translator.wire.Ipv4Header;

/** Packets that {@link PacketText} cannot say: with options, extension headers, fragments, errors and mistakes. */
final class RawPackets {

    private static final int IPV4_HEADER = 20;

    private RawPackets() {}

    /** The same packet with one byte changed. */
    static byte[] with(byte[] packet, int at, int value) {
        var changed = packet.clone();
        changed[at] = (byte) value;
        return changed;
    }

    /** The same IPv4 packet without a UDP checksum. */
    static byte[] withoutUdpChecksum(byte[] packet) {
        return with(with(packet, IPV4_HEADER + 6, 0), IPV4_HEADER + 7, 0);
    }

    /** The same IPv4 packet as the first fragment of a datagram. */
    static byte[] asFirstFragment(byte[] packet) {
        var changed = with(packet, 6, 0x20);
        new Ipv4Header().wrap(MemorySegment.ofArray(changed), 0).updateChecksum();
        return changed;
    }

    /** From the client to 8.8.8.8, with extension headers in front of some zeros. */
    static byte[] extended6(int nextHeader, int[] extension, int zeros) {
        var client = Ipv6Address.parse("2001:db8:1::2");
        var server = Ipv6Address.parse("2001:db8:64::808:808");
        var packet = ByteBuffer.allocate(40 + extension.length + zeros);
        packet.putInt(6 << 28).putShort((short) (extension.length + zeros));
        packet.put((byte) nextHeader).put((byte) 64);
        packet.putLong(client.high()).putLong(client.low());
        packet.putLong(server.high()).putLong(server.low());
        for (int value : extension) {
            packet.put((byte) value);
        }
        return packet.array();
    }

    /** The last fragment of a UDP datagram. */
    static byte[] lastFragment6(int offset, int length) {
        return extended6(44, new int[] {17, 0, offset >>> 8, offset & 0xff, 0, 0, 0, 9}, length);
    }

    /** An ICMPv4 error from 192.0.2.9 about a packet, to the source of that packet. */
    static byte[] error4(byte[] about) {
        var packet = new byte[IPV4_HEADER + IcmpHeader.LENGTH + about.length];
        System.arraycopy(about, 0, packet, packet.length - about.length, about.length);
        var buffer = MemorySegment.ofArray(packet);
        int destination = ByteBuffer.wrap(about).getInt(12);
        new Ipv4Header()
                .wrap(buffer, 0)
                .write(0, packet.length, 64, 1)
                .finish(Ipv4Address.parse("192.0.2.9"), destination);
        IcmpHeader.write(buffer, IPV4_HEADER, IcmpHeader.message(3, 1), 0);
        IcmpHeader.updateChecksum(buffer, IPV4_HEADER, packet.length, 0);
        return packet;
    }

    /** An IPv4 UDP packet whose loose source route has not reached its end. */
    static byte[] sourceRoute4(byte[] packet) {
        var longer = new byte[packet.length + 8];
        System.arraycopy(packet, 0, longer, 0, IPV4_HEADER);
        System.arraycopy(packet, IPV4_HEADER, longer, IPV4_HEADER + 8, packet.length - IPV4_HEADER);
        longer[0] = 0x47;
        longer[IPV4_HEADER] = (byte) 131;
        longer[IPV4_HEADER + 1] = 7;
        longer[IPV4_HEADER + 2] = 4;
        var header = new Ipv4Header().wrap(MemorySegment.ofArray(longer), 0);
        header.totalLength(longer.length).updateChecksum();
        return longer;
    }
}
