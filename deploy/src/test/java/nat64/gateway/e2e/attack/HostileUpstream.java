// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.attack;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import nat64.gateway.system.HostException;
import nat64.gateway.testbed.Namespace;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * An upstream, run by a process of its own on a host of a bed, that knows all names: one address each, and thirty below
 * {@code fill.example.net}. Below {@code hostile.example.net} it answers with 64 KiB over TCP, a chain of aliases or a
 * set of addresses in turn; below {@code silent.example.net} it does not answer.
 */
final class HostileUpstream {

    private static final Name HOSTILE = Name.fromConstantString("hostile.example.net.");
    private static final Name SILENT = Name.fromConstantString("silent.example.net.");
    private static final Name FILLING = Name.fromConstantString("fill.example.net.");
    private static final int ALIASES = 1500;
    private static final int ADDRESSES = 4000;
    private static final int SET_OF_SOME = 30;

    private final InetSocketAddress address;

    private HostileUpstream(InetSocketAddress address) {
        this.address = address;
    }

    /** Starts it; the caller ends it. */
    static Process start(Namespace host, String address, int port) throws HostException, IOException {
        var command = List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                HostileUpstream.class.getName(),
                address,
                Integer.toString(port));
        var process = new ProcessBuilder(host.inside(command))
                .redirectErrorStream(true)
                .start();
        var output = process.inputReader();
        var seen = new StringBuilder();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals("serving")) {
                return process;
            }
            seen.append(line).append('\n');
        }
        throw new HostException("the upstream ended: " + seen);
    }

    /** In the namespace: address, port. */
    public static void main(String[] arguments) throws Exception {
        var upstream = new HostileUpstream(
                new InetSocketAddress(InetAddress.getByName(arguments[0]), Integer.parseInt(arguments[1])));
        var datagrams = new DatagramSocket(upstream.address);
        try (var connections = new ServerSocket()) {
            connections.bind(upstream.address, 100);
            Thread.ofPlatform().daemon().start(() -> serve(datagrams));
            System.out.println("serving");
            while (true) {
                var connection = connections.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            }
        }
    }

    private static void serve(DatagramSocket socket) {
        var packet = new DatagramPacket(new byte[4096], 4096);
        while (true) {
            try {
                packet.setData(new byte[4096]);
                socket.receive(packet);
                byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()), false);
                if (answer.length > 0) {
                    packet.setData(answer);
                    socket.send(packet);
                }
            } catch (IOException e) {
                System.out.println(e);
            }
        }
    }

    private static void serve(Socket connection) {
        try (connection;
                var in = new DataInputStream(connection.getInputStream());
                var out = new DataOutputStream(connection.getOutputStream())) {
            while (true) {
                byte[] answer = answer(in.readNBytes(in.readUnsignedShort()), true);
                if (answer.length > 0) {
                    out.writeShort(answer.length);
                    out.write(answer);
                }
            }
        } catch (IOException _) { // the gateway is done
        }
    }

    private static byte[] answer(byte[] bytes, boolean overTcp) throws IOException {
        var query = new Message(bytes);
        var asked = query.getQuestion();
        if (asked.getName().subdomain(SILENT)) {
            return new byte[0];
        }
        var answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(asked, Section.QUESTION);
        if (asked.getName().subdomain(HOSTILE) && !overTcp) {
            answer.getHeader().setFlag(Flags.TC);
        } else if (asked.getName().subdomain(HOSTILE)) {
            addHostile(answer, asked.getName());
        } else if (asked.getType() == Type.A) {
            addAddresses(answer, asked.getName(), asked.getName().subdomain(FILLING) ? SET_OF_SOME : 1);
        } else {
            answer.addRecord(
                    new SOARecord(asked.getName(), DClass.IN, 60, asked.getName(), asked.getName(), 1, 60, 60, 60, 60),
                    Section.AUTHORITY);
        }
        return answer.toWire();
    }

    private static void addHostile(Message answer, Name name) throws IOException {
        if (name.hashCode() % 2 == 0) {
            addAddresses(answer, name, ADDRESSES);
            return;
        }
        var at = name;
        for (int i = 0; i < ALIASES; i++) {
            var next = Name.fromString("n" + i, HOSTILE);
            answer.addRecord(new CNAMERecord(at, DClass.IN, 60, next), Section.ANSWER);
            at = next;
        }
    }

    private static void addAddresses(Message answer, Name name, int count) {
        for (int i = 0; i < count; i++) {
            Record address =
                    new ARecord(name, DClass.IN, 60, InetAddress.ofLiteral("192.52." + i / 250 + "." + i % 250));
            answer.addRecord(address, Section.ANSWER);
        }
    }
}
