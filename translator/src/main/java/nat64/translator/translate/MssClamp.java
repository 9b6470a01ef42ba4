// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import java.lang.foreign.MemorySegment;
import nat64.translator.packet.Packet;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Ipv4Header;
import nat64.translator.wire.Ipv6Header;
import nat64.translator.wire.Octets;
import nat64.translator.wire.TcpHeader;

/**
 * Lowers the maximum segment size in a SYN (RFC 9293, section 3.7.1) to what fits the links of both sides, so that
 * connections do not depend on ICMP errors, which firewalls often drop. Never raises it, and never adds the option.
 */
public final class MssClamp {

    /** Segment sizes are not changed. */
    public static final int OFF = 0;

    /** Segment sizes fit the next links of both sides. */
    public static final int AUTO = -1;

    private static final int OPTION_LENGTH = 4;

    private MssClamp() {}

    /** Clamps a translated packet if it is a SYN, and updates its checksum. */
    public static void apply(Packet packet, TranslationOptions options) {
        var layers = packet.layers();
        if (options.mssClamp() == OFF || layers.protocol() != IpProtocol.TCP || layers.isLaterFragment()) {
            return;
        }
        var buffer = packet.buffer();
        int tcp = layers.transport();
        if ((TcpHeader.flags(buffer, tcp) & TcpHeader.SYN) == 0) {
            return;
        }
        int at = option(buffer, tcp + TcpHeader.LENGTH, layers.payload());
        if (at > 0) {
            lower(packet, tcp, at + 2, largest(options));
        }
    }

    private static int largest(TranslationOptions options) {
        var mtus = options.mtus();
        return options.mssClamp() == AUTO
                ? Math.min(
                        mtus.ipv6() - Ipv6Header.LENGTH - TcpHeader.LENGTH,
                        mtus.ipv4() - Ipv4Header.LENGTH - TcpHeader.LENGTH)
                : options.mssClamp();
    }

    /** Where the option is, or 0 if there is no complete one. */
    private static int option(MemorySegment buffer, int from, int end) {
        int at = from;
        while (at + OPTION_LENGTH <= end) {
            int kind = Octets.u8(buffer, at);
            if (kind == TcpHeader.END_OF_OPTIONS) {
                return 0;
            }
            if (kind == TcpHeader.NO_OPERATION) {
                at++;
                continue;
            }
            int length = Octets.u8(buffer, at + 1);
            if (kind == TcpHeader.MAXIMUM_SEGMENT_SIZE) {
                return length == OPTION_LENGTH ? at : 0;
            }
            if (length < 2) {
                return 0;
            }
            at += length;
        }
        return 0;
    }

    private static void lower(Packet packet, int tcp, int field, int largest) {
        var buffer = packet.buffer();
        int size = Octets.u16(buffer, field);
        if (size <= largest) {
            return;
        }
        Octets.u16(buffer, field, largest);
        if (!packet.hasPartialChecksum()) { // a partial checksum does not cover the option yet
            boolean odd = ((field - tcp) & 1) != 0; // the size is in two words of the sum
            long change = Checksum.change(odd ? swap(size) : size, odd ? swap(largest) : largest);
            TcpHeader.checksum(buffer, tcp, Checksum.update(TcpHeader.checksum(buffer, tcp), change));
        }
    }

    private static int swap(int word) {
        return ((word & 0xff) << 8) | (word >>> 8);
    }
}
