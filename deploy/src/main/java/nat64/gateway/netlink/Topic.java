// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.netlink;

import java.util.Set;

/** What may change. Each is some multicast groups of a netlink protocol, by their numbers. */
public enum Topic {
    LINKS(Protocol.ROUTE, 1), // linux/rtnetlink.h, RTNLGRP_LINK
    ADDRESSES(Protocol.ROUTE, 5, 9),
    ROUTES(Protocol.ROUTE, 7, 11),
    RULES(Protocol.ROUTE, 8),
    FORWARDING(Protocol.ROUTE, 24, 25), // RTNLGRP_IPV4_NETCONF and that of IPv6
    NFTABLES(Protocol.NETFILTER, 7); // linux/netfilter/nfnetlink.h, NFNLGRP_NFTABLES

    /** linux/netlink.h. */
    enum Protocol {
        ROUTE(0),
        NETFILTER(12);

        final int number;

        Protocol(int number) {
            this.number = number;
        }
    }

    private final Protocol protocol;
    private final int groups;

    Topic(Protocol protocol, int... groups) {
        this.protocol = protocol;
        int bits = 0;
        for (int group : groups) {
            bits |= 1 << (group - 1);
        }
        this.groups = bits;
    }

    /** The groups of a protocol that some topics need, a bit each; 0 if they need none. */
    static int groups(Protocol protocol, Set<Topic> topics) {
        return topics.stream()
                .filter(topic -> topic.protocol == protocol)
                .mapToInt(topic -> topic.groups)
                .reduce(0, (a, b) -> a | b);
    }
}
