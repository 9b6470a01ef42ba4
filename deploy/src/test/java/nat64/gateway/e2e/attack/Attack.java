// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.attack;

import static nat64.gateway.e2e.attack.RawFrames.address;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import nat64.gateway.e2e.Beds;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.Namespace;
import nat64.gateway.testbed.TestBed;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.Pcaps;

/** Hostile packets, sent by a process of its own on a host of a bed, so many a second. Ends by itself. */
final class Attack {

    /** Where the attackers inside have their addresses: other subscribers than the client. */
    static final String ATTACKERS = "2001:db8:bad::/48";

    /** Nobody answers from there. */
    static final String NOWHERE = "192.52.195.0/24";

    private static final int RST = 4;
    private static final int SYN = 2;
    private static final int BURST = 32;

    private final Random random = new Random(6146);
    private final RawFrames frames;
    private final Target target;

    /** What is sent. */
    enum Kind {
        /** Datagrams from one address and port, each to another destination. */
        ONE_HOST,
        /** Datagrams, SYNs and echo requests, each from another subscriber. */
        RANDOM_HOSTS,
        /** Datagrams from strangers in the Internet to a port of pool4. */
        VISITORS,
        /** Resets with the addresses and ports of a connection, and any sequence numbers. */
        BLIND_RESETS,
        /** Later fragments from strangers in the Internet, whose first never come. */
        FRAGMENTS
    }

    /** Where to: the MAC address of the gateway, and an address and a port of pool4. */
    record Target(String gatewayMac, String pool4, int port) {}

    private Attack(Target target) {
        this.target = target;
        frames = new RawFrames(target.gatewayMac());
    }

    /** Sends so many packets from a host, with so many a second, and is complete when they are sent. */
    static CompletableFuture<Void> start(Namespace host, Kind kind, int packets, int perSecond, Target target) {
        var command = new ArrayList<>(java(Attack.class));
        command.addAll(List.of(
                kind.name(),
                Integer.toString(packets),
                Integer.toString(perSecond),
                target.gatewayMac(),
                target.pool4(),
                Integer.toString(target.port())));
        return CompletableFuture.runAsync(() -> run(host, command), Thread::startVirtualThread);
    }

    private static void run(Namespace host, List<String> command) {
        try {
            var result = host.attempt(command, Beds.PATIENCE);
            assertThat(result.exitCode()).as(result.output()).isZero();
        } catch (HostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The command that runs a class of these tests. */
    static List<String> java(Class<?> type) {
        return List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "--enable-native-access=ALL-UNNAMED",
                type.getName());
    }

    /** In the namespace: kind, packets, packets a second, MAC address of the gateway, address and port of pool4. */
    public static void main(String[] arguments) throws Exception {
        var attack = new Attack(new Target(arguments[3], arguments[4], Integer.parseInt(arguments[5])));
        var kind = Kind.valueOf(arguments[0]);
        long nanosPerPacket = Duration.ofSeconds(1).toNanos() / Integer.parseInt(arguments[2]);
        try (var link = Pcaps.getDevByName("eth0").openLive(64, PromiscuousMode.NONPROMISCUOUS, 1)) {
            long start = System.nanoTime();
            for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                link.sendPacket(attack.frame(kind, i));
                if (i % BURST == 0) {
                    LockSupport.parkNanos(start + i * nanosPerPacket - System.nanoTime());
                }
            }
        }
    }

    private byte[] frame(Kind kind, int number) {
        return switch (kind) {
            case ONE_HOST -> datagram6(address("2001:db8:bad:1::1"), 4000, 1024 + number % 60_000);
            case RANDOM_HOSTS -> fromRandomHost(number);
            case VISITORS -> {
                var pool4 = address(target.pool4());
                var source = stranger();
                var udp = RawFrames.udp(source, pool4, 1024 + random.nextInt(60_000), target.port(), new byte[8]);
                yield frames.ipv4(source, pool4, RawFrames.UDP, random.nextInt() << 16, udp);
            }
            case BLIND_RESETS -> {
                var pool4 = address(target.pool4());
                var source = address(TestBed.SERVER_ADDRESS);
                var rst = RawFrames.tcp(source, pool4, new int[] {80, target.port()}, random.nextInt(), RST);
                yield frames.ipv4(source, pool4, RawFrames.TCP, random.nextInt() << 16, rst);
            }
            case FRAGMENTS ->
                frames.ipv4(
                        stranger(), address(target.pool4()), RawFrames.UDP, (random.nextInt() << 16) | 9, new byte[64]);
        };
    }

    private byte[] fromRandomHost(int number) {
        var source = address("2001:db8:bad::");
        for (int i = 6; i < source.length; i++) {
            source[i] = (byte) random.nextInt(256);
        }
        var destination = nowhere();
        int port = 1024 + random.nextInt(60_000);
        return switch (number % 3) {
            case 0 -> datagram6(source, port, 9);
            case 1 -> {
                var syn = RawFrames.tcp(source, destination, new int[] {port, 80}, random.nextInt(), SYN);
                yield frames.ipv6(source, destination, RawFrames.TCP, syn);
            }
            default -> frames.ipv6(source, destination, RawFrames.ICMPV6, RawFrames.echo6(source, destination, port));
        };
    }

    private byte[] datagram6(byte[] source, int sourcePort, int destinationPort) {
        var destination = nowhere();
        var udp = RawFrames.udp(source, destination, sourcePort, destinationPort, new byte[8]);
        return frames.ipv6(source, destination, RawFrames.UDP, udp);
    }

    private byte[] nowhere() {
        return address("64:ff9b::192.52.195." + (1 + random.nextInt(254)));
    }

    private byte[] stranger() {
        return address("192.52.195." + (1 + random.nextInt(254)));
    }
}
