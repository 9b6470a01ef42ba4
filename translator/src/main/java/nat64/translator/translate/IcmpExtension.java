// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import java.lang.foreign.MemorySegment;
import nat64.translator.packet.Packet;
import nat64.translator.wire.Octets;

/**
 * Keeps a translated ICMP error within its size, and puts the extension structure behind the quoted packet again (RFC
 * 4884; RFC 7915, sections 4.2 and 5.2). The first 128 octets of the quote come first, then the extension, then the rest
 * of the quote.
 */
final class IcmpExtension {

    /** RFC 4884, section 4: an extension follows at least this much of the original datagram, zeros if need be. */
    private static final int SHORTEST_QUOTE = 128;

    private IcmpExtension() {}

    /**
     * Ends the packet where it has to end.
     *
     * @param quote where the quoted packet starts; it reaches to the end of the packet
     * @param room octets from there on that the error may have
     * @param unit octets that the length of the quote is counted in: 8 in ICMPv6, 4 in ICMPv4
     * @param allowed whether this message may have an extension
     * @return the length of the quote in these units, or 0 if there is no extension
     */
    static int place(Packet packet, int quote, int room, int unit, boolean allowed) {
        int extension = packet.extensionOctets();
        int most = (room - extension) / unit * unit;
        if (!allowed || extension == 0 || most < SHORTEST_QUOTE) {
            packet.endAt(Math.min(packet.end(), quote + room));
            return 0;
        }
        int there = packet.end() - quote;
        int wanted = Math.max(SHORTEST_QUOTE, (there + unit - 1) / unit * unit);
        int length = Math.min(wanted, most);
        var buffer = packet.buffer();
        MemorySegment.copy(buffer, packet.end(), buffer, (long) quote + length, extension);
        for (int at = there; at < length; at++) { // not by a slice, which would be an object
            Octets.u8(buffer, (long) quote + at, 0);
        }
        packet.endAt(quote + length + extension);
        return length / unit;
    }
}
