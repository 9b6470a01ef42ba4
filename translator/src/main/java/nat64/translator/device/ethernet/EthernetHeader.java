// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.ethernet;

import java.lang.foreign.MemorySegment;
import nat64.translator.wire.Octets;

/** The header of an Ethernet II frame without VLAN tag: destination, source, type (RFC 894, RFC 2464). */
public final class EthernetHeader {

    /** Bytes of the header. */
    public static final int LENGTH = 14;

    public static final int IPV4 = 0x0800;
    public static final int IPV6 = 0x86dd;
    public static final int ARP = 0x0806;

    private static final int SOURCE = 6;
    private static final int TYPE = 12;

    private EthernetHeader() {}

    public static long destination(MemorySegment frame, int at) {
        return MacAddress.read(frame, at);
    }

    static long source(MemorySegment frame, int at) {
        return MacAddress.read(frame, at + SOURCE);
    }

    public static int type(MemorySegment frame, int at) {
        return Octets.u16(frame, at + TYPE);
    }

    static void write(MemorySegment frame, int at, long destination, long source, int type) {
        MacAddress.write(frame, at, destination);
        MacAddress.write(frame, at + SOURCE, source);
        Octets.u16(frame, at + TYPE, type);
    }
}
