// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.client;

import java.util.List;
import java.util.Optional;
import nat64.gateway.doctor.network.DnsReply;
import nat64.gateway.doctor.network.Reply;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import nat64.translator.address.SpecialIpv4;

/**
 * What came back through the NAT64.
 *
 * @param pref64 that the packets were sent to
 * @param isAssumed whether it is a default
 * @param target the IPv6 address of the target
 * @param ping of the target
 * @param tcp to the target
 * @param udp a question to a DNS server
 */
record Journey(Pref64 pref64, boolean isAssumed, Ipv6Address target, Reply ping, Reply tcp, DnsReply udp) {

    /** Whether any packet came back. */
    boolean anythingCame() {
        return cameBack(ping) || cameBack(tcp) || !(udp instanceof DnsReply.Silence);
    }

    private static boolean cameBack(Reply reply) {
        return reply instanceof Reply.Came || reply instanceof Reply.Refused;
    }

    /** Why not, each reason once. */
    List<String> reasons() {
        return List.of(
                "ping: " + why(ping),
                "TCP: " + why(tcp),
                "UDP: " + (udp instanceof DnsReply.Silence(var why) ? why : "came"));
    }

    /**
     * What to do if no router carries an IPv4 address inside the Pref64 (RFC 6052, section 3.1).
     *
     * @param option that names another address
     */
    Optional<String> notCarried(int ipv4, String option) {
        return pref64.isWellKnown() && !SpecialIpv4.isGlobal(ipv4)
                ? Optional.of("%s is not a public address, and %s carries no other (RFC 6052): name one with %s"
                        .formatted(Ipv4Address.format(ipv4), pref64, option))
                : Optional.empty();
    }

    private static String why(Reply reply) {
        return switch (reply) {
            case Reply.Missing(var why) -> why;
            case Reply.Impossible(var why) -> why;
            case Reply.TooBig(int mtu) -> "too big for a link with an MTU of " + mtu;
            case Reply.Came _, Reply.Refused _ -> "came";
        };
    }
}
