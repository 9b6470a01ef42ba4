// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.ethernet;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import nat64.translator.wire.Octets;

/** 48-bit MAC addresses as numbers: the first byte on the wire is the highest of the 48 bits. */
public final class MacAddress {

    /** Bytes of an address on the wire. */
    public static final int LENGTH = 6;

    static final long BROADCAST = 0xffff_ffff_ffffL;

    private static final long GROUP_BIT = 0x0100_0000_0000L;
    private static final long LOCAL_BIT = 0x0200_0000_0000L;
    private static final long IPV6_MULTICAST = 0x3333_0000_0000L;
    private static final HexFormat TEXT = HexFormat.ofDelimiter(":");

    private MacAddress() {}

    /**
     * The address that these 6 bytes spell.
     *
     * @throws IllegalArgumentException if there are not 6
     */
    public static long of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a MAC address has 6 bytes, not " + bytes.length);
        }
        long address = 0;
        for (byte value : bytes) {
            address = address << 8 | (value & 0xff);
        }
        return address;
    }

    /** The usual text form, such as {@code 02:00:5e:10:00:01}. */
    public static String format(long address) {
        var bytes = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            bytes[i] = (byte) (address >>> (8 * (LENGTH - 1 - i)));
        }
        return TEXT.formatHex(bytes);
    }

    /** Whether it names many hosts: broadcast or multicast. */
    static boolean isGroup(long address) {
        return (address & GROUP_BIT) != 0;
    }

    /** Where the packets of an IPv6 multicast address go (RFC 2464, section 7). */
    static long ofIpv6Multicast(long addressLow) {
        return IPV6_MULTICAST | (addressLow & 0xffff_ffffL);
    }

    /** The interface identifier of a MAC address (RFC 4291, appendix A). */
    static long interfaceIdentifier(long address) {
        long flipped = address ^ LOCAL_BIT;
        return flipped >>> 24 << 40 | 0xff_fe00_0000L | (flipped & 0xff_ffff);
    }

    static long read(MemorySegment buffer, int at) {
        return (long) Octets.u16(buffer, at) << 32 | (Octets.u32(buffer, at + 2) & 0xffff_ffffL);
    }

    static void write(MemorySegment buffer, int at, long address) {
        Octets.u16(buffer, at, (int) (address >>> 32));
        Octets.u32(buffer, at + 2, (int) address);
    }
}
