// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.attack;

import static nat64.gateway.e2e.attack.RawFrames.address;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import nat64.gateway.testbed.TestBed;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.Pcaps;

/**
 * A client whose datagrams arrive as fragments in the wrong order, as after a path with two links: writes how many of
 * twenty come back from the echo service, each sent up to three times. Runs as a process of its own on the client.
 */
final class ReversedDatagrams {

    private static final int DATAGRAMS = 20;
    private static final int TRIES = 3;
    private static final int FIRST = 1200;
    private static final int ECHO = 7;
    private static final int PATIENCE_MILLIS = 1_000;

    private ReversedDatagrams() {}

    /** In the namespace: MAC address of the gateway. */
    public static void main(String[] arguments) throws Exception {
        var frames = new RawFrames(arguments[0]);
        var source = address(TestBed.CLIENT_ADDRESS);
        var destination = address("64:ff9b::" + TestBed.SERVER_ADDRESS);
        int back = 0;
        try (var link = Pcaps.getDevByName("eth0").openLive(64, PromiscuousMode.NONPROMISCUOUS, 1);
                var socket =
                        new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(TestBed.CLIENT_ADDRESS), 0))) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            for (int i = 0; i < DATAGRAMS; i++) {
                boolean comesBack = false;
                for (int attempt = 0; attempt < TRIES && !comesBack; attempt++) {
                    var udp = RawFrames.udp(source, destination, socket.getLocalPort(), ECHO, new byte[1600]);
                    int identification = i * TRIES + attempt;
                    var last = RawFrames.fragment6(udp, FIRST, udp.length, identification);
                    link.sendPacket(frames.ipv6(source, destination, RawFrames.FRAGMENT, last));
                    Thread.sleep(10); // the other way is longer
                    var first = RawFrames.fragment6(udp, 0, FIRST, identification);
                    link.sendPacket(frames.ipv6(source, destination, RawFrames.FRAGMENT, first));
                    comesBack = comesBack(socket);
                }
                back += comesBack ? 1 : 0;
            }
        }
        System.out.println(back);
    }

    private static boolean comesBack(DatagramSocket socket) throws Exception {
        try {
            socket.receive(new DatagramPacket(new byte[2048], 2048));
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
