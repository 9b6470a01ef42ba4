// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import static nat64.gateway.replay.RawPackets.asFirstFragment;
import static nat64.gateway.replay.RawPackets.error4;
import static nat64.gateway.replay.RawPackets.extended6;
import static nat64.gateway.replay.RawPackets.lastFragment6;
import static nat64.gateway.replay.RawPackets.sourceRoute4;
import static nat64.gateway.replay.RawPackets.with;
import static nat64.gateway.replay.RawPackets.withoutUdpChecksum;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import nat64.translator.PacketTranslatorSettings;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.packet.DropReason;
import nat64.translator.session.policy.DestinationPolicy;
import nat64.translator.session.policy.StatePolicy;
import nat64.translator.session.policy.StatePolicy.Filter;
import nat64.translator.session.policy.SubscriberLimits;

/**
 * A way to a drop reason: some packets through a translator, the last of which is dropped.
 *
 * @param before packets that prepare the tables
 * @param packet the one that is dropped
 */
@SuppressWarnings("ArrayRecordComponent") // scenarios are not compared
record DropScenario(PacketTranslatorSettings settings, List<byte[]> before, byte[] packet) {

    private static final String UDP = "udp [2001:db8:1::2]:4000 -> [2001:db8:64::8.8.8.8]:53";
    private static final String UDP_ELSEWHERE = "udp [2001:db8:1::2]:4000 -> [2001:db8:64::8.8.4.4]:53";
    private static final String UDP_OTHER_PORT = "udp [2001:db8:1::2]:4002 -> [2001:db8:64::8.8.8.8]:53";
    private static final String UDP_V4 = "udp 8.8.8.8:53 -> 203.0.113.1:2000";
    private static final String SYN_V4 = "tcp 8.8.8.8:53 -> 203.0.113.1:2000 syn";

    private static final Map<DropReason, DropScenario> ALL = new EnumMap<>(DropReason.class);

    static {
        addHeaders();
        addAddresses();
        addDestinations();
        addStateless();
        addSteps();
        addLimits();
        add(DropReason.DEVICE_REFUSED, DropSettings.STATEFUL, text(UDP));
        add(DropReason.INTERNAL_ERROR, DropSettings.STATEFUL, text(UDP));
    }

    /** For every reason but NONE, and for the two that need another port. */
    static Map<DropReason, DropScenario> all() {
        return ALL;
    }

    private static void addHeaders() {
        add(DropReason.TRUNCATED, DropSettings.STATEFUL, Arrays.copyOf(text(UDP), 44));
        add(DropReason.MALFORMED, DropSettings.STATEFUL, with(text(UDP_V4), 0, 0x55));
        add(DropReason.BAD_HEADER_CHECKSUM, DropSettings.STATEFUL, with(text(UDP_V4), 10, 0x11));
        add(DropReason.BAD_ICMP_CHECKSUM, DropSettings.STATEFUL, with(error4(text(UDP_V4)), 22, 0x11));
        add(DropReason.SOURCE_ROUTE, DropSettings.STATEFUL, sourceRoute4(text(UDP_V4)));
        add(DropReason.ROUTING_HEADER, extended6(43, new int[] {17, 0, 0, 1, 0, 0, 0, 0}, 8));
        add(
                DropReason.EXTENSION_IN_FRAGMENT,
                extended6(44, new int[] {60, 0, 0, 1, 0, 0, 0, 1, 17, 0, 1, 4, 0, 0, 0, 0}, 16));
        add(DropReason.FRAGMENTED_ICMP, extended6(44, new int[] {58, 0, 0, 1, 0, 0, 0, 1}, 8));
        add(DropReason.BAD_QUOTED_PACKET, error4(Arrays.copyOf(text(UDP_V4), 24)));
        add(DropReason.FRAGMENT_STORED, lastFragment6(8, 8));
        add(DropReason.FRAGMENT_LIMIT, lastFragment6(8, 2048));
        var first = extended6(44, new int[] {17, 0, 0, 1, 0, 0, 0, 9, 0, 1, 0, 53, 0, 40, 1, 1}, 8);
        add(DropReason.FRAGMENT_OVERLAP, first, first);
    }

    private static void addAddresses() {
        add(DropReason.ILLEGAL_SOURCE, text("udp [fe80::1]:1 -> [2001:db8:64::8.8.8.8]:53"));
        add(DropReason.SOURCE_IN_PREF64, text("udp [2001:db8:64::1]:1 -> [2001:db8:64::8.8.8.8]:53"));
        add(DropReason.NOT_IN_PREF64, text("udp [2001:db8:1::2]:1 -> [2001:db8::1]:53"));
        add(DropReason.NOT_IN_POOL4, text("udp 8.8.8.8:53 -> 203.0.113.77:2000"));
        add(DropReason.HOP_LIMIT_EXCEEDED, text(UDP + " ttl=1"));
        add(DropReason.TOO_BIG, text(UDP + " length=1400"));
        add(DropReason.CLIENT_NOT_ALLOWED, text("udp [2001:db8:2::2]:1 -> [2001:db8:64::8.8.8.8]:53"));
        add(DropReason.UNROUTABLE_IPV4, text("udp [2001:db8:1::2]:1 -> [2001:db8:64::127.0.0.1]:53"));
        add(
                DropReason.NON_GLOBAL_IPV4,
                DropSettings.stateful("64:ff9b::/96", 8, StatePolicy.DEFAULT),
                text("udp [2001:db8:1::2]:1 -> [64:ff9b::10.0.0.1]:53"));
        add(
                DropReason.UNTRANSLATED_DESTINATION,
                DropSettings.limited(SubscriberLimits.NONE, List.of(Ipv4Prefix.parse("8.8.8.0/24"))),
                text(UDP));
    }

    private static void addDestinations() {
        add(
                DropReason.OWN_DESTINATION,
                DropSettings.to(new DestinationPolicy(List.of(Ipv4Prefix.parse("8.8.8.8/32")), false, true)),
                text(UDP));
        add(
                DropReason.PRIVATE_DESTINATION,
                DropSettings.to(new DestinationPolicy(List.of(), false, false)),
                text("udp [2001:db8:1::2]:1 -> [2001:db8:64::10.0.0.1]:53"));
    }

    private static void addStateless() {
        add(
                DropReason.UNTRANSLATABLE_SOURCE,
                DropSettings.STATELESS,
                text("udp [2001:db8:1::9]:1 -> [2001:db8:64::8.8.8.8]:53"));
        add(
                DropReason.UNTRANSLATABLE_DESTINATION,
                DropSettings.STATELESS,
                text("udp [2001:db8:1::2]:1 -> [2001:db8:9::1]:53"));
        add(DropReason.UDP_WITHOUT_CHECKSUM, DropSettings.STATELESS, withoutUdpChecksum(text(UDP_V4)));
    }

    private static void addSteps() {
        add(DropReason.UNSUPPORTED_PROTOCOL, text("sctp 2001:db8:1::2 -> 2001:db8:64::8.8.8.8 length=60"));
        add(DropReason.UNTRANSLATABLE_ICMP, with(text("icmp 2001:db8:1::2 -> 2001:db8:64::8.8.8.8"), 40, 133));
        add(DropReason.NO_BINDING, text(UDP_V4));
        add(DropReason.NO_SESSION, text("tcp [2001:db8:1::2]:4000 -> [2001:db8:64::8.8.8.8]:80 ack"));
        add(DropReason.SYN_STORED, text(SYN_V4));
        add(
                DropReason.SYN_STORE_FULL,
                DropSettings.filtering(Filter.ENDPOINT_INDEPENDENT, false, 1),
                text("tcp 8.8.4.4:53 -> 203.0.113.1:2000 syn"),
                text(SYN_V4));
        add(
                DropReason.EXTERNALLY_INITIATED,
                DropSettings.filtering(Filter.ENDPOINT_INDEPENDENT, true, 8),
                text(SYN_V4));
        add(
                DropReason.ADDRESS_DEPENDENT_FILTERING,
                DropSettings.filtering(Filter.ADDRESS_DEPENDENT, false, 8),
                text(UDP_ELSEWHERE),
                text(UDP_V4));
        add(
                DropReason.FRAGMENT_WITHOUT_CHECKSUM,
                text(UDP),
                asFirstFragment(withoutUdpChecksum(text(UDP_V4 + " length=68"))));
    }

    private static void addLimits() {
        add(DropReason.POOL4_EXHAUSTED, text(UDP), text(UDP_OTHER_PORT));
        add(DropReason.SESSION_TABLE_FULL, DropSettings.with(1), text(UDP), text(UDP_ELSEWHERE));
        add(
                DropReason.EXTERNAL_SESSION_LIMIT,
                DropSettings.with(2),
                text(UDP),
                text("udp 8.8.4.4:53 -> 203.0.113.1:2000"),
                text("udp 8.8.4.4:54 -> 203.0.113.1:2000"));
        addLimit(DropReason.SUBSCRIBER_SESSION_LIMIT, new SubscriberLimits(64, 1, 0, 0), UDP_ELSEWHERE);
        addLimit(DropReason.SUBSCRIBER_PORT_LIMIT, new SubscriberLimits(64, 0, 1, 0), UDP_OTHER_PORT);
        add(
                DropReason.SUBSCRIBER_INBOUND_LIMIT,
                DropSettings.limited(new SubscriberLimits(64, 1, 0, 0), List.of()),
                text(UDP),
                text("udp 8.8.4.4:53 -> 203.0.113.1:2000"),
                text("udp 8.8.4.4:54 -> 203.0.113.1:2000"));
        addLimit(DropReason.SUBSCRIBER_RATE_LIMIT, new SubscriberLimits(64, 0, 0, 1), UDP_ELSEWHERE);
    }

    private static void addLimit(DropReason reason, SubscriberLimits limits, String beyond) {
        add(reason, DropSettings.limited(limits, List.of()), text(UDP), text(beyond));
    }

    private static void add(DropReason reason, byte[]... packets) {
        add(reason, DropSettings.STATEFUL, packets);
    }

    private static void add(DropReason reason, PacketTranslatorSettings settings, byte[]... packets) {
        var all = List.of(packets);
        ALL.put(reason, new DropScenario(settings, all.subList(0, all.size() - 1), all.getLast()));
    }

    private static byte[] text(String packet) {
        return PacketText.parse(packet);
    }
}
