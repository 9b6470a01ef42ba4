// SPDX-License-Identifier: Apache-2.0
package nat64.translator.testing;

import java.nio.ByteBuffer;

/** An IP packet from 192.0.2.1 to 198.51.100.2, or 2001:db8::1 to 64:ff9b::198.51.100.2, with anything inside. */
public final class RawPacket {

    private final boolean ipv6;
    private final int protocol;
    private final byte[] rest;
    private byte[] options = {};
    private int fragmentField;

    private RawPacket(boolean ipv6, int protocol, String rest) {
        this.ipv6 = ipv6;
        this.protocol = protocol;
        this.rest = Bytes.of(rest);
    }

    /** An IPv4 packet with this hex after its header. */
    public static RawPacket ipv4(int protocol, String rest) {
        return new RawPacket(false, protocol, rest);
    }

    /** An IPv6 packet with this hex after its fixed header. */
    public static RawPacket ipv6(int nextHeader, String rest) {
        return new RawPacket(true, nextHeader, rest);
    }

    /** IPv4 options, a multiple of four bytes. */
    public RawPacket options(String hex) {
        options = Bytes.of(hex);
        return this;
    }

    /** Flags and offset of the IPv4 header. */
    public RawPacket fragment(int field) {
        fragmentField = field;
        return this;
    }

    public byte[] bytes() {
        return ipv6 ? ipv6() : Packets.withHeaderChecksum(ipv4());
    }

    private byte[] ipv4() {
        int headerLength = 20 + options.length;
        return ByteBuffer.allocate(headerLength + rest.length)
                .put((byte) (0x40 | (headerLength / 4)))
                .put((byte) 0)
                .putShort((short) (headerLength + rest.length))
                .putShort((short) 0xbeef)
                .putShort((short) fragmentField)
                .put((byte) 64)
                .put((byte) protocol)
                .putShort((short) 0)
                .put(Bytes.of("c0000201 c6336402"))
                .put(options)
                .put(rest)
                .array();
    }

    private byte[] ipv6() {
        return ByteBuffer.allocate(40 + rest.length)
                .putInt(0x6000_0000)
                .putShort((short) rest.length)
                .put((byte) protocol)
                .put((byte) 64)
                .put(Bytes.of("20010db8 00000000 00000000 00000001 0064ff9b 00000000 00000000 c6336402"))
                .put(rest)
                .array();
    }
}
