// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.ethernet;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import org.pcap4j.packet.ArpPacket;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IcmpV6CommonPacket;
import org.pcap4j.packet.IcmpV6NeighborAdvertisementPacket;
import org.pcap4j.packet.IcmpV6NeighborSolicitationPacket;
import org.pcap4j.packet.IpV6NeighborDiscoverySourceLinkLayerAddressOption;
import org.pcap4j.packet.IpV6NeighborDiscoveryTargetLinkLayerAddressOption;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.IpV6SimpleFlowLabel;
import org.pcap4j.packet.IpV6SimpleTrafficClass;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.namednumber.ArpHardwareType;
import org.pcap4j.packet.namednumber.ArpOperation;
import org.pcap4j.packet.namednumber.EtherType;
import org.pcap4j.packet.namednumber.IcmpV6Code;
import org.pcap4j.packet.namednumber.IcmpV6Type;
import org.pcap4j.packet.namednumber.IpNumber;
import org.pcap4j.packet.namednumber.IpVersion;
import org.pcap4j.util.MacAddress;

/** Frames of ARP and neighbor discovery, built by pcap4j, and the hosts that send them. */
final class Frames {

    static final String OWN_MAC = "02:00:00:00:00:01";
    static final String HOST_MAC = "02:00:00:00:00:aa";
    static final String OTHER_MAC = "02:00:00:00:00:bb";
    static final String ALL = "ff:ff:ff:ff:ff:ff";

    static final String ROUTER = "2001:db8:1::64";
    static final String OWN_LINK_LOCAL = "fe80::ff:fe00:1";
    static final String HOST6 = "2001:db8:1::2";
    static final String IN_PREF64 = "64:ff9b::c000:201";
    static final String HOST_IPV4 = "192.0.2.1";
    static final String IN_POOL4 = "192.0.2.65";
    static final String HOST4 = "192.0.2.9";

    static final LinkIdentity IPV6 =
            LinkIdentity.ipv6(mac(OWN_MAC), List.of(Ipv6Prefix.parse("64:ff9b::/96")), Ipv6Address.parse(ROUTER));
    static final LinkIdentity IPV4 = LinkIdentity.ipv4(
            mac(OWN_MAC),
            List.of(Ipv4Prefix.parse("192.0.2.64/29")),
            java.util.Optional.of(Ipv4Address.parse(HOST_IPV4)),
            Ipv4Address.parse(IN_POOL4));

    private Frames() {}

    static long mac(String text) {
        return nat64.translator.device.ethernet.MacAddress.of(
                MacAddress.getByName(text).getAddress());
    }

    static byte[] arp(ArpOperation operation, String senderMac, String sender, String targetMac, String target) {
        var arp = new ArpPacket.Builder()
                .hardwareType(ArpHardwareType.ETHERNET)
                .protocolType(EtherType.IPV4)
                .hardwareAddrLength((byte) 6)
                .protocolAddrLength((byte) 4)
                .operation(operation)
                .srcHardwareAddr(MacAddress.getByName(senderMac))
                .srcProtocolAddr(ip4(sender))
                .dstHardwareAddr(MacAddress.getByName(targetMac))
                .dstProtocolAddr(ip4(target));
        return ethernet(senderMac, ALL, EtherType.ARP, arp);
    }

    /** With the source's MAC address unless the source is unspecified. */
    static byte[] solicitation(String source, String destination, String target, int hopLimit) {
        var message = new IcmpV6NeighborSolicitationPacket.Builder().targetAddress(ip6(target));
        if (!source.equals("::")) {
            message.options(List.of(new IpV6NeighborDiscoverySourceLinkLayerAddressOption.Builder()
                    .linkLayerAddress(MacAddress.getByName(HOST_MAC).getAddress())
                    .correctLengthAtBuild(true)
                    .build()));
        } else {
            message.options(List.of());
        }
        return icmpv6(IcmpV6Type.NEIGHBOR_SOLICITATION, source, destination, hopLimit, message);
    }

    /** To the link's own link-local address. */
    static byte[] advertisement(String target, String mac, boolean solicited, boolean override) {
        var message = new IcmpV6NeighborAdvertisementPacket.Builder()
                .targetAddress(ip6(target))
                .solicitedFlag(solicited)
                .overrideFlag(override)
                .options(List.of(new IpV6NeighborDiscoveryTargetLinkLayerAddressOption.Builder()
                        .linkLayerAddress(MacAddress.getByName(mac).getAddress())
                        .correctLengthAtBuild(true)
                        .build()));
        return icmpv6(IcmpV6Type.NEIGHBOR_ADVERTISEMENT, target, OWN_LINK_LOCAL, 255, message);
    }

    private static byte[] icmpv6(
            IcmpV6Type type, String source, String destination, int hopLimit, Packet.Builder message) {
        var icmp = new IcmpV6CommonPacket.Builder()
                .type(type)
                .code(IcmpV6Code.NO_CODE)
                .srcAddr(ip6(source))
                .dstAddr(ip6(destination))
                .correctChecksumAtBuild(true)
                .payloadBuilder(message);
        var ipv6 = new IpV6Packet.Builder()
                .version(IpVersion.IPV6)
                .trafficClass(IpV6SimpleTrafficClass.newInstance((byte) 0))
                .flowLabel(IpV6SimpleFlowLabel.newInstance(0))
                .nextHeader(IpNumber.ICMPV6)
                .hopLimit((byte) hopLimit)
                .srcAddr(ip6(source))
                .dstAddr(ip6(destination))
                .correctLengthAtBuild(true)
                .payloadBuilder(icmp);
        return ethernet(HOST_MAC, OWN_MAC, EtherType.IPV6, ipv6);
    }

    private static byte[] ethernet(String source, String destination, EtherType type, Packet.Builder payload) {
        return new EthernetPacket.Builder()
                .srcAddr(MacAddress.getByName(source))
                .dstAddr(MacAddress.getByName(destination))
                .type(type)
                .paddingAtBuild(true)
                .payloadBuilder(payload)
                .build()
                .getRawData();
    }

    static Inet4Address ip4(String text) {
        return (Inet4Address) ip(text);
    }

    static Inet6Address ip6(String text) {
        return (Inet6Address) ip(text);
    }

    private static InetAddress ip(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
