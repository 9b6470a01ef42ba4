// SPDX-License-Identifier: Apache-2.0
package nat64.translator.testing;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.pcap4j.packet.AbstractPacket.AbstractBuilder;
import org.pcap4j.packet.IcmpV4CommonPacket;
import org.pcap4j.packet.IcmpV4EchoPacket;
import org.pcap4j.packet.IcmpV4EchoReplyPacket;
import org.pcap4j.packet.IcmpV6CommonPacket;
import org.pcap4j.packet.IcmpV6EchoReplyPacket;
import org.pcap4j.packet.IcmpV6EchoRequestPacket;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV4Rfc1349Tos;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.IpV6SimpleFlowLabel;
import org.pcap4j.packet.IpV6SimpleTrafficClass;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.UdpPacket;
import org.pcap4j.packet.UnknownPacket;
import org.pcap4j.packet.namednumber.IcmpV4Code;
import org.pcap4j.packet.namednumber.IcmpV4Type;
import org.pcap4j.packet.namednumber.IcmpV6Code;
import org.pcap4j.packet.namednumber.IcmpV6Type;
import org.pcap4j.packet.namednumber.IpNumber;
import org.pcap4j.packet.namednumber.IpVersion;
import org.pcap4j.packet.namednumber.TcpPort;
import org.pcap4j.packet.namednumber.UdpPort;

/** Builds packets with pcap4j, so that nothing of ours decides what a right packet is. */
public final class Packets {

    private Packets() {}

    /** Some payload of a length, each octet another. */
    public static byte[] payload(int length) {
        var octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) (i * 7 + i / 251);
        }
        return octets;
    }

    public static byte[] udp6(String source, int sourcePort, String destination, int destinationPort, byte[] payload) {
        return ipv6(
                source,
                destination,
                IpNumber.UDP,
                64,
                udp(ip6(source), sourcePort, ip6(destination), destinationPort, payload));
    }

    public static byte[] udp4(String source, int sourcePort, String destination, int destinationPort, byte[] payload) {
        return ipv4(
                source,
                destination,
                IpNumber.UDP,
                64,
                true,
                udp(ip4(source), sourcePort, ip4(destination), destinationPort, payload));
    }

    public static byte[] tcp6(
            String source, int sourcePort, String destination, int destinationPort, String flags, byte[] payload) {
        return ipv6(
                source,
                destination,
                IpNumber.TCP,
                64,
                tcp(ip6(source), sourcePort, ip6(destination), destinationPort, flags, payload));
    }

    public static byte[] tcp4(
            String source, int sourcePort, String destination, int destinationPort, String flags, byte[] payload) {
        return ipv4(
                source,
                destination,
                IpNumber.TCP,
                64,
                true,
                tcp(ip4(source), sourcePort, ip4(destination), destinationPort, flags, payload));
    }

    public static byte[] echo6(String source, String destination, boolean request, int identifier, int sequence) {
        var echo = request
                ? new IcmpV6EchoRequestPacket.Builder()
                        .identifier((short) identifier)
                        .sequenceNumber((short) sequence)
                        .payloadBuilder(unknown(payload(56)))
                : new IcmpV6EchoReplyPacket.Builder()
                        .identifier((short) identifier)
                        .sequenceNumber((short) sequence)
                        .payloadBuilder(unknown(payload(56)));
        var type = request ? IcmpV6Type.ECHO_REQUEST : IcmpV6Type.ECHO_REPLY;
        return icmp6(source, destination, type, 0, echo);
    }

    public static byte[] echo4(String source, String destination, boolean request, int identifier, int sequence) {
        var echo = request
                ? new IcmpV4EchoPacket.Builder()
                        .identifier((short) identifier)
                        .sequenceNumber((short) sequence)
                        .payloadBuilder(unknown(payload(56)))
                : new IcmpV4EchoReplyPacket.Builder()
                        .identifier((short) identifier)
                        .sequenceNumber((short) sequence)
                        .payloadBuilder(unknown(payload(56)));
        var type = request ? IcmpV4Type.ECHO : IcmpV4Type.ECHO_REPLY;
        return icmp4(source, destination, type, 0, echo);
    }

    /** An ICMPv6 message with these four octets behind the checksum, and then the quoted packet. */
    public static byte[] error6(String source, String destination, int type, int code, int rest, byte[] quoted) {
        return icmp6(source, destination, IcmpV6Type.getInstance((byte) type), code, unknown(withRest(rest, quoted)));
    }

    /** An ICMPv4 message with these four octets behind the checksum, and then the quoted packet. */
    public static byte[] error4(String source, String destination, int type, int code, int rest, byte[] quoted) {
        return icmp4(source, destination, IcmpV4Type.getInstance((byte) type), code, unknown(withRest(rest, quoted)));
    }

    public static byte[] ipv6(String source, String destination, IpNumber next, int hopLimit, AbstractBuilder payload) {
        return new IpV6Packet.Builder()
                .version(IpVersion.IPV6)
                .trafficClass(IpV6SimpleTrafficClass.newInstance((byte) 0xb8))
                .flowLabel(IpV6SimpleFlowLabel.newInstance(0x12345))
                .nextHeader(next)
                .hopLimit((byte) hopLimit)
                .srcAddr(ip6(source))
                .dstAddr(ip6(destination))
                .correctLengthAtBuild(true)
                .payloadBuilder(payload)
                .build()
                .getRawData();
    }

    public static byte[] ipv4(
            String source,
            String destination,
            IpNumber protocol,
            int ttl,
            boolean dontFragment,
            AbstractBuilder payload) {
        return new IpV4Packet.Builder()
                .version(IpVersion.IPV4)
                .tos(IpV4Rfc1349Tos.newInstance((byte) 0x10))
                .identification((short) 0x4242)
                .dontFragmentFlag(dontFragment)
                .ttl((byte) ttl)
                .protocol(protocol)
                .srcAddr(ip4(source))
                .dstAddr(ip4(destination))
                .correctChecksumAtBuild(true)
                .correctLengthAtBuild(true)
                .payloadBuilder(payload)
                .build()
                .getRawData();
    }

    /** The IPv4 packet with its header checksum computed anew. */
    public static byte[] withHeaderChecksum(byte[] ipv4) {
        var header = java.nio.ByteBuffer.wrap(ipv4).putShort(10, (short) 0);
        int sum = 0;
        for (int i = 0; i < (ipv4[0] & 0xf) * 4; i += 2) {
            sum += header.getShort(i) & 0xffff;
        }
        sum = (sum >>> 16) + (sum & 0xffff);
        return header.putShort(10, (short) ~((sum >>> 16) + sum)).array();
    }

    public static AbstractBuilder udp(
            InetAddress source, int sourcePort, InetAddress destination, int destinationPort, byte[] payload) {
        return new UdpPacket.Builder()
                .srcAddr(source)
                .dstAddr(destination)
                .srcPort(UdpPort.getInstance((short) sourcePort))
                .dstPort(UdpPort.getInstance((short) destinationPort))
                .correctChecksumAtBuild(true)
                .correctLengthAtBuild(true)
                .payloadBuilder(unknown(payload));
    }

    public static AbstractBuilder tcp(
            InetAddress source,
            int sourcePort,
            InetAddress destination,
            int destinationPort,
            String flags,
            byte[] payload) {
        return new TcpPacket.Builder()
                .srcAddr(source)
                .dstAddr(destination)
                .srcPort(TcpPort.getInstance((short) sourcePort))
                .dstPort(TcpPort.getInstance((short) destinationPort))
                .sequenceNumber(0x01020304)
                .acknowledgmentNumber(0x0a0b0c0d)
                .dataOffset((byte) 5)
                .syn(flags.contains("S"))
                .ack(flags.contains("A"))
                .fin(flags.contains("F"))
                .rst(flags.contains("R"))
                .psh(flags.contains("P"))
                .window((short) 4096)
                .correctChecksumAtBuild(true)
                .correctLengthAtBuild(true)
                .payloadBuilder(unknown(payload));
    }

    public static Inet6Address ip6(String text) {
        return (Inet6Address) literal(text);
    }

    public static Inet4Address ip4(String text) {
        return (Inet4Address) literal(text);
    }

    public static UnknownPacket.Builder unknown(byte[] octets) {
        return new UnknownPacket.Builder().rawData(octets);
    }

    /** The packet as pcap4j reads it. */
    public static Packet parse(byte[] octets) {
        try {
            return octets[0] >>> 4 == 6
                    ? IpV6Packet.newPacket(octets, 0, octets.length)
                    : IpV4Packet.newPacket(octets, 0, octets.length);
        } catch (org.pcap4j.packet.IllegalRawDataException e) {
            throw new AssertionError("pcap4j can't read the packet", e);
        }
    }

    private static byte[] icmp6(String source, String destination, IcmpV6Type type, int code, AbstractBuilder body) {
        var icmp = new IcmpV6CommonPacket.Builder()
                .type(type)
                .code(IcmpV6Code.getInstance(type.value(), (byte) code))
                .srcAddr(ip6(source))
                .dstAddr(ip6(destination))
                .correctChecksumAtBuild(true)
                .payloadBuilder(body);
        return ipv6(source, destination, IpNumber.ICMPV6, 64, icmp);
    }

    private static byte[] icmp4(String source, String destination, IcmpV4Type type, int code, AbstractBuilder body) {
        var icmp = new IcmpV4CommonPacket.Builder()
                .type(type)
                .code(IcmpV4Code.getInstance(type.value(), (byte) code))
                .correctChecksumAtBuild(true)
                .payloadBuilder(body);
        return ipv4(source, destination, IpNumber.ICMPV4, 64, false, icmp);
    }

    private static byte[] withRest(int rest, byte[] quoted) {
        return java.nio.ByteBuffer.allocate(4 + quoted.length)
                .putInt(rest)
                .put(quoted)
                .array();
    }

    private static InetAddress literal(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(text, e);
        }
    }
}
