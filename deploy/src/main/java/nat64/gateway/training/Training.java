// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.training;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nat64.dns64.settings.UpstreamServer;
import nat64.gateway.Gateway;
import nat64.gateway.auto.HostDefaults;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.config.LoadedConfig;
import nat64.gateway.config.MetricsConfig;
import nat64.gateway.config.OperationConfig;
import nat64.gateway.config.admin.AdminConfig;
import nat64.gateway.config.admin.AdminSocket;
import nat64.gateway.config.admin.SocketAccess;
import nat64.gateway.config.common.Clients;
import nat64.gateway.config.common.Endpoints;
import nat64.gateway.config.dns64.upstream.Resolvers;
import nat64.gateway.replay.PacketText;
import nat64.gateway.system.HostException;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.device.MemoryPort;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A short life of the gateway, on loopback and in memory, for a JVM that records what {@code nat64 run} will need (an
 * AOT cache, JEP 514 and 515). It is the gateway itself, but for the device and what is set up on the host, which
 * need root: their classes are loaded and not run, but by {@link HostTraining}. Needs no right and no network, changes
 * nothing on the host, and takes seconds.
 */
public final class Training {

    static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private static final List<String> CLASSES_OF_THE_HOST = List.of(
            "nat64.translator.device.TunDevice",
            "nat64.translator.device.VirtioNetHeader",
            "nat64.translator.session.Adopter",
            "nat64.translator.session.TableCopy",
            "nat64.translator.session.snapshot.RecordBuffer",
            "nat64.translator.session.snapshot.Snapshot",
            "nat64.translator.session.snapshot.SnapshotWriter",
            "nat64.gateway.restart.SessionFile",
            "nat64.gateway.restart.SessionHeir",
            "nat64.gateway.restart.SessionKeeper",
            "nat64.gateway.system.BootClock",
            "nat64.gateway.host.HostNetwork",
            "nat64.gateway.host.LastingDevice",
            "nat64.gateway.host.LeftBehind",
            "nat64.gateway.host.HostChanges",
            "nat64.gateway.host.HostChecks",
            "nat64.gateway.host.Forwarding",
            "nat64.gateway.host.KernelSettings",
            "nat64.gateway.host.StateFile");

    /** Enough that the JVM knows what is called often, and takes its profile down. */
    private static final int ROUNDS = 300;

    private static final int NAMES = 50;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int LARGEST_ANSWER = 4096;

    private static final String CLIENT = "fd00::1";
    private static final int IPV4_SOURCE = 12;
    private static final int IPV4_PORTS = 20;

    private final Gateway gateway;
    private final MemoryPort port;

    private Training(Gateway gateway, MemoryPort port) {
        this.gateway = gateway;
        this.port = port;
    }

    /**
     * What came of it.
     *
     * @param synthesized AAAA records that were made for questions over UDP and TCP
     * @param translated packets, both ways
     * @param metrics what the page of that name had
     */
    public record Result(int synthesized, int translated, String metrics) {}

    /**
     * Lives.
     *
     * @param loaded whose addresses to listen on and to ask are replaced by free ones on loopback
     * @throws Exception if something failed; what was started is closed
     */
    public static Result run(LoadedConfig loaded) throws Exception {
        for (var name : CLASSES_OF_THE_HOST) {
            Class.forName(name);
        }
        RestartTraining.run(HostDefaults.resolveClients(loaded.config()));
        var port = new MemoryPort();
        try (var upstream = new TrainingUpstream();
                var gateway = Gateway.startInMemory(loaded, onLoopback(loaded.config(), upstream.address()), port)) {
            return new Training(gateway, port).live();
        }
    }

    private static GatewayConfig onLoopback(GatewayConfig config, InetSocketAddress upstream) throws HostException {
        var resolved = HostDefaults.resolveClients(config);
        var free = new InetSocketAddress(LOOPBACK, 0);
        return new GatewayConfig(
                resolved.role(),
                resolved.pref64s(),
                resolved.clients().plus(new Clients(false, List.of(Ipv6Prefix.parse(CLIENT + "/128")), List.of())),
                resolved.translateNonGlobal(),
                resolved.translator(),
                resolved.dns64()
                        .with(
                                new Endpoints(false, List.of(free)),
                                new Resolvers(false, List.of(UpstreamServer.plain(upstream)))),
                new OperationConfig(
                        new AdminConfig(
                                true,
                                free,
                                false,
                                new AdminSocket.Off(),
                                SocketAccess.DEFAULT,
                                Optional.empty(),
                                Optional.empty(),
                                Duration.ZERO),
                        MetricsConfig.NONE,
                        resolved.log(),
                        resolved.operation().watch(),
                        resolved.operation().keepSessions()));
    }

    private Result live() throws Exception {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (!page("/readyz").startsWith("HTTP/1.1 200")) {
            if (System.nanoTime() > end) {
                throw new IOException("not ready after " + TIMEOUT.toSeconds() + " s: " + page("/readyz"));
            }
            Thread.sleep(5);
        }
        int synthesized = 0;
        int translated = 0;
        for (int i = 0; i < ROUNDS; i++) {
            synthesized += askByUdp("name" + i % NAMES);
            translated += sendBothWays(1024 + i);
        }
        for (int i = 0; i < NAMES; i++) {
            synthesized += askByTcp("other" + i);
        }
        return new Result(synthesized, translated, page("/metrics"));
    }

    private static byte[] question(String label) throws IOException {
        var name = Name.fromString(label + ".example.org.");
        return Message.newQuery(Record.newRecord(name, Type.AAAA, DClass.IN)).toWire();
    }

    private static int synthesizedIn(byte[] answer) throws IOException {
        return new Message(answer).getSection(Section.ANSWER).size();
    }

    private int askByUdp(String label) throws IOException {
        try (var socket = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            var question = question(label);
            socket.send(new DatagramPacket(question, question.length, gateway.dnsAddress()));
            var answer = new DatagramPacket(new byte[LARGEST_ANSWER], LARGEST_ANSWER);
            socket.receive(answer);
            return synthesizedIn(Arrays.copyOf(answer.getData(), answer.getLength()));
        }
    }

    private int askByTcp(String label) throws IOException {
        try (var socket = connect(gateway.dnsAddress())) {
            var question = question(label);
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(2 + question.length)
                            .putShort((short) question.length)
                            .put(question)
                            .array());
            var input = new DataInputStream(socket.getInputStream());
            return synthesizedIn(input.readNBytes(input.readUnsignedShort()));
        }
    }

    /** A packet of a new session, and the answer to it. */
    private int sendBothWays(int sourcePort) throws IOException, InterruptedException {
        var protocol = sourcePort % 2 == 0 ? "udp" : "tcp";
        var there = translated(PacketText.parse(
                "%s [%s]:%d -> [64:ff9b::192.52.193.2]:443 length=100".formatted(protocol, CLIENT, sourcePort)));
        swap(there, IPV4_SOURCE, Integer.BYTES);
        swap(there, IPV4_PORTS, Short.BYTES);
        translated(there);
        return 2;
    }

    /** Checksums stay right. */
    private static void swap(byte[] packet, int at, int length) {
        var first = Arrays.copyOfRange(packet, at, at + length);
        System.arraycopy(packet, at + length, packet, at, length);
        System.arraycopy(first, 0, packet, at + length, length);
    }

    private byte[] translated(byte[] packet) throws IOException, InterruptedException {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        port.offer(packet);
        while (System.nanoTime() < end) {
            var sent = port.drain();
            if (!sent.isEmpty()) {
                return sent.getFirst();
            }
            Thread.sleep(Duration.ofNanos(50_000));
        }
        throw new IOException("the translator sent nothing within " + TIMEOUT.toSeconds() + " s");
    }

    private String page(String path) throws IOException {
        return page(gateway.adminAddress(), path);
    }

    /** What the admin server of a gateway answers, with its headers. */
    static String page(InetSocketAddress server, String path) throws IOException {
        try (var socket = connect(server)) {
            var request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Socket connect(InetSocketAddress address) throws IOException {
        var socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout((int) TIMEOUT.toMillis());
        return socket;
    }
}
