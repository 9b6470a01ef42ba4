// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.attack;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.pcap4j.util.MacAddress;

/** Ethernet frames made byte by byte, so that many can be made in a second and nothing about them need be right. */
@SuppressWarnings("ByteBufferBackingArray") // all buffers are allocated here and begin at 0
final class RawFrames {

    static final int UDP = 17;
    static final int TCP = 6;
    static final int ICMPV6 = 58;
    static final int FRAGMENT = 44;

    private static final byte[] SOURCE_MAC = {2, 0, 0, 0, 0, 0x64};
    private static final int ETHERNET = 14;
    private static final int UDP_LENGTH = 8;
    private static final int TCP_LENGTH = 20;

    private final byte[] gatewayMac;

    RawFrames(String gatewayMac) {
        this.gatewayMac = MacAddress.getByName(gatewayMac.strip()).getAddress();
    }

    /** An address as bytes. */
    static byte[] address(String text) {
        return InetAddress.ofLiteral(text).getAddress();
    }

    /** An IPv6 packet with this payload. */
    byte[] ipv6(byte[] source, byte[] destination, int next, byte[] payload) {
        var frame = ethernet(0x86dd, 40 + payload.length);
        frame.putInt(6 << 28).putShort((short) payload.length).put((byte) next).put((byte) 64);
        return frame.put(source).put(destination).put(payload).array();
    }

    /**
     * An IPv4 packet with this payload.
     *
     * @param fragment identification above, flags and fragment offset below
     */
    byte[] ipv4(byte[] source, byte[] destination, int protocol, int fragment, byte[] payload) {
        var frame = ethernet(0x0800, 20 + payload.length);
        frame.putShort((short) 0x4500).putShort((short) (20 + payload.length));
        frame.putInt(fragment);
        frame.put((byte) 64)
                .put((byte) protocol)
                .putShort((short) 0)
                .put(source)
                .put(destination)
                .put(payload);
        frame.putShort(ETHERNET + 10, checksum(frame.array(), ETHERNET, ETHERNET + 20, 0));
        return frame.array();
    }

    /** A datagram, whose checksum depends on the addresses. */
    static byte[] udp(byte[] source, byte[] destination, int sourcePort, int destinationPort, byte[] data) {
        var udp = ByteBuffer.allocate(UDP_LENGTH + data.length);
        udp.putShort((short) sourcePort).putShort((short) destinationPort);
        udp.putShort((short) udp.capacity()).putShort((short) 0).put(data);
        return withChecksum(udp, 6, source, destination, UDP);
    }

    /** A segment without data. */
    static byte[] tcp(byte[] source, byte[] destination, int[] ports, int sequence, int flags) {
        var tcp = ByteBuffer.allocate(TCP_LENGTH);
        tcp.putShort((short) ports[0])
                .putShort((short) ports[1])
                .putInt(sequence)
                .putInt(0);
        tcp.put((byte) 0x50).put((byte) flags).putShort((short) 1024).putInt(0);
        return withChecksum(tcp, 16, source, destination, TCP);
    }

    /** An echo request. */
    static byte[] echo6(byte[] source, byte[] destination, int identifier) {
        var echo = ByteBuffer.allocate(8)
                .putInt(128 << 24)
                .putShort((short) identifier)
                .putShort((short) 1);
        return withChecksum(echo, 2, source, destination, ICMPV6);
    }

    /** A part of a payload behind a Fragment header. */
    static byte[] fragment6(byte[] payload, int from, int to, int identification) {
        var fragment = ByteBuffer.allocate(8 + to - from);
        fragment.putShort((short) (UDP << 8)).putShort((short) (from | (to < payload.length ? 1 : 0)));
        return fragment.putInt(identification)
                .put(Arrays.copyOfRange(payload, from, to))
                .array();
    }

    private ByteBuffer ethernet(int type, int length) {
        var frame = ByteBuffer.allocate(ETHERNET + length);
        return frame.put(gatewayMac).put(SOURCE_MAC).putShort((short) type);
    }

    private static byte[] withChecksum(ByteBuffer transport, int at, byte[] source, byte[] destination, int protocol) {
        var addresses = ByteBuffer.allocate(source.length * 2)
                .put(source)
                .put(destination)
                .array();
        int sum = sum(addresses, 0, addresses.length) + protocol + transport.capacity();
        return transport
                .putShort(at, checksum(transport.array(), 0, transport.capacity(), sum))
                .array();
    }

    private static short checksum(byte[] octets, int from, int to, int initial) {
        int sum = initial + sum(octets, from, to);
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }

    private static int sum(byte[] octets, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += (octets[i] & 0xff) << ((i - from) % 2 == 0 ? 8 : 0);
        }
        return sum;
    }
}
