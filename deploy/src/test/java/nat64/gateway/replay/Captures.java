// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.pcap4j.packet.AbstractPacket.AbstractBuilder;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV4Rfc1349Tos;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.IpV6SimpleFlowLabel;
import org.pcap4j.packet.IpV6SimpleTrafficClass;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.UdpPacket;
import org.pcap4j.packet.UnknownPacket;
import org.pcap4j.packet.namednumber.IpNumber;
import org.pcap4j.packet.namednumber.IpVersion;
import org.pcap4j.packet.namednumber.TcpPort;
import org.pcap4j.packet.namednumber.UdpPort;

/** Makes capture files of packets that pcap4j builds, and reads capture files, all without our own code. */
public final class Captures {

    public static final String CLIENT = "2001:db8:1::2";
    public static final String SERVER = "198.51.100.2";
    public static final String SERVER_IN_PREF64 = "2001:db8:64::c633:6402";
    public static final String CONFIG = """
            pref64: ["2001:db8:64::/96"]
            clients: ["2001:db8:1::/64"]
            translator:
              pool4: [{prefix: 203.0.113.1/32}]
            """;

    private static final long START = 1_700_000_000L;

    private final ByteBuffer octets = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);

    private Captures(int linkType) {
        octets.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0);
        octets.putInt(262_144).putInt(linkType);
    }

    public static Captures rawIp() {
        return new Captures(101);
    }

    public static Captures ethernet() {
        return new Captures(1);
    }

    /** Adds a frame, so long after the start of the capture. */
    public Captures add(Duration after, byte[] frame) {
        return add(after, frame, frame.length);
    }

    public Captures add(Duration after, byte[] frame, int lengthOnWire) {
        octets.putInt((int) (START + after.toSeconds())).putInt(after.toNanosPart() / 1000);
        octets.putInt(frame.length).putInt(lengthOnWire).put(frame);
        return this;
    }

    public Path write(Path file) throws IOException {
        return Files.write(file, java.util.Arrays.copyOf(octets.array(), octets.position()));
    }

    /** A frame as a file holds it; the time counts from the same start. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares frames
    public record Frame(Duration after, byte[] octets) {}

    public static List<Frame> read(Path file) throws IOException {
        var octets = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        octets.position(24);
        var frames = new ArrayList<Frame>();
        while (octets.hasRemaining()) {
            var after = Duration.ofSeconds(octets.getInt() - START).plusNanos(octets.getInt() * 1000L);
            var frame = new byte[octets.getInt()];
            octets.getInt();
            octets.get(frame);
            frames.add(new Frame(after, frame));
        }
        return frames;
    }

    public static byte[] inEthernet(int type, byte[] packet) {
        return ByteBuffer.allocate(14 + packet.length)
                .put(new byte[12])
                .putShort((short) type)
                .put(packet)
                .array();
    }

    public static byte[] udp(String source, int sourcePort, String destination, int destinationPort, int hopLimit) {
        return ip(
                source,
                destination,
                IpNumber.UDP,
                hopLimit,
                new UdpPacket.Builder()
                        .srcAddr(address(source))
                        .dstAddr(address(destination))
                        .srcPort(UdpPort.getInstance((short) sourcePort))
                        .dstPort(UdpPort.getInstance((short) destinationPort))
                        .correctChecksumAtBuild(true)
                        .correctLengthAtBuild(true)
                        .payloadBuilder(new UnknownPacket.Builder().rawData(new byte[] {1, 2, 3, 4})));
    }

    public static byte[] tcp(String source, int sourcePort, String destination, int destinationPort, String flags) {
        return ip(
                source,
                destination,
                IpNumber.TCP,
                64,
                new TcpPacket.Builder()
                        .srcAddr(address(source))
                        .dstAddr(address(destination))
                        .srcPort(TcpPort.getInstance((short) sourcePort))
                        .dstPort(TcpPort.getInstance((short) destinationPort))
                        .dataOffset((byte) 5)
                        .syn(flags.contains("S"))
                        .ack(flags.contains("A"))
                        .fin(flags.contains("F"))
                        .rst(flags.contains("R"))
                        .window((short) 4096)
                        .correctChecksumAtBuild(true)
                        .correctLengthAtBuild(true));
    }

    public static byte[] ip(
            String source, String destination, IpNumber protocol, int hopLimit, AbstractBuilder payload) {
        return address(source) instanceof Inet6Address
                ? new IpV6Packet.Builder()
                        .version(IpVersion.IPV6)
                        .trafficClass(IpV6SimpleTrafficClass.newInstance((byte) 0))
                        .flowLabel(IpV6SimpleFlowLabel.newInstance(0))
                        .nextHeader(protocol)
                        .hopLimit((byte) hopLimit)
                        .srcAddr((Inet6Address) address(source))
                        .dstAddr((Inet6Address) address(destination))
                        .correctLengthAtBuild(true)
                        .payloadBuilder(payload)
                        .build()
                        .getRawData()
                : new IpV4Packet.Builder()
                        .version(IpVersion.IPV4)
                        .tos(IpV4Rfc1349Tos.newInstance((byte) 0))
                        .ttl((byte) hopLimit)
                        .protocol(protocol)
                        .srcAddr((Inet4Address) address(source))
                        .dstAddr((Inet4Address) address(destination))
                        .correctChecksumAtBuild(true)
                        .correctLengthAtBuild(true)
                        .payloadBuilder(payload)
                        .build()
                        .getRawData();
    }

    public static IpV4Packet ipv4(byte[] octets) {
        try {
            return IpV4Packet.newPacket(octets, 0, octets.length);
        } catch (org.pcap4j.packet.IllegalRawDataException e) {
            throw new AssertionError("pcap4j can't read the packet", e);
        }
    }

    public static IpV6Packet ipv6(byte[] octets) {
        try {
            return IpV6Packet.newPacket(octets, 0, octets.length);
        } catch (org.pcap4j.packet.IllegalRawDataException e) {
            throw new AssertionError("pcap4j can't read the packet", e);
        }
    }

    private static InetAddress address(String text) {
        return InetAddress.ofLiteral(text);
    }
}
