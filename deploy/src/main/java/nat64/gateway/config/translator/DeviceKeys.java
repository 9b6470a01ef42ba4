// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import static nat64.gateway.config.file.OnChange.RESTART;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import nat64.gateway.config.common.AddressFormats;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ValueKey;
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

    static final ValueKey<String> NAME =
            KEYS.value("name", "nat64", DEVICE_NAME, RESTART, "Name of the TUN device, up to 15 characters.");
    static final ValueKey<Boolean> OFFLOAD = KEYS.value(
            "offload",
            "true",
            Formats.BOOLEAN,
            RESTART,
            "Segmentation offload: far fewer and larger packets between kernel and translator, TCP and UDP"
                    + " ([decision 27](decisions/0027-datagrams-written-together.md)).");
    static final ValueKey<Ipv6Address> ADDRESS = KEYS.value(
            "address",
            "64:ff9b:1:ffff::1",
            AddressFormats.HOST.withExamples("64:ff9b:1:ffff::1", "2001:db8:ffff::1"),
            RESTART,
            "The host's own address on the device.");
    static final ValueKey<Ipv6Address> TRANSLATOR_ADDRESS = KEYS.value(
            "translator-address",
            "64:ff9b:1:ffff::2",
            AddressFormats.HOST.withExamples("64:ff9b:1:ffff::2", "2001:db8:ffff::2"),
            RESTART,
            "The translator's address: source of its ICMPv6 errors, a hop in traceroute.");

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
