// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The services of the IPv4-only server, or of whoever else needs them: HTTP on port 80 ({@code GET /octets/COUNT} sends {@link RandomOctets}, {@code
 * PUT /sha256} tells the checksum of what it gets), UDP echo on port 7 (RFC 862) and the {@link DemoZone} on UDP port
 * 53.
 */
@Command(name = "demo-server", hidden = true, description = "The IPv4-only server of the demonstration.")
public final class DemoServer implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(DemoServer.class);
    private static final int DNS_PORT = 53;
    private static final int ECHO_PORT = 7;
    private static final int HTTP_PORT = 80;
    private static final String OCTETS = "/octets/";

    @Option(names = "--listen", paramLabel = "ADDRESS", defaultValue = TestBed.SERVER_ADDRESS)
    private String listen = TestBed.SERVER_ADDRESS;

    /** Serves until the process ends. */
    @Override
    public Integer call() throws IOException, InterruptedException {
        var zone = new DemoZone();
        answerDatagrams(DNS_PORT, zone::answer);
        answerDatagrams(ECHO_PORT, octets -> octets);
        serveHttp();
        new CountDownLatch(1).await();
        return 0;
    }

    private interface Answer {
        byte[] to(byte[] datagram) throws IOException;
    }

    private void answerDatagrams(int port, Answer answer) throws IOException {
        var socket = new DatagramSocket(new InetSocketAddress(listen, port));
        Thread.ofPlatform().daemon().name("udp-" + port).start(() -> {
            var packet = new DatagramPacket(new byte[0], 0);
            while (!socket.isClosed()) {
                try {
                    packet.setData(new byte[65_535]);
                    socket.receive(packet);
                    packet.setData(answer.to(Arrays.copyOf(packet.getData(), packet.getLength())));
                    socket.send(packet);
                } catch (IOException e) {
                    LOG.warn("Port {}: {}", port, e.toString());
                }
            }
        });
    }

    private void serveHttp() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(listen, HTTP_PORT), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(OCTETS, DemoServer::sendOctets);
        server.createContext("/sha256", DemoServer::sendChecksum);
        server.start();
    }

    private static void sendOctets(HttpExchange exchange) throws IOException {
        try (exchange) {
            long count = Long.parseLong(exchange.getRequestURI().getPath().substring(OCTETS.length()));
            exchange.sendResponseHeaders(200, count);
            RandomOctets.write(count, exchange.getResponseBody());
        } catch (NumberFormatException e) {
            exchange.sendResponseHeaders(400, -1);
        }
    }

    private static void sendChecksum(HttpExchange exchange) throws IOException {
        try (exchange) {
            var checksum = RandomOctets.sha256(exchange.getRequestBody()).getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, checksum.length);
            exchange.getResponseBody().write(checksum);
        }
    }
}
