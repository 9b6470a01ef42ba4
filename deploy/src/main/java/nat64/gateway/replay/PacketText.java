// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.TcpHeader;

/**
 * A packet in words, such as {@code tcp [2001:db8::1]:4000 -> [64:ff9b::192.0.2.1]:443 syn ttl=64 length=60}: protocol,
 * source, destination, and then any of the TCP flags, {@code ttl}, {@code length} of the whole packet, {@code df}, and
 * of ICMP {@code id} and {@code reply}.
 */
public final class PacketText {

    private static final Pattern FORM =
            Pattern.compile("(?<protocol>\\S+)\\s+(?<source>\\S+)\\s*->\\s*(?<destination>\\S+)(?<options>.*)");
    private static final Pattern BRACKETED = Pattern.compile("\\[(?<address>[^]]+)](:(?<port>\\d{1,5}))?");
    private static final Pattern DOTTED = Pattern.compile("(?<address>[\\d.]+)(:(?<port>\\d{1,5}))?");
    private static final Pattern SEPARATORS = Pattern.compile("[\\s,]+");
    private static final Map<String, Integer> FLAGS =
            Map.of("syn", TcpHeader.SYN, "ack", 0x10, "fin", TcpHeader.FIN, "rst", TcpHeader.RST, "psh", TcpHeader.PSH);
    private static final int DEFAULT_TTL = 64;
    private static final int LARGEST_PORT = 65_535;

    private PacketText() {}

    /** Whether a text means a packet, not an address. */
    public static boolean isPacket(String text) {
        return text.contains("->");
    }

    /**
     * The octets of the packet; its checksums are right, its payload is zeros.
     *
     * @throws IllegalArgumentException if the text is no packet; the message says what to mend
     */
    public static byte[] parse(String text) {
        var form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw wrong("not a packet: " + text);
        }
        var options = options(form.group("options"));
        int protocol = protocol(form.group("protocol"));
        var source = Endpoint.parse(form.group("source"));
        var destination = Endpoint.parse(form.group("destination"));
        if (source.isIpv6() != destination.isIpv6()) {
            throw wrong("source and destination have to be of the same IP version");
        }
        var packet = new PacketBuilder(source.isIpv6(), source.address, destination.address)
                .hopLimit(number(options, "ttl", DEFAULT_TTL, 255))
                .dontFragment(options.remove("df") != null);
        int length = number(options, "length", 0, LARGEST_PORT);
        var octets = switch (protocol) {
            case IpProtocol.TCP -> packet.tcp(source.port(), destination.port(), flags(options), length);
            case IpProtocol.UDP -> packet.udp(source.port(), destination.port(), length);
            case IpProtocol.ICMPV4 -> packet.echo(options.remove("reply") == null, identifier(options), length);
            default -> packet.other(protocol, length);
        };
        if (!options.isEmpty()) {
            throw wrong("unknown here: " + String.join(", ", options.keySet()));
        }
        return octets;
    }

    private record Endpoint(String text, List<Long> address, int givenPort) {

        static Endpoint parse(String text) {
            for (var form : List.of(BRACKETED, DOTTED)) {
                var match = form.matcher(text);
                if (match.matches()) {
                    int port = match.group("port") == null ? -1 : Integer.parseInt(match.group("port"));
                    if (port > LARGEST_PORT) {
                        throw wrong("ports end at 65535: " + text);
                    }
                    return new Endpoint(text, address(match.group("address")), port);
                }
            }
            return new Endpoint(text, address(text), -1);
        }

        private static List<Long> address(String text) {
            if (text.indexOf(':') < 0) {
                return List.of((long) Ipv4Address.parse(text));
            }
            var address = Ipv6Address.parse(text);
            return List.of(address.high(), address.low());
        }

        boolean isIpv6() {
            return address.size() == 2;
        }

        int port() {
            if (givenPort < 0) {
                throw wrong("a port is missing: " + text);
            }
            return givenPort;
        }
    }

    private static int protocol(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "tcp" -> IpProtocol.TCP;
            case "udp" -> IpProtocol.UDP;
            case "icmp", "icmpv6" -> IpProtocol.ICMPV4;
            case "gre" -> 47;
            case "esp" -> 50;
            case "sctp" -> 132;
            default -> {
                if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > 255) {
                    throw wrong("not a protocol: " + text);
                }
                yield Integer.parseInt(text);
            }
        };
    }

    private static Map<String, String> options(String text) {
        var options = new HashMap<String, String>();
        for (var word : SEPARATORS.splitAsStream(text).toList()) {
            int equals = word.indexOf('=');
            if (!word.isEmpty()) {
                var name = equals < 0 ? word : word.substring(0, equals);
                options.put(name.toLowerCase(Locale.ROOT), equals < 0 ? "" : word.substring(equals + 1));
            }
        }
        return options;
    }

    /** Without any word a segment opens a connection. */
    private static int flags(Map<String, String> options) {
        int flags = 0;
        for (var flag : FLAGS.entrySet()) {
            flags |= options.remove(flag.getKey()) == null ? 0 : flag.getValue();
        }
        return flags == 0 ? TcpHeader.SYN : flags;
    }

    private static int identifier(Map<String, String> options) {
        return number(options, "id", 1, LARGEST_PORT);
    }

    private static int number(Map<String, String> options, String name, int otherwise, int most) {
        var text = options.remove(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) > most) {
            throw wrong(name + " is a number up to " + most + ", not \"" + text + "\"");
        }
        return Integer.parseInt(text);
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(what);
    }
}
