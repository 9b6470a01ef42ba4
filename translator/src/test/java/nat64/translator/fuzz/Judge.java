// SPDX-License-Identifier: Apache-2.0
package nat64.translator.fuzz;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a packet in the plainest way there is, and tells whether its lengths agree and its checksums are right. */
final class Judge {

    enum Verdict {
        RIGHT,
        WRONG,
        /** A UDP datagram was sent without. */
        ABSENT,
        /** There is no transport checksum to judge: it is in another fragment, or nobody knows how. */
        UNKNOWN
    }

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMPV4 = 1;
    private static final int ICMPV6 = 58;
    private static final int FRAGMENT = 44;

    private final byte[] octets;
    private final int length;
    private int protocol;
    private int transport;
    private int offset;
    private boolean more;

    private Judge(byte[] octets, int length) {
        this.octets = octets;
        this.length = length;
    }

    /** The packet in the first octets of an array, or null if its IP header and lengths contradict each other. */
    static @Nullable Judge read(byte[] octets, int available) {
        if (available < 20) {
            return null;
        }
        int version = (octets[0] & 0xf0) >>> 4;
        int length = version == 6 ? 40 + u16(octets, 4) : u16(octets, 2);
        if (length > available || (version != 4 && version != 6)) {
            return null;
        }
        var judge = new Judge(octets, length);
        return (version == 6 ? judge.readIpv6() : judge.readIpv4()) ? judge : null;
    }

    private boolean readIpv4() {
        transport = (octets[0] & 0xf) * 4;
        if (transport < 20 || transport > length || fold(sum(octets, 0, transport)) != 0xffff) {
            return false;
        }
        protocol = octets[9] & 0xff;
        offset = (u16(octets, 6) & 0x1fff) * 8;
        more = (u16(octets, 6) & 0x2000) != 0;
        return true;
    }

    private boolean readIpv6() {
        protocol = octets[6] & 0xff;
        transport = 40;
        while (protocol == 0 || protocol == 43 || protocol == 60 || protocol == FRAGMENT) {
            if (transport + 8 > length) {
                return false;
            }
            boolean fragment = protocol == FRAGMENT;
            if (fragment) {
                offset = u16(octets, transport + 2) & 0xfff8;
                more = (octets[transport + 3] & 1) != 0;
            }
            protocol = octets[transport] & 0xff;
            transport += fragment ? 8 : ((octets[transport + 1] & 0xff) + 1) * 8;
        }
        return transport <= length;
    }

    int version() {
        return (octets[0] & 0xf0) >>> 4;
    }

    /** Octets of the packet by its own header. */
    int length() {
        return length;
    }

    int protocol() {
        return protocol;
    }

    int transport() {
        return transport;
    }

    int fragmentOffset() {
        return offset;
    }

    boolean moreFragments() {
        return more;
    }

    boolean isFragment() {
        return more || offset > 0;
    }

    boolean isIcmpError() {
        if (isFragment() || transport >= length || protocol != (version() == 6 ? ICMPV6 : ICMPV4)) {
            return false;
        }
        int type = octets[transport] & 0xff;
        return version() == 6 ? type < 128 : type == 3 || type == 4 || type == 5 || type == 11 || type == 12;
    }

    /** Of the transport checksum of the packet that an ICMP error quotes, if it quotes it as a whole. */
    Verdict quotedChecksum() {
        if (!isIcmpError() || length - transport < 8) {
            return Verdict.UNKNOWN;
        }
        int told = quotedOctets();
        int end = told == 0 ? length : Math.min(length, transport + 8 + told);
        var quote = Arrays.copyOfRange(octets, transport + 8, end);
        var quoted = read(quote, quote.length);
        return quoted == null || quoted.version() != version() ? Verdict.UNKNOWN : quoted.checksum();
    }

    /** The length of the quoted packet by RFC 4884, or 0 if it is not told. */
    private int quotedOctets() {
        int type = octets[transport] & 0xff;
        if (version() == 6) {
            return type == 1 || type == 3 ? (octets[transport + 4] & 0xff) * 8 : 0;
        }
        return type == 3 || type == 11 || type == 12 ? (octets[transport + 5] & 0xff) * 4 : 0;
    }

    /** Of the transport checksum as it stands in this packet. */
    Verdict checksum() {
        return isFragment() ? Verdict.UNKNOWN : checksum(octets, transport, length - transport);
    }

    /** Of a transport header and payload that were put together elsewhere, under this packet's addresses. */
    Verdict checksum(byte[] datagram, int at, int datagramLength) {
        int covered = datagramLength;
        if (protocol == UDP) {
            covered = datagramLength < 8 ? 0 : u16(datagram, at + 4);
            if (covered < 8 || covered > datagramLength) {
                return Verdict.UNKNOWN;
            }
            if (u16(datagram, at + 6) == 0) {
                return Verdict.ABSENT;
            }
        } else if (protocol == TCP ? datagramLength < 20 : (!isIcmp() || datagramLength < 8)) {
            return Verdict.UNKNOWN;
        }
        long sum = sum(datagram, at, covered);
        if (version() == 6) {
            sum += sum(octets, 8, 32) + covered + protocol;
        } else if (protocol != ICMPV4) {
            sum += sum(octets, 12, 8) + covered + protocol;
        }
        return fold(sum) == 0xffff ? Verdict.RIGHT : Verdict.WRONG;
    }

    private boolean isIcmp() {
        return protocol == (version() == 6 ? ICMPV6 : ICMPV4);
    }

    static int u16(byte[] octets, int at) {
        return ((octets[at] & 0xff) << 8) | (octets[at + 1] & 0xff);
    }

    static long sum(byte[] octets, int at, int length) {
        long sum = 0;
        for (int i = 0; i + 1 < length; i += 2) {
            sum += u16(octets, at + i);
        }
        return length % 2 == 0 ? sum : sum + ((octets[at + length - 1] & 0xffL) << 8);
    }

    static int fold(long sum) {
        long folded = sum;
        while (folded > 0xffff) {
            folded = (folded >>> 16) + (folded & 0xffff);
        }
        return (int) folded;
    }
}
