// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.Namespace;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Connections to the gateway that harm, opened by a process of its own on a host of a bed. It says "attacking" once all
 * are open, holds them for some seconds, and ends by itself.
 */
final class Attacker {

    /** What is sent on each connection. */
    enum Kind {
        /** Nothing. */
        IDLE,
        /** A query of 65 kB for a name that is never answered. */
        LARGE_QUERIES,
        /** Queries for names whose answers take much processor time, eight at a time. */
        EXPENSIVE_QUERIES
    }

    /**
     * How much of it, and where from.
     *
     * @param sources addresses of the host
     * @param connections of all sources together
     */
    record Load(Kind kind, List<String> sources, int connections, Duration duration) {}

    private static final int LARGE = 65_000;
    private static final int AT_ONCE = 8;

    private final Kind kind;
    private final InetSocketAddress target;
    private final List<SocketChannel> open = new ArrayList<>();
    private int asked;

    private Attacker(Kind kind, InetSocketAddress target) {
        this.kind = kind;
        this.target = target;
    }

    /** Starts it and waits until it attacks; it ends with its load. */
    static Process start(Namespace host, Load load, String target, int port) throws HostException, IOException {
        var command = List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Attacker.class.getName(),
                load.kind.name(),
                String.join(",", load.sources),
                Integer.toString(load.connections),
                Long.toString(load.duration.toSeconds()),
                target,
                Integer.toString(port));
        var process = new ProcessBuilder(host.inside(command))
                .redirectErrorStream(true)
                .start();
        var output = process.inputReader();
        var seen = new StringBuilder();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("attacking")) {
                System.out.println(line);
                return process;
            }
            seen.append(line).append('\n');
        }
        throw new HostException("the attacker ended: " + seen);
    }

    /** In the namespace: kind, sources, connections, seconds, address, port. */
    public static void main(String[] arguments) throws Exception {
        var target = new InetSocketAddress(InetAddress.getByName(arguments[4]), Integer.parseInt(arguments[5]));
        var attacker = new Attacker(Kind.valueOf(arguments[0]), target);
        var sources = List.of(arguments[1].split(",", -1));
        int wanted = Integer.parseInt(arguments[2]);
        for (int i = 0; i < wanted; i++) {
            attacker.open(sources.get(i % sources.size()));
        }
        System.out.printf("attacking: %d connections of %d sources, %s%n", wanted, sources.size(), arguments[0]);
        long end = System.nanoTime()
                + Duration.ofSeconds(Long.parseLong(arguments[3])).toNanos();
        while (System.nanoTime() < end) {
            attacker.goOn();
            Thread.sleep(20);
        }
    }

    private void open(String source) {
        try {
            var channel = SocketChannel.open();
            channel.bind(new InetSocketAddress(InetAddress.getByName(source), 0));
            channel.socket().connect(target, 5000);
            channel.configureBlocking(false);
            open.add(channel);
            if (kind == Kind.LARGE_QUERIES) {
                channel.write(ByteBuffer.wrap(large()));
            }
        } catch (IOException _) { // refused, which is what the gateway is for
            asked++;
        }
    }

    private void goOn() {
        if (kind != Kind.EXPENSIVE_QUERIES) {
            return;
        }
        for (var channel : open) {
            try {
                for (int i = 0; i < AT_ONCE; i++) {
                    channel.write(ByteBuffer.wrap(framed(query("x" + asked++ + ".hostile.example.net."))));
                }
                channel.read(ByteBuffer.allocate(1 << 20));
            } catch (IOException _) { // closed by the gateway
                asked++;
            }
        }
    }

    private static byte[] large() throws IOException {
        byte[] query = query("a" + System.nanoTime() + ".silent.example.net.");
        return framed(Arrays.copyOf(query, LARGE));
    }

    private static byte[] query(String name) throws IOException {
        return Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN))
                .toWire();
    }

    private static byte[] framed(byte[] message) {
        return ByteBuffer.allocate(Short.BYTES + message.length)
                .putShort((short) message.length)
                .put(message)
                .array();
    }

    /** Addresses of a prefix, which the host must have. */
    static List<String> sources(String prefix, int count) {
        var sources = new ArrayList<String>();
        for (int i = 1; i <= count; i++) {
            sources.add(prefix + Integer.toHexString(i));
        }
        return sources;
    }

    /** A line of bash that gives a host these addresses. */
    static String addAddresses(List<String> addresses) {
        var lines = new StringBuilder();
        for (var address : addresses) {
            lines.append("address add ").append(address).append("/128 dev eth0 nodad\n");
        }
        return "ip -batch - <<'END'\n" + lines.toString().strip() + "\nEND\n";
    }
}
