// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import static java.util.Map.entry;

import java.util.Map;

/**
 * Which step of a packet's way a {@link DropReason} belongs to, and what demands it.
 *
 * @param step where the packet ends
 * @param citation document and section, or what stands in their place
 * @param sentence the rule in plain words
 */
public record Rule(Step step, String citation, String sentence) {

    /** The steps in the order in which a packet takes them. */
    public enum Step {
        HEADERS,
        ADDRESSES,
        HOP_LIMIT,
        TUPLE,
        CLIENT,
        POLICY,
        BINDING,
        SESSION,
        TRANSLATION,
        SENDING
    }

    /** By the name of the reason, in the order of the steps. */
    private static final Map<String, Rule> ALL = Map.ofEntries(
            entry("NONE", new Rule(Step.SENDING, "RFC 7915, sections 4 and 5", "The packet is translated and sent.")),
            entry(
                    "TRUNCATED",
                    new Rule(
                            Step.HEADERS,
                            "RFC 1812, section 5.2.2; RFC 8200, section 3",
                            "There are fewer octets than the headers say.")),
            entry(
                    "MALFORMED",
                    new Rule(
                            Step.HEADERS,
                            "RFC 791, section 3.1; RFC 8200, sections 3 and 4",
                            "A header contradicts itself: version, length, option, extension or fragment.")),
            entry(
                    "BAD_HEADER_CHECKSUM",
                    new Rule(Step.HEADERS, "RFC 1812, section 5.2.2", "The checksum of the IPv4 header is wrong.")),
            entry(
                    "BAD_ICMP_CHECKSUM",
                    new Rule(
                            Step.HEADERS, "RFC 5508, section 4.1 (REQ-3)", "The checksum of the ICMP error is wrong.")),
            entry(
                    "SOURCE_ROUTE",
                    new Rule(
                            Step.HEADERS,
                            "RFC 7915, section 4.1",
                            "The packet has a source route that is not at its end.")),
            entry(
                    "ROUTING_HEADER",
                    new Rule(
                            Step.HEADERS,
                            "RFC 7915, section 5.1",
                            "The packet has a Routing header with segments left.")),
            entry(
                    "EXTENSION_IN_FRAGMENT",
                    new Rule(
                            Step.HEADERS,
                            "RFC 7915, section 5.1.1",
                            "An extension header follows the Fragment header.")),
            entry(
                    "FRAGMENTED_ICMP",
                    new Rule(Step.HEADERS, "RFC 7915, section 1.2", "ICMP in fragments is not translated.")),
            entry(
                    "BAD_QUOTED_PACKET",
                    new Rule(
                            Step.HEADERS,
                            "RFC 6146, section 3.4",
                            "The packet in the ICMP error is too short, is an ICMP error itself, or is none of ours.")),
            entry(
                    "ILLEGAL_SOURCE",
                    new Rule(Step.ADDRESSES, "RFC 7915, sections 4.1 and 5.1", "No host may use this source address.")),
            entry(
                    "SOURCE_IN_PREF64",
                    new Rule(
                            Step.ADDRESSES,
                            "RFC 6146, section 3.5",
                            "An IPv6 source inside a Pref64 would make a loop.")),
            entry(
                    "NOT_IN_PREF64",
                    new Rule(Step.ADDRESSES, "RFC 6146, section 3.5", "The IPv6 destination is in no Pref64.")),
            entry(
                    "NOT_IN_POOL4",
                    new Rule(Step.ADDRESSES, "RFC 6146, section 3.5", "The IPv4 destination is not in pool4.")),
            entry(
                    "UNTRANSLATABLE_SOURCE",
                    new Rule(
                            Step.ADDRESSES,
                            "RFC 7915, sections 4.4 and 5.4",
                            "The source has no address of the other version, and there is no state to make one.")),
            entry(
                    "UNTRANSLATABLE_DESTINATION",
                    new Rule(
                            Step.ADDRESSES,
                            "RFC 7915, sections 4.4 and 5.4",
                            "The destination has no address of the other version, and there is no state to make one.")),
            entry(
                    "HOP_LIMIT_EXCEEDED",
                    new Rule(
                            Step.HOP_LIMIT,
                            "RFC 7915, sections 4.1 and 5.1",
                            "The hop limit, or TTL, would become zero here.")),
            entry(
                    "UNSUPPORTED_PROTOCOL",
                    new Rule(
                            Step.TUPLE,
                            "RFC 6146, section 3.4",
                            "Only TCP, UDP and ICMP have bindings; without state, the number means another header over there.")),
            entry(
                    "UNTRANSLATABLE_ICMP",
                    new Rule(
                            Step.TUPLE,
                            "RFC 7915, sections 4.2 and 5.2",
                            "The ICMP type or code has no counterpart on the other side.")),
            entry(
                    "FRAGMENT_STORED",
                    new Rule(
                            Step.TUPLE,
                            "RFC 6146, section 3.4",
                            "The fragment is kept until its first fragment comes, two seconds at most.")),
            entry(
                    "FRAGMENT_LIMIT",
                    new Rule(
                            Step.TUPLE,
                            "RFC 6146, section 5.3",
                            "As many fragments as allowed are kept already, or this one is too long.")),
            entry(
                    "FRAGMENT_OVERLAP",
                    new Rule(
                            Step.TUPLE,
                            "RFC 3128, section 2.1",
                            "The fragment overlaps or repeats another one, or its datagram has too many gaps.")),
            entry(
                    "CLIENT_NOT_ALLOWED",
                    new Rule(Step.CLIENT, "RFC 6146, section 1.2.3", "The IPv6 source is not among the clients.")),
            entry(
                    "UNROUTABLE_IPV4",
                    new Rule(
                            Step.POLICY,
                            "RFC 1812, section 5.3.7; RFC 6890",
                            "No router forwards to this IPv4 address: this host, this link, multicast, reserved.")),
            entry(
                    "NON_GLOBAL_IPV4",
                    new Rule(
                            Step.POLICY,
                            "RFC 6052, section 3.1",
                            "The Well-Known Prefix must not carry IPv4 addresses that are not global.")),
            entry(
                    "NO_BINDING",
                    new Rule(
                            Step.BINDING,
                            "RFC 6146, section 3.5",
                            "No IPv6 host has opened a binding for this address.")),
            entry(
                    "POOL4_EXHAUSTED",
                    new Rule(
                            Step.BINDING,
                            "RFC 6146, section 3.5.1.1",
                            "Every port of the pool4 address for this source is taken.")),
            entry(
                    "UNTRANSLATED_DESTINATION",
                    new Rule(
                            Step.POLICY,
                            "RFC 6888, section 3 (REQ-6)",
                            "The configuration leaves this destination untranslated, whoever asks for it.")),
            entry(
                    "SUBSCRIBER_PORT_LIMIT",
                    new Rule(
                            Step.BINDING,
                            "RFC 6888, section 3 (REQ-4)",
                            "The subscriber has as many ports of pool4 as one may have; they stay.")),
            entry(
                    "SUBSCRIBER_SESSION_LIMIT",
                    new Rule(
                            Step.SESSION,
                            "RFC 6888, section 3 (REQ-5)",
                            "The subscriber has as many sessions as one may have; they go on.")),
            entry(
                    "SUBSCRIBER_RATE_LIMIT",
                    new Rule(
                            Step.SESSION,
                            "RFC 6888, section 3 (REQ-5)",
                            "The subscriber opens sessions faster than one may; a second later it may again.")),
            entry(
                    "EXTERNALLY_INITIATED",
                    new Rule(
                            Step.SESSION,
                            "RFC 6146, section 3.5.2.2",
                            "The policy drops TCP connections that the IPv4 side opens.")),
            entry(
                    "ADDRESS_DEPENDENT_FILTERING",
                    new Rule(
                            Step.SESSION,
                            "RFC 6146, section 3.5",
                            "The IPv6 host has not spoken to this IPv4 address, and filtering is address-dependent.")),
            entry(
                    "SYN_STORED",
                    new Rule(
                            Step.SESSION,
                            "RFC 6146, section 3.5.2.2",
                            "The SYN from the IPv4 side is kept until its counterpart comes, six seconds at most.")),
            entry(
                    "SYN_STORE_FULL",
                    new Rule(
                            Step.SESSION,
                            "RFC 6146, section 5.3",
                            "As many such SYNs as allowed are kept already, or this one is too long.")),
            entry(
                    "NO_SESSION",
                    new Rule(
                            Step.SESSION,
                            "RFC 6146, section 3.5.2.2",
                            "What is not the first packet of a session must belong to one.")),
            entry(
                    "EXTERNAL_SESSION_LIMIT",
                    new Rule(
                            Step.SESSION,
                            "RFC 6146, section 5.3",
                            "Sessions that the IPv4 side opened take half of the session table; the rest is for the IPv6 side.")),
            entry(
                    "SESSION_TABLE_FULL",
                    new Rule(
                            Step.SESSION,
                            "RFC 6146, section 5.3",
                            "The session table is full; the sessions in it go on.")),
            entry(
                    "FRAGMENT_WITHOUT_CHECKSUM",
                    new Rule(
                            Step.TRANSLATION,
                            "RFC 6146, section 3.4",
                            "A UDP datagram in fragments without checksum cannot be given one.")),
            entry(
                    "UDP_WITHOUT_CHECKSUM",
                    new Rule(
                            Step.TRANSLATION,
                            "RFC 7915, section 4.5",
                            "A UDP datagram without checksum is not translated without state.")),
            entry(
                    "TOO_BIG",
                    new Rule(
                            Step.TRANSLATION,
                            "RFC 7915, sections 4.1 and 5.1.1",
                            "The packet is too big for the next link and may not be fragmented.")),
            entry(
                    "DEVICE_REFUSED",
                    new Rule(Step.SENDING, "no RFC: the packet device", "The device did not take the packet.")),
            entry(
                    "INTERNAL_ERROR",
                    new Rule(Step.SENDING, "no RFC: a defect", "A defect of this program; the log tells more.")));

    static Rule of(DropReason reason) {
        var rule = ALL.get(reason.name());
        if (rule == null) {
            throw new IllegalArgumentException("no rule for " + reason);
        }
        return rule;
    }
}
