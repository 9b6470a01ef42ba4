// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import nat64.gateway.e2e.Beds;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.Namespace;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.Pcaps;
import org.pcap4j.packet.AbstractPacket.AbstractBuilder;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV4Rfc1349Tos;
import org.pcap4j.packet.IpV6ExtFragmentPacket;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.IpV6SimpleFlowLabel;
import org.pcap4j.packet.IpV6SimpleTrafficClass;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.UdpPacket;
import org.pcap4j.packet.UnknownPacket;
import org.pcap4j.packet.namednumber.EtherType;
import org.pcap4j.packet.namednumber.IpNumber;
import org.pcap4j.packet.namednumber.IpVersion;
import org.pcap4j.packet.namednumber.TcpPort;
import org.pcap4j.packet.namednumber.UdpPort;
import org.pcap4j.util.MacAddress;

/**
 * Many packets that nobody expects, made by pcap4j, sent by a process of its own on a host of a bed. Ends by itself.
 */
public final class Flood {

    /** Nobody answers from there; the bed's server owns the route and drops what comes. */
    public static final String NOWHERE = "192.52.195.0/24";

    private static final String NOWHERE_PREFIX = "192.52.195.";
    private static final String NOWHERE_IN_PREF64 = "64:ff9b::192.52.195.";
    private static final int PER_SECOND = 10_000;

    private final Random random = new Random(6146);

    private Flood() {}

    /** What is sent, and to which port of pool4 where it comes from the IPv4 side. */
    enum Kind {
        SYNS_FROM_IPV6,
        FRAGMENTS_FROM_IPV6,
        SYNS_FROM_IPV4,
        DATAGRAMS_FROM_IPV4,
        FRAGMENTS_FROM_IPV4
    }

    /** Where to: the MAC address of the gateway, and an address and a port of pool4. */
    record Target(String gatewayMac, String pool4, int port) {}

    /** Sends so many from a host, and returns when they are sent. */
    static void send(Namespace host, Kind kind, int packets, Target target) throws HostException {
        var command = List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "--enable-native-access=ALL-UNNAMED",
                Flood.class.getName(),
                kind.name(),
                Integer.toString(packets),
                target.gatewayMac(),
                target.pool4(),
                Integer.toString(target.port()));
        var result = host.attempt(command, Beds.PATIENCE);
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    /** In the namespace: kind, count, MAC address of the gateway, address and port of pool4. */
    public static void main(String[] arguments) throws Exception {
        var flood = new Flood();
        var kind = Kind.valueOf(arguments[0]);
        var gateway = MacAddress.getByName(arguments[2]);
        var pool4 = (Inet4Address) InetAddress.getByName(arguments[3]);
        int port = Integer.parseInt(arguments[4]);
        try (var link = Pcaps.getDevByName("eth0").openLive(64, PromiscuousMode.NONPROMISCUOUS, 1)) {
            long start = System.nanoTime();
            for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                send(link, gateway, flood.packet(kind, pool4, port));
                long due = start + i * (Duration.ofSeconds(1).toNanos() / PER_SECOND);
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
    }

    private static void send(PcapHandle link, MacAddress gateway, AbstractBuilder ip) throws Exception {
        link.sendPacket(new EthernetPacket.Builder()
                .srcAddr(MacAddress.getByName("02:00:00:00:00:64"))
                .dstAddr(gateway)
                .type(ip instanceof IpV6Packet.Builder ? EtherType.IPV6 : EtherType.IPV4)
                .payloadBuilder(ip)
                .paddingAtBuild(true)
                .build());
    }

    private AbstractBuilder packet(Kind kind, Inet4Address inside, int port) throws UnknownHostException {
        var client = (Inet6Address) InetAddress.getByName(
                "2001:db8:1::%x:%x".formatted(1 + random.nextInt(0xfffe), random.nextInt(0x10000)));
        var stranger = (Inet4Address) InetAddress.getByName(NOWHERE_PREFIX + (1 + random.nextInt(254)));
        var nowhere = (Inet6Address) InetAddress.getByName(NOWHERE_IN_PREF64 + (1 + random.nextInt(254)));
        return switch (kind) {
            case SYNS_FROM_IPV6 -> ip6(client, nowhere, IpNumber.TCP, syn(client, nowhere, 80));
            case FRAGMENTS_FROM_IPV6 -> ip6(client, nowhere, IpNumber.IPV6_FRAG, fragment6(client, nowhere));
            case SYNS_FROM_IPV4 -> ip4(stranger, inside, IpNumber.TCP, syn(stranger, inside, anyPort()));
            case DATAGRAMS_FROM_IPV4 -> ip4(stranger, inside, IpNumber.UDP, datagram(stranger, inside, port));
            case FRAGMENTS_FROM_IPV4 -> {
                boolean first = random.nextBoolean();
                yield ip4(stranger, inside, IpNumber.UDP, first ? datagram(stranger, inside, port) : data(64))
                        .fragmentOffset((short) (first ? 0 : 9))
                        .moreFragmentFlag(first);
            }
        };
    }

    private static IpV6Packet.Builder ip6(
            Inet6Address source, Inet6Address destination, IpNumber next, AbstractBuilder payload) {
        return new IpV6Packet.Builder()
                .version(IpVersion.IPV6)
                .trafficClass(IpV6SimpleTrafficClass.newInstance((byte) 0))
                .flowLabel(IpV6SimpleFlowLabel.newInstance(0))
                .nextHeader(next)
                .hopLimit((byte) 64)
                .srcAddr(source)
                .dstAddr(destination)
                .correctLengthAtBuild(true)
                .payloadBuilder(payload);
    }

    private IpV4Packet.Builder ip4(
            Inet4Address source, Inet4Address destination, IpNumber protocol, AbstractBuilder payload) {
        return new IpV4Packet.Builder()
                .version(IpVersion.IPV4)
                .tos(IpV4Rfc1349Tos.newInstance((byte) 0))
                .identification((short) random.nextInt())
                .ttl((byte) 64)
                .protocol(protocol)
                .srcAddr(source)
                .dstAddr(destination)
                .correctChecksumAtBuild(true)
                .correctLengthAtBuild(true)
                .payloadBuilder(payload);
    }

    /** A first fragment that nothing follows, or a later one that nothing precedes. */
    private AbstractBuilder fragment6(Inet6Address source, Inet6Address destination) {
        boolean first = random.nextBoolean();
        return new IpV6ExtFragmentPacket.Builder()
                .nextHeader(IpNumber.UDP)
                .fragmentOffset((short) (first ? 0 : 9))
                .m(first)
                .identification(random.nextInt())
                .payloadBuilder(first ? datagram(source, destination, 9) : data(64));
    }

    private AbstractBuilder syn(InetAddress source, InetAddress destination, int port) {
        return new TcpPacket.Builder()
                .srcPort(TcpPort.getInstance((short) anyPort()))
                .dstPort(TcpPort.getInstance((short) port))
                .sequenceNumber(random.nextInt())
                .syn(true)
                .window((short) 1024)
                .srcAddr(source)
                .dstAddr(destination)
                .correctChecksumAtBuild(true)
                .correctLengthAtBuild(true);
    }

    private AbstractBuilder datagram(InetAddress source, InetAddress destination, int port) {
        return new UdpPacket.Builder()
                .srcPort(UdpPort.getInstance((short) anyPort()))
                .dstPort(UdpPort.getInstance((short) port))
                .srcAddr(source)
                .dstAddr(destination)
                .correctChecksumAtBuild(true)
                .correctLengthAtBuild(true)
                .payloadBuilder(data(64));
    }

    private static AbstractBuilder data(int octets) {
        return new UnknownPacket.Builder().rawData(new byte[octets]);
    }

    private int anyPort() {
        return 1024 + random.nextInt(60_000);
    }
}
