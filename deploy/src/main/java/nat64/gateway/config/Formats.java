// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.session.PortRange;

/** The kinds of values that the file has. */
final class Formats {

    static final String AUTO = "auto";

    static final Format<Boolean> BOOLEAN = new Format<>("true", Formats::bool);
    static final Format<Pref64> PREF64 = new Format<>("64:ff9b::/96", Pref64::parse);
    static final Format<Ipv4Prefix> IPV4_PREFIX = new Format<>("100.64.64.0/29", Ipv4Prefix::parse);
    static final Format<Ipv6Prefix> IPV6_PREFIX = new Format<>("2001:db8::/32", Ipv6Prefix::parse);
    static final Format<Clients> CLIENTS = new Format<>("2001:db8::/32", Formats::clients);
    static final Format<PortRange> PORTS = new Format<>("1024-65535", Formats::ports);
    static final Format<Ipv6Address> HOST = new Format<>("64:ff9b:1:ffff::1", Formats::host);
    static final Format<Duration> DURATION = new Format<>("5m", Formats::duration);
    static final Format<Long> SIZE = new Format<>("16Mi", Formats::size);
    static final Format<String> DEVICE_NAME = new Format<>("nat64", Formats::deviceName);

    static final Format<AdminSocket> ADMIN_SOCKET = new Format<>("/run/nat64/admin.sock", text -> switch (text) {
        case AUTO -> new AdminSocket.Auto();
        case "off" -> new AdminSocket.Off();
        default -> new AdminSocket.At(Path.of(text));
    });

    private static final Pattern DIGITS = Pattern.compile("\\d{1,10}");
    private static final Pattern PORT_RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,9})([A-Za-z]*)");
    private static final Pattern SOCKET = Pattern.compile("\\[([^\\]]*)](?::(.*))?|([^:]*)(?::([^:]*))?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");
    private static final int LONGEST_NAME = 15; // IFNAMSIZ, less the final zero
    private static final List<String> TAKEN_NAMES = List.of("lo", "all", "default");
    private static final Map<String, Duration> TIME_UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Map<String, Integer> SIZE_UNITS = Map.of("Ki", 10, "Mi", 20, "Gi", 30);

    private Formats() {}

    static Format<Integer> integer(int lowest, int highest) {
        return new Format<>(String.valueOf(lowest), text -> {
            if (!DIGITS.matcher(text).matches() || Long.parseLong(text) < lowest || Long.parseLong(text) > highest) {
                throw refusal("%s is no whole number from %d to %d".formatted(text, lowest, highest));
            }
            return Integer.parseInt(text);
        });
    }

    static <E extends Enum<E>> Format<E> oneOf(Class<E> choices) {
        var byName =
                Arrays.stream(choices.getEnumConstants()).collect(Collectors.toMap(Formats::spelled, choice -> choice));
        var names =
                Arrays.stream(choices.getEnumConstants()).map(Formats::spelled).toList();
        return new Format<>(names.getFirst(), text -> {
            E choice = byName.get(text);
            if (choice == null) {
                throw refusal("%s is not known; write one of: %s".formatted(text, String.join(", ", names)));
            }
            return choice;
        });
    }

    private static String spelled(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Addresses with a port, {@code auto} included. */
    static Format<Endpoints> endpoints(int defaultPort) {
        return new Format<>(
                "192.0.2.1, \"[2001:db8::1]:" + defaultPort + "\"",
                text -> text.equals(AUTO)
                        ? new Endpoints(true, List.of())
                        : new Endpoints(false, List.of(socket(text, defaultPort))));
    }

    static Format<InetSocketAddress> socket(int defaultPort) {
        return new Format<>("127.0.0.1:" + defaultPort, text -> socket(text, defaultPort));
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refusal(text + " is neither true nor false; write true or false");
        };
    }

    private static Clients clients(String text) {
        if (text.equals(AUTO)) {
            return new Clients(true, List.of(), List.of());
        }
        if (text.indexOf(':') < 0) {
            return new Clients(false, List.of(), List.of(Ipv4Prefix.parse(text)));
        }
        var prefix = Ipv6Prefix.parse(text);
        if (prefix.length() >= 96 && Ipv6Prefix.IPV4_MAPPED.overlaps(prefix)) {
            throw refusal(text + " is IPv4-mapped, no packet has such a source; write the IPv4 prefix itself");
        }
        return new Clients(false, List.of(prefix), List.of());
    }

    private static PortRange ports(String text) {
        var range = PORT_RANGE.matcher(text);
        if (!range.matches()) {
            throw refusal(text + " is no range of ports");
        }
        int first = Integer.parseInt(range.group(1));
        return new PortRange(first, range.group(2) == null ? first : Integer.parseInt(range.group(2)));
    }

    private static Ipv6Address host(String text) {
        var address = Ipv6Address.parse(text);
        if (address.high() == 0 || address.high() >>> 54 == 0xfe80 >>> 6 || address.high() >>> 56 == 0xff) {
            throw refusal(text + " is no address that other hosts can reach");
        }
        return address;
    }

    private static Duration duration(String text) {
        var amount = AMOUNT.matcher(text);
        if (!amount.matches() || !TIME_UNITS.containsKey(amount.group(2))) {
            throw refusal(text + " is no time; write a whole number and a unit, ms, s, m, h or d, such as 90s or 5m");
        }
        return TIME_UNITS.get(amount.group(2)).multipliedBy(Long.parseLong(amount.group(1)));
    }

    private static long size(String text) {
        var amount = AMOUNT.matcher(text);
        if (!amount.matches() || !SIZE_UNITS.containsKey(amount.group(2))) {
            throw refusal(text + " is no size; write a whole number and a unit, Ki, Mi or Gi, such as 64Mi");
        }
        return Long.parseLong(amount.group(1)) << SIZE_UNITS.get(amount.group(2));
    }

    private static String deviceName(String text) {
        if (text.length() > LONGEST_NAME) {
            throw refusal("%s has %d characters, Linux takes %d".formatted(text, text.length(), LONGEST_NAME));
        }
        if (!NAME.matcher(text).matches() || TAKEN_NAMES.contains(text)) {
            throw refusal("'" + text + "' is no device name; use letters, digits, '_', '-' and '.', not first '-' or"
                    + " '.', and none of " + String.join(", ", TAKEN_NAMES));
        }
        return text;
    }

    /** {@code 192.0.2.1}, {@code 192.0.2.1:53}, {@code 2001:db8::1}, {@code [2001:db8::1]:53}. */
    static InetSocketAddress socket(String text, int defaultPort) {
        boolean bareIpv6 = text.indexOf(':') != text.lastIndexOf(':') && !text.startsWith("[");
        var parts = SOCKET.matcher(bareIpv6 ? "[" + text + "]" : text);
        if (!parts.matches()) {
            throw refusal(text + " is no address with a port");
        }
        boolean inBrackets = parts.group(1) != null;
        var port = parts.group(inBrackets ? 2 : 4);
        return new InetSocketAddress(
                inBrackets ? ipv6(parts.group(1)) : ipv4(parts.group(3)),
                port == null ? defaultPort : integer(1, 65_535).parse(port));
    }

    private static InetAddress ipv4(String text) {
        Ipv4Prefix.parse(text + "/32"); // stricter than the JDK, which takes 127.1 and 0x7f.0.0.1
        return InetAddress.ofLiteral(text);
    }

    private static InetAddress ipv6(String text) {
        if (Ipv6Address.parse(text).isIpv4Mapped()) {
            throw refusal(text + " is IPv4-mapped; write the IPv4 address itself");
        }
        return InetAddress.ofLiteral(text);
    }

    private static IllegalArgumentException refusal(String sentence) {
        return new IllegalArgumentException(sentence);
    }
}
