// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import java.util.Arrays;
import java.util.Locale;
import nat64.translator.wire.IpProtocol;

/** The transport protocols that are counted apart; ICMP of both IP versions is one. */
public enum TransportClass {
    TCP,
    UDP,
    ICMP,
    OTHER;

    private static final TransportClass[] BY_NUMBER = new TransportClass[256];

    static {
        Arrays.fill(BY_NUMBER, OTHER);
        BY_NUMBER[IpProtocol.TCP] = TCP;
        BY_NUMBER[IpProtocol.UDP] = UDP;
        BY_NUMBER[IpProtocol.ICMPV4] = ICMP;
        BY_NUMBER[IpProtocol.ICMPV6] = ICMP;
    }

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The class of an IPv4 Protocol or IPv6 Next Header. */
    public static TransportClass of(int protocol) {
        return BY_NUMBER[protocol & 0xff];
    }

    /** The value of {@code protocol} in metrics. */
    public String label() {
        return label;
    }
}
