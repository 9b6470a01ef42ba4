// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import nat64.gateway.system.HostException;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;

/**
 * The addresses of a host, each with its link. Loopback and link-local addresses don't count.
 *
 * @param uplinks the links by which it has a route to the IPv4 Internet
 */
public record HostAddresses(List<Attachment> attachments, Set<String> uplinks) {

    private static final String LOOPBACK = "lo";

    /** What the kernel says of an IPv6 address; ip-address(8). */
    public enum Flag {
        /** It is not known yet whether another host has it. */
        TENTATIVE,
        /** Another host has it. */
        DADFAILED,
        /** No longer for new connections. */
        DEPRECATED,
        /** Made for privacy, and replaced soon (RFC 8981). */
        TEMPORARY
    }

    /** An address of the host on one of its links, and how many of its bits are the link's. */
    public record Attachment(String device, InetAddress address, int prefixLength, Set<Flag> flags) {

        public Attachment {
            flags = Set.copyOf(flags);
        }

        /** Without flags. */
        public Attachment(String device, InetAddress address, int prefixLength) {
            this(device, address, prefixLength, Set.of());
        }
    }

    public HostAddresses {
        attachments = attachments.stream()
                .filter(attachment -> isForOthers(attachment.address))
                .toList();
        uplinks = Set.copyOf(uplinks);
    }

    /** Of a host without an IPv4 default route. */
    public HostAddresses(List<Attachment> attachments) {
        this(attachments, Set.of());
    }

    /**
     * Those of this host, whether their links are up or not.
     *
     * @throws HostException if they can't be listed
     */
    public static HostAddresses ofThisHost() throws HostException {
        return AddressReader.read();
    }

    /** All but those on the named device, the translator's. */
    public HostAddresses except(String device) {
        return new HostAddresses(
                attachments.stream()
                        .filter(attachment -> !attachment.device.equals(device))
                        .toList(),
                uplinks.stream().filter(uplink -> !uplink.equals(device)).collect(Collectors.toSet()));
    }

    /** Those that fulfil a condition. */
    HostAddresses only(Predicate<Attachment> condition) {
        return new HostAddresses(attachments.stream().filter(condition).toList(), uplinks);
    }

    /** Those on uplinks. */
    public HostAddresses onUplinks() {
        return only(this::isOnUplink);
    }

    /** Whether the host has an uplink, and other links beside it. */
    public boolean hasLinksBesideUplink() {
        return !uplinks.isEmpty()
                && attachments.stream()
                        .anyMatch(attachment -> !isOnUplink(attachment) && !attachment.device.equals(LOOPBACK));
    }

    /** Whether the address is on an uplink. */
    boolean isOnUplink(Attachment attachment) {
        return uplinks.contains(attachment.device);
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
