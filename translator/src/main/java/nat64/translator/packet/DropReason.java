// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import java.util.List;
import java.util.Locale;

/**
 * Why a packet was not forwarded, and what its sender is told. {@link #NONE} lets it go on to the next step. The label
 * is the value of {@code reason} on the drop counters.
 */
public enum DropReason {
    NONE(IcmpError.SILENT),
    /** Fewer octets than the headers say. */
    TRUNCATED(IcmpError.SILENT),
    /** A header contradicts itself: version, header length, option, extension or fragment that leads nowhere. */
    MALFORMED(IcmpError.SILENT),
    /** RFC 1812, section 5.2.2: an IPv4 header whose checksum is wrong. */
    BAD_HEADER_CHECKSUM(IcmpError.SILENT),
    /** RFC 5508, REQ-3: an ICMP error whose checksum is wrong. */
    BAD_ICMP_CHECKSUM(IcmpError.SILENT),
    /** RFC 7915, sections 4.1 and 5.1: a source that no host may use. */
    ILLEGAL_SOURCE(IcmpError.SILENT),
    /** RFC 6146, section 3.5: an IPv6 source inside a Pref64 would loop. */
    SOURCE_IN_PREF64(IcmpError.SILENT),
    /** The IPv6 source is not among the clients. */
    CLIENT_NOT_ALLOWED(IcmpError.ADMINISTRATIVELY_PROHIBITED),
    /** RFC 6146, section 3.5: an IPv6 destination outside every Pref64. */
    NOT_IN_PREF64(IcmpError.SILENT),
    /** RFC 6146, section 3.5: an IPv4 destination outside pool4. */
    NOT_IN_POOL4(IcmpError.SILENT),
    /** RFC 7915, sections 4.4 and 5.4: to a stateless translator the source has no address of the other version. */
    UNTRANSLATABLE_SOURCE(IcmpError.ADMINISTRATIVELY_PROHIBITED),
    /** RFC 7915, sections 4.4 and 5.4: to a stateless translator the destination has none. */
    UNTRANSLATABLE_DESTINATION(IcmpError.ADMINISTRATIVELY_PROHIBITED),
    /** RFC 6052, section 3.1: the Well-Known Prefix with an IPv4 address that is not global. */
    NON_GLOBAL_IPV4(IcmpError.ADMINISTRATIVELY_PROHIBITED),
    /** An IPv4 address that no router forwards to: this host, this link, multicast, reserved. */
    UNROUTABLE_IPV4(IcmpError.ADMINISTRATIVELY_PROHIBITED),
    /** RFC 7915, sections 4.1 and 5.1: the hop limit or TTL would reach zero here. */
    HOP_LIMIT_EXCEEDED(IcmpError.TIME_EXCEEDED),
    /** RFC 7915, sections 4.1 and 5.1.1: too big for the next link, and it may not be fragmented. */
    TOO_BIG(IcmpError.TOO_BIG),
    /** RFC 7915, section 4.1: an unexpired source route. */
    SOURCE_ROUTE(IcmpError.SOURCE_ROUTE_FAILED),
    /** RFC 7915, section 5.1: a Routing header with segments left. */
    ROUTING_HEADER(IcmpError.SEGMENTS_LEFT),
    /** RFC 7915, section 5.1.1: a Fragment header that an extension header follows. */
    EXTENSION_IN_FRAGMENT(IcmpError.ADMINISTRATIVELY_PROHIBITED),
    /** RFC 6146, section 3.4: a protocol that has no bindings; without state, one that is another header over there. */
    UNSUPPORTED_PROTOCOL(IcmpError.PROTOCOL_UNSUPPORTED),
    /** RFC 7915, sections 4.2 and 5.2: an ICMP type or code that has no counterpart, and IGMP. */
    UNTRANSLATABLE_ICMP(IcmpError.SILENT),
    /** RFC 7915, section 1.2: ICMP in fragments. */
    FRAGMENTED_ICMP(IcmpError.ICMPV4_PROHIBITED),
    /** RFC 6146, section 3.4: a fragment that came before its first, kept until that comes or 2 seconds pass. */
    FRAGMENT_STORED(IcmpError.SILENT),
    /** RFC 6146, section 5.3: such a fragment, but as many as allowed are kept, or it is too long. */
    FRAGMENT_LIMIT(IcmpError.SILENT),
    /** RFC 3128, section 2.1: a fragment that overlaps or repeats another one, or a datagram with too many gaps. */
    FRAGMENT_OVERLAP(IcmpError.SILENT),
    /** RFC 6146, section 3.4: a fragmented UDP datagram without checksum. */
    FRAGMENT_WITHOUT_CHECKSUM(IcmpError.SILENT),
    /** RFC 7915, section 4.5: a UDP datagram without checksum, for which a stateless translator does not compute one. */
    UDP_WITHOUT_CHECKSUM(IcmpError.ADMINISTRATIVELY_PROHIBITED),
    /** RFC 6146, section 3.4: the packet in an ICMP error is too short or is an ICMP error itself. */
    BAD_QUOTED_PACKET(IcmpError.SILENT),
    /** RFC 6146, section 3.5: an IPv4 packet for which no IPv6 host has opened a binding. */
    NO_BINDING(IcmpError.ADDRESS_UNREACHABLE),
    /** RFC 6146, section 3.5.2: a TCP segment, not a SYN, that belongs to no session. */
    NO_SESSION(IcmpError.SILENT),
    /** RFC 6146, section 3.5: address-dependent filtering, and the IPv6 host has not spoken to this address. */
    ADDRESS_DEPENDENT_FILTERING(IcmpError.ADMINISTRATIVELY_PROHIBITED),
    /** RFC 6146, section 3.5.2.2: the policy drops TCP connections that the IPv4 side opens. */
    EXTERNALLY_INITIATED(IcmpError.SILENT),
    /** RFC 6146, section 3.5.2.2: a SYN from the IPv4 side that is kept until its counterpart comes, or 6 seconds pass. */
    SYN_STORED(IcmpError.SILENT),
    /** RFC 6146, section 5.3: such a SYN, but as many as allowed are kept, or this one is too long. */
    SYN_STORE_FULL(IcmpError.SILENT),
    /** RFC 6146, section 3.5.1.1: every port of pool4 is taken for this source. */
    POOL4_EXHAUSTED(IcmpError.ADDRESS_UNREACHABLE),
    /** RFC 6888, REQ-5: the subscriber has as many sessions as one may have; they go on. */
    SUBSCRIBER_SESSION_LIMIT(IcmpError.ADDRESS_UNREACHABLE),
    /** RFC 6888, REQ-4: the subscriber has as many ports of pool4 as one may have. */
    SUBSCRIBER_PORT_LIMIT(IcmpError.ADDRESS_UNREACHABLE),
    /** RFC 6888, REQ-5: the subscriber opens sessions faster than one may. */
    SUBSCRIBER_RATE_LIMIT(IcmpError.ADDRESS_UNREACHABLE),
    /** RFC 6888, REQ-6: translation is turned off for this destination. */
    UNTRANSLATED_DESTINATION(IcmpError.ADMINISTRATIVELY_PROHIBITED),
    /** The session table is full; the sessions in it go on. */
    SESSION_TABLE_FULL(IcmpError.ADDRESS_UNREACHABLE),
    /** Sessions that the IPv4 side opened take half of the session table; the rest is for the IPv6 side. */
    EXTERNAL_SESSION_LIMIT(IcmpError.ADDRESS_UNREACHABLE),
    /** The device did not take the packet. */
    DEVICE_REFUSED(IcmpError.SILENT),
    /** A defect of this program; the log tells more. */
    INTERNAL_ERROR(IcmpError.SILENT);

    /** All reasons; {@link #values()} makes an array at each call. */
    public static final List<DropReason> ALL = List.of(values());

    private final IcmpError reply;
    private final String label = name().toLowerCase(Locale.ROOT);

    DropReason(IcmpError reply) {
        this.reply = reply;
    }

    /** What the sender is told. */
    public IcmpError reply() {
        return reply;
    }

    /** What demands it, and at which step. */
    public Rule rule() {
        return Rule.of(this);
    }

    /** The name in lower case, as metrics and reports spell it. */
    public String label() {
        return label;
    }
}
