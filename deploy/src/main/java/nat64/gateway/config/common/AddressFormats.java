// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.common;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.address.SpecialIpv6;
import nat64.translator.session.pool4.PortRange;

/** How addresses, prefixes and ports are written. */
public final class AddressFormats {

    public static final Format<Pref64> PREF64 =
            Format.of("64:ff9b::/96", Pref64::parse).withExamples("64:ff9b::/96", "2001:db8:64::/96");
    public static final Format<Ipv4Prefix> IPV4_PREFIX = Format.of("100.64.64.0/29", Ipv4Prefix::parse);
    public static final Format<Ipv6Prefix> IPV6_PREFIX = Format.of("2001:db8::/32", Ipv6Prefix::parse);
    public static final Format<Clients> CLIENTS = Format.of("2001:db8::/32", AddressFormats::clients);
    public static final Format<PortRange> PORTS =
            Format.of("1024-65535", AddressFormats::ports).withSchema(Map.of("type", List.of("string", "integer")));
    public static final Format<Ipv6Address> HOST = Format.of("64:ff9b:1:ffff::1", AddressFormats::host);

    private static final Pattern PORT_RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");
    private static final Pattern SOCKET = Pattern.compile("\\[([^\\]]*)](?::(.*))?|([^:]*)(?::([^:]*))?");

    private AddressFormats() {}

    /** Addresses of this host, {@code auto} included. */
    public static Format<Endpoints> listen(int port) {
        return endpoints(port).and(AddressFormats::refuseMulticast);
    }

    /** Addresses with a port, {@code auto} included. */
    public static Format<Endpoints> endpoints(int defaultPort) {
        return Format.of(
                "192.0.2.1, \"[2001:db8::1]:" + defaultPort + "\"",
                text -> text.equals(Formats.AUTO)
                        ? new Endpoints(true, List.of())
                        : new Endpoints(false, List.of(socket(text, defaultPort))));
    }

    public static Format<InetSocketAddress> socket(int defaultPort) {
        return Format.of("127.0.0.1:" + defaultPort, text -> socket(text, defaultPort));
    }

    /** {@code 192.0.2.1}, {@code 192.0.2.1:53}, {@code 2001:db8::1}, {@code [2001:db8::1]:53}, {@code fe80::1%eth0}. */
    public static InetSocketAddress socket(String text, int defaultPort) {
        boolean bareIpv6 = text.indexOf(':') != text.lastIndexOf(':') && !text.startsWith("[");
        var parts = SOCKET.matcher(bareIpv6 ? "[" + text + "]" : text);
        if (!parts.matches()) {
            throw refusal(text + " is not an address with a port");
        }
        boolean inBrackets = parts.group(1) != null;
        var port = parts.group(inBrackets ? 2 : 4);
        return new InetSocketAddress(
                inBrackets ? ipv6(parts.group(1)) : ipv4(parts.group(3)),
                port == null ? defaultPort : Formats.integer(1, 65_535).parse(port));
    }

    private static Clients clients(String text) {
        if (text.equals(Formats.AUTO)) {
            return new Clients(true, List.of(), List.of());
        }
        if (text.indexOf(':') < 0) {
            return new Clients(false, List.of(), List.of(Ipv4Prefix.parse(text)));
        }
        var prefix = Ipv6Prefix.parse(text);
        if (prefix.length() >= 96 && Ipv6Prefix.IPV4_MAPPED.overlaps(prefix)) {
            throw refusal(text + " is IPv4-mapped, and no packet has such a source; write the IPv4 prefix itself");
        }
        return new Clients(false, List.of(prefix), List.of());
    }

    private static PortRange ports(String text) {
        var range = PORT_RANGE.matcher(text);
        if (!range.matches()) {
            throw refusal(text + " is not a range of ports");
        }
        int first = Integer.parseInt(range.group(1));
        return new PortRange(first, range.group(2) == null ? first : Integer.parseInt(range.group(2)));
    }

    private static Ipv6Address host(String text) {
        var address = Ipv6Address.parse(text);
        if (address.high() == 0 || !SpecialIpv6.isRouted(address.high(), address.low())) {
            throw refusal(text + " is not an address that other hosts can reach");
        }
        return address;
    }

    private static InetAddress ipv4(String text) {
        Ipv4Prefix.parse(text + "/32"); // stricter than the JDK, which takes 127.1 and 0x7f.0.0.1
        return InetAddress.ofLiteral(text);
    }

    /** A link-local address has an interface, and no other address does (RFC 4007, section 11). */
    private static InetAddress ipv6(String text) {
        int zone = text.indexOf('%');
        var address = Ipv6Address.parse(zone < 0 ? text : text.substring(0, zone));
        if (address.isIpv4Mapped()) {
            throw refusal(text + " is IPv4-mapped; write the IPv4 address itself");
        }
        boolean isLinkLocal = SpecialIpv6.isLinkLocal(address.high());
        if (isLinkLocal != zone >= 0) {
            throw refusal(
                    isLinkLocal
                            ? text + " is link-local, so it needs an interface; write for example " + text + "%eth0"
                            : text + " is not link-local, so it has no interface; leave out the % and what follows");
        }
        return zone < 0 ? InetAddress.ofLiteral(text) : LinkLocal.address(address, text.substring(zone + 1));
    }

    private static void refuseMulticast(Endpoints endpoints) {
        for (var endpoint : endpoints.given()) {
            if (endpoint.getAddress().isMulticastAddress()) {
                throw new IllegalArgumentException(endpoint.getAddress().getHostAddress()
                        + " is a multicast address, not the address of one host");
            }
        }
    }

    private static IllegalArgumentException refusal(String sentence) {
        return new IllegalArgumentException(sentence);
    }
}
