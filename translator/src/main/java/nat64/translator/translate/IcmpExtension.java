// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import java.lang.foreign.MemorySegment;
import nat64.translator.packet.Packet;
import nat64.translator.wire.Octets;

/**
 * Cuts a translated ICMP error to its maximum size, and appends the extension structure to the quoted packet again (RFC
 * 4884; RFC 7915, sections 4.2 and 5.2). If both do not fit, the quoted packet is cut, but not below 128 bytes.
 */
final class IcmpExtension {

    /** RFC 4884, section 4: bytes of the original datagram before an extension; a shorter one is padded with zeros. */
    private static final int SHORTEST_QUOTE = 128;

    private IcmpExtension() {}

    /**
     * Sets the end of the packet.
     *
     * @param quote where the quoted packet starts; it reaches to the end of the packet
     * @param room maximum bytes of quoted packet and extension
     * @param unit bytes of one unit of the quote's length: 8 in ICMPv6, 4 in ICMPv4
     * @param allowed whether this message may have an extension
     * @return the length of the quote in these units, or 0 if there is no extension
     */
    static int place(Packet packet, int quote, int room, int unit, boolean allowed) {
        int extension = packet.extensionBytes();
        int most = (room - extension) / unit * unit;
        if (!allowed || extension == 0 || most < SHORTEST_QUOTE) {
            packet.endAt(Math.min(packet.end(), quote + room));
            return 0;
        }
        int available = packet.end() - quote;
        int wanted = Math.max(SHORTEST_QUOTE, (available + unit - 1) / unit * unit);
        int length = Math.min(wanted, most);
        var buffer = packet.buffer();
        int structure = quote + length;
        MemorySegment.copy(buffer, packet.end(), buffer, structure, extension);
        for (int at = quote + available; at < structure; at++) { // filling a slice would allocate the slice
            Octets.u8(buffer, at, 0);
        }
        packet.endAt(structure + extension);
        return length / unit;
    }
}
