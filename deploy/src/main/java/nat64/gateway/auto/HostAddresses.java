// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nat64.gateway.system.HostException;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;

/**
 * What {@code auto} means in a configuration: the host's own addresses and the prefixes on its links. Loopback and
 * link-local addresses don't count.
 */
public record HostAddresses(List<Attachment> attachments) {

    private static final Pattern NAMESERVER = Pattern.compile("\\s*nameserver\\s+(\\S+).*");

    /** An address of the host on one of its interfaces, and how many of its bits are the link's. */
    public record Attachment(String device, InetAddress address, int prefixLength) {}

    public HostAddresses {
        attachments = attachments.stream()
                .filter(attachment -> isForOthers(attachment.address))
                .toList();
    }

    /**
     * Those of this host's interfaces that are up.
     *
     * @throws HostException if they can't be listed
     */
    public static HostAddresses ofThisHost() throws HostException {
        var attachments = new ArrayList<Attachment>();
        try {
            for (var device : NetworkInterface.networkInterfaces().toList()) {
                if (device.isUp()) {
                    for (var address : device.getInterfaceAddresses()) {
                        attachments.add(new Attachment(
                                device.getName(), address.getAddress(), address.getNetworkPrefixLength()));
                    }
                }
            }
        } catch (SocketException e) {
            throw new HostException("cannot list the addresses of this host: " + e.getMessage(), e);
        }
        return new HostAddresses(attachments);
    }

    /** All but those on the named device, the translator's. */
    public HostAddresses except(String device) {
        return new HostAddresses(attachments.stream()
                .filter(attachment -> !attachment.device.equals(device))
                .toList());
    }

    /** The addresses, each once and without a zone. */
    public List<InetAddress> addresses() {
        return attachments.stream()
                .map(attachment -> withoutZone(attachment.address))
                .distinct()
                .toList();
    }

    /** The IPv4 addresses, each once, as prefixes. */
    public List<Ipv4Prefix> ipv4Addresses() {
        return attachments.stream()
                .filter(attachment -> attachment.address instanceof Inet4Address)
                .map(attachment -> new Ipv4Prefix(
                        ByteBuffer.wrap(attachment.address.getAddress()).getInt(), 32))
                .distinct()
                .toList();
    }

    /** The IPv6 prefixes on the links, each once. */
    public List<Ipv6Prefix> ipv6Prefixes() {
        return attachments.stream()
                .filter(attachment -> attachment.address instanceof Inet6Address)
                .map(HostAddresses::ipv6Prefix)
                .distinct()
                .toList();
    }

    /** The IPv4 prefixes on the links, each once. */
    public List<Ipv4Prefix> ipv4Prefixes() {
        return attachments.stream()
                .filter(attachment -> attachment.address instanceof Inet4Address)
                .map(HostAddresses::ipv4Prefix)
                .distinct()
                .toList();
    }

    /**
     * The resolvers in a {@code resolv.conf}, in its order, but for those named as own: a DNS64 must not ask itself.
     * Other lines, and those with something else than an address, are ignored.
     */
    public static List<InetAddress> resolvers(String resolvConf, Collection<InetAddress> own) {
        return resolvConf
                .lines()
                .map(NAMESERVER::matcher)
                .filter(Matcher::matches)
                .flatMap(line -> address(line.group(1)))
                .filter(resolver -> !own.contains(resolver))
                .distinct()
                .toList();
    }

    private static Stream<InetAddress> address(String text) {
        try {
            return Stream.of(InetAddress.ofLiteral(text)).filter(HostAddresses::isReachable);
        } catch (IllegalArgumentException e) {
            return Stream.empty(); // no address, or the zone of an interface that is gone
        }
    }

    /** Without a zone, nothing says on which link a link-local address is. */
    private static boolean isReachable(InetAddress address) {
        return !(address instanceof Inet6Address ipv6) || !ipv6.isLinkLocalAddress() || ipv6.getScopeId() != 0;
    }

    private static boolean isForOthers(InetAddress address) {
        return !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isAnyLocalAddress()
                && !address.isMulticastAddress();
    }

    private static InetAddress withoutZone(InetAddress address) {
        return address instanceof Inet6Address
                ? InetAddress.ofLiteral(
                        Ipv6Address.ofBytes(address.getAddress()).toString())
                : address;
    }

    private static Ipv6Prefix ipv6Prefix(Attachment attachment) {
        var address = Ipv6Address.ofBytes(attachment.address.getAddress());
        int length = attachment.prefixLength;
        long high = length == 0 ? 0 : address.high() & (-1L << Math.max(0, 64 - length));
        long low = length <= 64 ? 0 : address.low() & (-1L << (128 - length));
        return new Ipv6Prefix(high, low, length);
    }

    private static Ipv4Prefix ipv4Prefix(Attachment attachment) {
        int address = ByteBuffer.wrap(attachment.address.getAddress()).getInt();
        int length = attachment.prefixLength;
        return new Ipv4Prefix(length == 0 ? 0 : address & (-1 << (32 - length)), length);
    }
}
