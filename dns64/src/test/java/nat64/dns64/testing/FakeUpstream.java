// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.testing;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import nat64.dns64.settings.UpstreamServer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A resolver on loopback, over UDP and TCP, that does with each question what a test tells it. */
public final class FakeUpstream implements AutoCloseable {

    /** What to do with a question. */
    @FunctionalInterface
    public interface Behaviour {
        /** The bytes to send, or null to stay silent. */
        byte @Nullable [] respond(Message query, boolean tcp);
    }

    private record Key(Name name, int type) {}

    private record Bound(ServerSocket tcp, DatagramSocket udp) {}

    private static final int TRIES_FOR_FREE_PORT = 100;
    private static final int END_SECONDS = 30;

    private static final Set<Name> CHECKS = Set.of(Name.root, Records.name("ipv4only.arpa."));

    private final Map<Key, Behaviour> script = new ConcurrentHashMap<>();
    private final Set<Integer> clientPorts = ConcurrentHashMap.newKeySet();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ServerSocket tcp;
    private final DatagramSocket udp;
    private volatile List<UnaryOperator<byte[]>> noise = List.of();
    private volatile Behaviour otherwise = rcode(Rcode.NXDOMAIN);

    public FakeUpstream() throws IOException {
        this(ServerSocketFactory.getDefault());
    }

    /** One that speaks TLS where others speak TCP. */
    public FakeUpstream(SSLContext tls) throws IOException {
        this(tls.getServerSocketFactory());
    }

    private FakeUpstream(ServerSocketFactory factory) throws IOException {
        var bound = bind(factory);
        tcp = bound.tcp;
        udp = bound.udp;
        threads.execute(this::serveUdp);
        threads.execute(this::serveTcp);
    }

    /** A port that is free over TCP may be in use over UDP. */
    private static Bound bind(ServerSocketFactory factory) throws IOException {
        var loopback = InetAddress.getLoopbackAddress();
        for (int tries = 1; ; tries++) {
            var tcp = factory.createServerSocket(0, 50, loopback);
            try {
                return new Bound(tcp, new DatagramSocket(new InetSocketAddress(loopback, tcp.getLocalPort())));
            } catch (BindException e) {
                tcp.close();
                if (tries == TRIES_FOR_FREE_PORT) {
                    throw e;
                }
            }
        }
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(tcp.getInetAddress(), tcp.getLocalPort());
    }

    /** The ports that questions over UDP came from. */
    public Set<Integer> clientPorts() {
        return Set.copyOf(clientPorts);
    }

    /** Closes all connections over TCP; new ones are welcome. */
    public void hangUp() {
        connections.forEach(FakeUpstream::close);
        connections.clear();
    }

    /** Resets all connections over TCP, as a server that was restarted does; new ones are welcome. */
    public void reset() throws IOException {
        for (var connection : connections) {
            connection.setSoLinger(true, 0);
        }
        hangUp();
    }

    /** How it is asked over UDP and TCP. */
    public UpstreamServer server() {
        return UpstreamServer.plain(address());
    }

    /** Every question so far, {@code udp www.example.org. AAAA}; not those that look after the upstream itself. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    public FakeUpstream on(String name, int type, Behaviour behaviour) {
        script.put(new Key(Records.name(name), type), behaviour);
        return this;
    }

    /** What to do with questions that no other line of the script is about; NXDOMAIN without SOA if nothing is told. */
    public FakeUpstream otherwise(Behaviour behaviour) {
        otherwise = behaviour;
        return this;
    }

    /** Before each response over UDP, also before none, the client gets these, made from the response or the query. */
    public FakeUpstream withNoise(List<UnaryOperator<byte[]>> datagrams) {
        noise = List.copyOf(datagrams);
        return this;
    }

    public static Behaviour silence() {
        return (_, _) -> null;
    }

    public static Behaviour rcode(int rcode, String... soa) {
        return (query, _) -> response(query, rcode, List.of(), List.of(soa)).toWire();
    }

    public static Behaviour records(String... answer) {
        return (query, _) ->
                response(query, Rcode.NOERROR, List.of(answer), List.of()).toWire();
    }

    public static Behaviour noData(String soa, String... aliases) {
        return (query, _) ->
                response(query, Rcode.NOERROR, List.of(aliases), List.of(soa)).toWire();
    }

    /** Empty and with the TC bit over UDP; the other behaviour over TCP. */
    public static Behaviour truncated(Behaviour overTcp) {
        return (query, tcp) -> {
            if (tcp) {
                return overTcp.respond(query, true);
            }
            var response = response(query, Rcode.NOERROR, List.of(), List.of());
            response.getHeader().setFlag(Flags.TC);
            return response.toWire();
        };
    }

    /** A wrong ID over UDP, as a forger would guess it; the other behaviour over TCP. */
    public static Behaviour forged(Behaviour overTcp) {
        return (query, tcp) -> {
            byte[] response = overTcp.respond(query, tcp);
            if (!tcp && response != null) {
                response[0] ^= 0x55;
            }
            return response;
        };
    }

    public static Message response(Message query, int rcode, List<String> answer, List<String> authority) {
        var response = new Message(query.getHeader().getID());
        response.getHeader().setFlag(Flags.QR);
        response.getHeader().setFlag(Flags.RA);
        response.getHeader().setRcode(rcode);
        response.addRecord(query.getQuestion(), Section.QUESTION);
        Records.records(answer.toArray(String[]::new)).forEach(r -> response.addRecord(r, Section.ANSWER));
        Records.records(authority.toArray(String[]::new)).forEach(r -> response.addRecord(r, Section.AUTHORITY));
        return response;
    }

    @Override
    public void close() {
        close(tcp);
        udp.close();
        threads.shutdownNow();
        try { // a closed socket takes questions until the thread that waits for them has noticed
            if (!threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("threads of the upstream are still busy");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serveUdp() {
        try {
            while (true) {
                var packet = new DatagramPacket(new byte[4096], 4096);
                udp.receive(packet);
                clientPorts.add(packet.getPort());
                byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
                threads.execute(() -> answerUdp(query, packet));
            }
        } catch (IOException _) { // closed
        }
    }

    private void answerUdp(byte[] query, DatagramPacket from) {
        try {
            byte[] response = respond(query, false);
            for (var datagram : noise) {
                send(datagram.apply((response == null ? query : response).clone()), from);
            }
            if (response != null) {
                send(response, from);
            }
        } catch (IOException _) { // closed
        }
    }

    private void send(byte[] datagram, DatagramPacket to) throws IOException {
        udp.send(new DatagramPacket(datagram, datagram.length, to.getSocketAddress()));
    }

    private void serveTcp() {
        try {
            while (true) {
                var connection = tcp.accept();
                connections.add(connection);
                threads.execute(() -> answerTcp(connection));
            }
        } catch (IOException _) { // closed
        }
    }

    private void answerTcp(Socket connection) {
        try (connection;
                var in = new DataInputStream(connection.getInputStream());
                var out = new DataOutputStream(connection.getOutputStream())) {
            while (true) {
                byte[] response = respond(in.readNBytes(in.readUnsignedShort()), true);
                if (response != null) {
                    out.writeShort(response.length);
                    out.write(response);
                }
            }
        } catch (IOException _) { // the other side is done
        }
    }

    byte @Nullable [] respond(byte[] bytes, boolean overTcp) throws IOException {
        var query = new Message(bytes);
        var question = query.getQuestion();
        if (!CHECKS.contains(question.getName()) && question.getType() != Type.HINFO) { // HINFO: looks for loops
            asked.add((overTcp ? "tcp " : "udp ") + question.getName() + " " + Type.string(question.getType()));
        }
        return script.getOrDefault(new Key(question.getName(), question.getType()), otherwise)
                .respond(query, overTcp);
    }
}
