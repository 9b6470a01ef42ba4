// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import static nat64.gateway.config.file.OnChange.RESTART;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import nat64.gateway.config.common.AddressFormats;
import nat64.gateway.config.file.AutoOr;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ValueKey;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;

/** The keys of the section {@code translator.device}. */
public final class DeviceKeys {

    public static final Keys KEYS = Keys.section("translator.device");

    private static final String NAMES = "[A-Za-z0-9_][A-Za-z0-9_.-]*";
    private static final Pattern LEGAL_NAME = Pattern.compile(NAMES);
    private static final int LONGEST_NAME = 15; // IFNAMSIZ, less the final zero
    private static final List<String> TAKEN_NAMES = List.of("lo", "all", "default");
    private static final Format<String> DEVICE_NAME = Format.of("nat64", DeviceKeys::name)
            .withExamples("nat64", "tun64")
            .withSchema(Map.of("type", "string", "maxLength", LONGEST_NAME, "pattern", "^" + NAMES + "$"));

    private static final Format<Optional<String>> INTERFACE =
            Formats.orNone(DEVICE_NAME.withExamples("eth0", "enp1s0"));

    static final ValueKey<DeviceType> TYPE = KEYS.value(
            "type",
            "tun",
            Formats.oneOf(DeviceType.class),
            RESTART,
            "Where packets come from: `tun`, a TUN device, or `pcap`, Ethernet interfaces through libpcap, for hosts"
                    + " [without a TUN device](deployment.md#without-a-tun-device).");
    static final ValueKey<String> NAME = KEYS.value(
            "name",
            "nat64",
            DEVICE_NAME,
            RESTART,
            "Name of the TUN device, up to 15 characters. With type `pcap`, name of the nftables table.");
    static final ValueKey<Optional<String>> IPV6_INTERFACE = KEYS.value(
            "ipv6-interface", "none", INTERFACE, RESTART, "Interface to the IPv6 side. Type `pcap` needs one.");
    static final ValueKey<Optional<String>> IPV4_INTERFACE = KEYS.value(
            "ipv4-interface",
            "none",
            INTERFACE,
            RESTART,
            "Interface to the IPv4 side; it may be the same. Type `pcap` needs one.");
    static final ValueKey<AutoOr<Ipv6Address>> IPV6_GATEWAY = KEYS.value(
            "ipv6-gateway",
            "auto",
            Formats.orAuto(Format.of("fe80::1", Ipv6Address::parse)),
            RESTART,
            "With type `pcap`: next hop for IPv6 hosts that are not on the link, such as `\"fe80::1\"`. `auto` uses the"
                    + " kernel's routes over the interface, followed when they change.");
    static final ValueKey<AutoOr<Integer>> IPV4_GATEWAY = KEYS.value(
            "ipv4-gateway",
            "auto",
            Formats.orAuto(Format.of("192.0.2.1", Ipv4Address::parse)),
            RESTART,
            "With type `pcap`: next hop for IPv4 hosts that are not on the link, such as `192.0.2.1`. `auto` as above.");
    static final ValueKey<Boolean> OFFLOAD = KEYS.value(
            "offload",
            "true",
            Formats.BOOLEAN,
            RESTART,
            "Segmentation offload of the TUN device: far fewer and larger packets between kernel and translator, TCP and UDP"
                    + " ([decision 27](decisions/0027-datagrams-written-together.md)).");
    static final ValueKey<Ipv6Address> ADDRESS = KEYS.value(
            "address",
            "64:ff9b:1:ffff::1",
            AddressFormats.HOST.withExamples("64:ff9b:1:ffff::1", "2001:db8:ffff::1"),
            RESTART,
            "The host's own address on the TUN device.");
    static final ValueKey<Ipv6Address> TRANSLATOR_ADDRESS = KEYS.value(
            "translator-address",
            "64:ff9b:1:ffff::2",
            AddressFormats.HOST.withExamples("64:ff9b:1:ffff::2", "2001:db8:ffff::2"),
            RESTART,
            "The translator's address: source of its ICMPv6 errors, a hop in traceroute. With type `pcap` it answers neighbor"
                    + " solicitations for it, so it can be the IPv6 side's next hop for the Pref64.");

    static final ValueKey<Boolean> PROBE = KEYS.value(
            "probe",
            "true",
            Formats.BOOLEAN,
            RESTART,
            "Sends a datagram through the translator and back once a second, from a second TUN device, whose name ends in"
                    + " `-probe`: [readiness](deployment.md#readiness) hangs on it. Needs `translator.set-up-host`, type"
                    + " `tun` and mode `nat64`; elsewhere it does nothing.");

    private DeviceKeys() {}

    private static String name(String text) {
        if (text.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "%s has %d characters, Linux allows %d".formatted(text, text.length(), LONGEST_NAME));
        }
        if (!LEGAL_NAME.matcher(text).matches() || TAKEN_NAMES.contains(text)) {
            throw new IllegalArgumentException("'" + text + "' is not a device name; use letters, digits, '_', '-' and"
                    + " '.', not first '-' or '.', and none of " + String.join(", ", TAKEN_NAMES));
        }
        return text;
    }
}
