// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.testbed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services of the server on a test bed: HTTP on port 80 ({@code GET /octets/COUNT} sends {@link RandomBytes},
 * {@code PUT /sha256} answers with the checksum of its body), UDP echo on port 7 (RFC 862) and the {@link TestZone}
 * on UDP port 53.
 */
public final class TestServer {

    private static final Logger LOG = LoggerFactory.getLogger(TestServer.class);
    private static final int DNS_PORT = 53;
    private static final int ECHO_PORT = 7;
    private static final int HTTP_PORT = 80;
    private static final String OCTETS = "/octets/";

    private final String listen;

    /** @param listen an address of this host */
    public TestServer(String listen) {
        this.listen = listen;
    }

    /** Serves until the process ends, from threads of its own. */
    public void start() throws IOException {
        var zone = new TestZone();
        answerDatagrams(DNS_PORT, zone::answer);
        answerDatagrams(ECHO_PORT, datagram -> datagram);
        serveHttp();
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
        server.createContext(OCTETS, TestServer::sendOctets);
        server.createContext("/sha256", TestServer::sendChecksum);
        server.start();
    }

    private static void sendOctets(HttpExchange exchange) throws IOException {
        try (exchange) {
            long count = Long.parseLong(exchange.getRequestURI().getPath().substring(OCTETS.length()));
            exchange.sendResponseHeaders(200, count);
            RandomBytes.write(count, exchange.getResponseBody());
        } catch (NumberFormatException e) {
            exchange.sendResponseHeaders(400, -1);
        }
    }

    private static void sendChecksum(HttpExchange exchange) throws IOException {
        try (exchange) {
            var checksum = RandomBytes.sha256(exchange.getRequestBody()).getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, checksum.length);
            exchange.getResponseBody().write(checksum);
        }
    }
}
