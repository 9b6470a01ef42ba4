// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.Namespace;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.Pcaps;
import org.pcap4j.util.ByteArrays;
import org.pcap4j.util.MacAddress;

/**
 * Opens very many UDP sessions, each with an address and port of its own, by a process on a client's host: one datagram
 * each, changed in place from the one before. Ends by itself.
 */
public final class Fill {

    private static final int ETHERNET = 14;
    private static final int SOURCE = ETHERNET + 8;
    private static final int UDP = ETHERNET + 40;
    private static final int UDP_LENGTH = 8;
    private static final int CHECKSUM = UDP + 6;
    private static final int PSEUDO_HEADER_END = UDP + UDP_LENGTH;
    private static final int PORTS = 100; // all of a host go to one address of pool4, which has room for 64,512
    private static final int FIRST_PORT = 10_000;
    private static final int BURST = 64;

    private Fill() {}

    /**
     * Opens the first so many sessions of a client, and some more because datagrams may get lost.
     *
     * @param mac of the gateway
     */
    public static void run(Namespace client, int sessions, int perSecond, String mac) throws HostException {
        var command = List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "--enable-native-access=ALL-UNNAMED",
                Fill.class.getName(),
                "0",
                Integer.toString(sessions + sessions / 20),
                Integer.toString(perSecond),
                mac);
        var result = client.attempt(command, Duration.ofSeconds(300 + 10L * sessions / perSecond));
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    /** In the namespace: number of the first session, sessions, sessions a second, MAC address of the gateway. */
    public static void main(String[] arguments) throws Exception {
        int first = Integer.parseInt(arguments[0]);
        int sessions = Integer.parseInt(arguments[1]);
        long nanosPerBurst = BURST * Duration.ofSeconds(1).toNanos() / Integer.parseInt(arguments[2]);
        var frame = frame(MacAddress.getByName(arguments[3]));
        try (var link = Pcaps.getDevByName("eth0").openLive(64, PromiscuousMode.NONPROMISCUOUS, 1)) {
            long due = System.nanoTime();
            for (int i = 0; i < sessions; i++) {
                link.sendPacket(session(frame, first + i));
                if (i % BURST == 0) {
                    due += nanosPerBurst;
                    LockSupport.parkNanos(due - System.nanoTime());
                }
            }
        }
    }

    private static byte[] frame(MacAddress gateway) throws Exception {
        var frame = ByteBuffer.allocate(PSEUDO_HEADER_END);
        frame.put(gateway.getAddress())
                .put(MacAddress.getByName("02:00:00:00:00:64").getAddress());
        frame.putShort((short) 0x86dd)
                .putInt(6 << 28)
                .putShort((short) UDP_LENGTH)
                .put((byte) 17)
                .put((byte) 64);
        frame.put(ByteArrays.parseByteArray("20010db8000100000000000000000000", ""));
        frame.put(ByteArrays.parseByteArray("0064ff9b0000000000000000c034c309", "")); // 192.52.195.9
        frame.putShort((short) 0).putShort((short) 9).putShort((short) UDP_LENGTH);
        return frame.array();
    }

    /** The frame with addresses and ports of that session: so many ports of each address, so many addresses. */
    private static byte[] session(byte[] octets, int number) {
        var frame = ByteBuffer.wrap(octets);
        frame.putInt(SOURCE + 12, 16 + number / PORTS);
        frame.putShort(UDP, (short) (FIRST_PORT + number % PORTS));
        frame.putShort(CHECKSUM, (short) 0);
        int sum = 17 + UDP_LENGTH;
        for (int at = SOURCE; at < PSEUDO_HEADER_END; at += 2) {
            sum += frame.getShort(at) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = (sum & 0xffff) + (sum >>> 16);
        frame.putShort(CHECKSUM, (short) (sum == 0xffff ? sum : ~sum));
        return octets;
    }
}
