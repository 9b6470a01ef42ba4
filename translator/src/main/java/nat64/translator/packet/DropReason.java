// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import java.util.List;
import java.util.Locale;

/**
 * Why a packet was not forwarded: what its sender is told, which document demands it, the rule in one sentence, and the
 * steps that may drop a packet for it. All that is said about a reason is said here: the counters' label, the table in
 * docs/metrics.md and the words of {@code nat64 explain} come from it. {@link #NONE} lets the packet go on to the next
 * step. In the order of the steps.
 */
public enum DropReason {
    NONE(IcmpError.SILENT, "RFC 7915, sections 4 and 5", "The packet is translated and sent.", Step.SENDING),
    TRUNCATED(
            IcmpError.SILENT,
            "RFC 1812, section 5.2.2; RFC 8200, section 3",
            "The packet has fewer bytes than its headers say.",
            Step.HEADERS),
    MALFORMED(
            IcmpError.SILENT,
            "RFC 791, section 3.1; RFC 8200, sections 3 and 4",
            "A header contradicts itself: version, header length, option, extension, or a fragment that leads nowhere.",
            Step.HEADERS),
    BAD_HEADER_CHECKSUM(
            IcmpError.SILENT, "RFC 1812, section 5.2.2", "The checksum of the IPv4 header is wrong.", Step.HEADERS),
    BAD_ICMP_CHECKSUM(
            IcmpError.SILENT,
            "RFC 5508, section 4.1 (REQ-3)",
            "The checksum of the ICMP error is wrong.",
            Step.HEADERS),
    SOURCE_ROUTE(
            IcmpError.SOURCE_ROUTE_FAILED,
            "RFC 7915, section 4.1",
            "The packet has a source route that has not reached its end.",
            Step.HEADERS),
    ROUTING_HEADER(
            IcmpError.SEGMENTS_LEFT,
            "RFC 7915, section 5.1",
            "The packet has a Routing header with segments left.",
            Step.HEADERS),
    EXTENSION_IN_FRAGMENT(
            IcmpError.ADMINISTRATIVELY_PROHIBITED,
            "RFC 7915, section 5.1.1",
            "An extension header follows the Fragment header.",
            Step.HEADERS),
    FRAGMENTED_ICMP(
            IcmpError.ICMPV4_PROHIBITED, "RFC 7915, section 1.2", "ICMP in fragments is not translated.", Step.HEADERS),
    BAD_QUOTED_PACKET(
            IcmpError.SILENT,
            "RFC 6146, section 3.4",
            "The packet that the ICMP error quotes is too short, is an ICMP error itself, or is not one of ours.",
            Step.HEADERS,
            Step.ADDRESSES,
            Step.TUPLE,
            Step.BINDING,
            Step.SESSION,
            Step.TRANSLATION),
    ILLEGAL_SOURCE(
            IcmpError.SILENT,
            "RFC 7915, sections 4.1 and 5.1; RFC 1812, section 5.3.7",
            "No router forwards from this source address: this host, this link, multicast, reserved.",
            Step.ADDRESSES),
    SOURCE_IN_PREF64(
            IcmpError.SILENT,
            "RFC 6146, section 3.5",
            "The IPv6 source is inside a Pref64; its packets would loop.",
            Step.ADDRESSES),
    NOT_IN_PREF64(IcmpError.SILENT, "RFC 6146, section 3.5", "The IPv6 destination is in no Pref64.", Step.ADDRESSES),
    NOT_IN_POOL4(IcmpError.SILENT, "RFC 6146, section 3.5", "The IPv4 destination is not in pool4.", Step.ADDRESSES),
    UNTRANSLATABLE_SOURCE(
            IcmpError.ADMINISTRATIVELY_PROHIBITED,
            "RFC 7915, sections 4.4 and 5.4",
            "The source has no address of the other IP version, and a stateless translator cannot make one.",
            Step.ADDRESSES),
    UNTRANSLATABLE_DESTINATION(
            IcmpError.ADMINISTRATIVELY_PROHIBITED,
            "RFC 7915, sections 4.4 and 5.4",
            "The destination has no address of the other IP version, and a stateless translator cannot make one.",
            Step.ADDRESSES),
    HOP_LIMIT_EXCEEDED(
            IcmpError.TIME_EXCEEDED,
            "RFC 7915, sections 4.1 and 5.1",
            "The hop limit or TTL would become zero here.",
            Step.HOP_LIMIT),
    TOO_BIG(
            IcmpError.TOO_BIG,
            "RFC 7915, sections 4.1 and 5.1.1",
            "The packet is too big for the next link and may not be fragmented.",
            Step.SIZE),
    UNSUPPORTED_PROTOCOL(
            IcmpError.PROTOCOL_UNSUPPORTED,
            "RFC 6146, section 3.4",
            "Only TCP, UDP and ICMP have bindings; without state, the number means another header over there.",
            Step.TUPLE,
            Step.TRANSLATION),
    UNTRANSLATABLE_ICMP(
            IcmpError.SILENT,
            "RFC 7915, sections 4.2 and 5.2",
            "The ICMP type or code has no counterpart in the other IP version, or the packet is IGMP.",
            Step.ADDRESSES,
            Step.TUPLE,
            Step.TRANSLATION),
    FRAGMENT_STORED(
            IcmpError.SILENT,
            "RFC 6146, section 3.4",
            "The fragment is stored until the first fragment of its datagram arrives, for 2 seconds at most.",
            Step.TUPLE),
    FRAGMENT_LIMIT(
            IcmpError.SILENT,
            "RFC 6146, section 5.3",
            "The fragment arrived before its first and is too long for the store, or the store is full and it or the"
                    + " oldest one there is dropped.",
            Step.TUPLE),
    FRAGMENT_OVERLAP(
            IcmpError.SILENT, "RFC 3128, section 2.1", "The fragment overlaps or repeats another one.", Step.TUPLE),
    CLIENT_NOT_ALLOWED(
            IcmpError.ADMINISTRATIVELY_PROHIBITED,
            "RFC 6146, section 1.2.3",
            "The IPv6 source is not among the clients.",
            Step.CLIENT,
            Step.ADDRESSES),
    UNTRANSLATED_DESTINATION(
            IcmpError.ADMINISTRATIVELY_PROHIBITED,
            "RFC 6888, section 3 (REQ-6)",
            "The configuration turns translation off for this destination.",
            Step.POLICY),
    UNROUTABLE_IPV4(
            IcmpError.ADMINISTRATIVELY_PROHIBITED,
            "RFC 1812, section 5.3.7; RFC 6890",
            "No router forwards to this IPv4 address: this host, this link, multicast, reserved.",
            Step.POLICY,
            Step.ADDRESSES),
    OWN_DESTINATION(
            IcmpError.ADMINISTRATIVELY_PROHIBITED,
            "RFC 6052, section 5.3",
            "The destination is an IPv4 address of the host that translates.",
            Step.POLICY),
    PRIVATE_DESTINATION(
            IcmpError.ADMINISTRATIVELY_PROHIBITED,
            "RFC 6052, section 5.3",
            "The configuration refuses IPv4 destinations that are not global, such as private ones.",
            Step.POLICY),
    NON_GLOBAL_IPV4(
            IcmpError.ADMINISTRATIVELY_PROHIBITED,
            "RFC 6052, section 3.1",
            "The Well-Known Prefix must not carry an IPv4 address that is not global.",
            Step.POLICY,
            Step.ADDRESSES),
    NO_BINDING(
            IcmpError.ADDRESS_UNREACHABLE,
            "RFC 6146, section 3.5",
            "No IPv6 host has opened a binding for this address and port.",
            Step.BINDING),
    POOL4_EXHAUSTED(
            IcmpError.ADDRESS_UNREACHABLE,
            "RFC 6146, section 3.5.1.1",
            "Every port of the pool4 address for this source is taken, or every block of ports.",
            Step.BINDING),
    SUBSCRIBER_PORT_LIMIT(
            IcmpError.ADDRESS_UNREACHABLE,
            "RFC 6888, section 3 (REQ-4)",
            "The subscriber has as many ports of pool4 as the limit allows.",
            Step.BINDING),
    SUBSCRIBER_SESSION_LIMIT(
            IcmpError.ADDRESS_UNREACHABLE,
            "RFC 6888, section 3 (REQ-5)",
            "The subscriber has as many sessions as the limit allows; they continue.",
            Step.BINDING),
    SUBSCRIBER_RATE_LIMIT(
            IcmpError.ADDRESS_UNREACHABLE,
            "RFC 6888, section 3 (REQ-5)",
            "The subscriber opens sessions faster than the limit allows.",
            Step.BINDING),
    SUBSCRIBER_INBOUND_LIMIT(
            IcmpError.ADDRESS_UNREACHABLE,
            "RFC 6888, section 3 (REQ-5)",
            "IPv4 hosts have opened as many sessions to the subscriber, or open them as fast, as the limit allows.",
            Step.SESSION),
    EXTERNALLY_INITIATED(
            IcmpError.SILENT,
            "RFC 6146, section 3.5.2.2",
            "The configuration drops TCP connections that the IPv4 side opens.",
            Step.BINDING),
    ADDRESS_DEPENDENT_FILTERING(
            IcmpError.ADMINISTRATIVELY_PROHIBITED,
            "RFC 6146, section 3.5",
            "Filtering is address-dependent, and the IPv6 host has not sent to this IPv4 address.",
            Step.BINDING),
    SYN_STORED(
            IcmpError.SILENT,
            "RFC 6146, section 3.5.2.2",
            "The SYN from the IPv4 side is stored until the IPv6 host sends one too, for 6 seconds at most.",
            Step.BINDING),
    SYN_STORE_FULL(
            IcmpError.SILENT,
            "RFC 6146, section 5.3",
            "The SYN would be stored, but the store is full or the SYN is too long for it.",
            Step.BINDING),
    NO_SESSION(
            IcmpError.SILENT,
            "RFC 6146, section 3.5.2.2; RFC 5508, section 4.2 (REQ-4)",
            "The packet, or the packet that an ICMP error quotes, belongs to no session and opens none.",
            Step.BINDING,
            Step.SESSION),
    EXTERNAL_SESSION_LIMIT(
            IcmpError.ADDRESS_UNREACHABLE,
            "RFC 6146, section 5.3",
            "Sessions that the IPv4 side opened take half of the session table; the rest is kept for the IPv6 side.",
            Step.SESSION),
    SESSION_TABLE_FULL(
            IcmpError.ADDRESS_UNREACHABLE,
            "RFC 6146, section 5.3",
            "The session table is full; the sessions in it continue.",
            Step.SESSION,
            Step.BINDING),
    FRAGMENT_WITHOUT_CHECKSUM(
            IcmpError.SILENT,
            "RFC 6146, section 3.4",
            "A UDP datagram without checksum arrives in fragments, so that its checksum cannot be computed.",
            Step.TUPLE,
            Step.TRANSLATION),
    UDP_WITHOUT_CHECKSUM(
            IcmpError.ADMINISTRATIVELY_PROHIBITED,
            "RFC 7915, section 4.5",
            "A UDP datagram has no checksum, and a stateless translator does not compute one; in fragments it cannot.",
            Step.TRANSLATION),
    DEVICE_REFUSED(
            IcmpError.SILENT,
            "no RFC: the packet device",
            "The device did not accept the packet. Datagrams that were written together count as translated, too.",
            Step.SENDING),
    INTERNAL_ERROR(IcmpError.SILENT, "no RFC: a defect", "A defect of this program; the log has the details.");

    /** All reasons; {@link #values()} makes an array at each call. */
    public static final List<DropReason> ALL = List.of(values());

    private final IcmpError reply;
    private final String citation;
    private final String sentence;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Step> steps;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Without steps, any step may drop a packet for the reason. */
    DropReason(IcmpError reply, String citation, String sentence, Step... steps) {
        this.reply = reply;
        this.citation = citation;
        this.sentence = sentence;
        this.steps = List.of(steps.length == 0 ? Step.values() : steps);
    }

    /** What the sender is told. */
    public IcmpError reply() {
        return reply;
    }

    /** The document and section that demand it, such as {@code RFC 6146, section 3.5}, or what there is instead. */
    public String citation() {
        return citation;
    }

    /** The rule in plain words: one or two sentences. */
    public String sentence() {
        return sentence;
    }

    /** The steps that may drop a packet for this reason; the most usual one first. */
    public List<Step> steps() {
        return steps;
    }

    /** The name in lower case, as metrics and reports spell it. */
    public String label() {
        return label;
    }
}
