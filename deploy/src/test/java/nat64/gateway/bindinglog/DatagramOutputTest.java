// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import nat64.gateway.bindinglog.format.Batch;
import nat64.gateway.bindinglog.format.LogRecord.Change;
import nat64.gateway.bindinglog.format.Records;
import nat64.gateway.bindinglog.format.SyslogEncoder;
import nat64.gateway.bindinglog.format.SyslogEncoder.Framing;
import nat64.gateway.config.translator.log.LogServer;
import nat64.gateway.config.translator.log.LogServer.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DatagramOutputTest {

    private static final int MANY = 10_000;

    private final SyslogEncoder encoder = new SyslogEncoder(Framing.DATAGRAM, 16, "gw", 7);

    @Test
    void eachMessageIsADatagram() throws IOException {
        try (var collector = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var output = new DatagramOutput(server(collector.getLocalPort()))) {
            output.write(batch(3));

            for (int i = 0; i < 3; i++) {
                assertThat(received(collector)).startsWith("<134>1 ").endsWith("\"]");
            }
        }
    }

    @Test
    void aClosedPortIsSeenAndUsedOnceItIsOpen() throws IOException {
        int port = freePort();
        try (var output = new DatagramOutput(server(port))) {
            var batch = batch(200);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < MANY; i++) { // the answer of a closed port takes a moment
                            output.write(batch);
                        }
                    })
                    .isInstanceOf(IOException.class);

            try (var collector = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
                output.write(batch);
                assertThat(received(collector)).startsWith("<134>1 ");
            }
        }
    }

    private Batch batch(int messages) {
        var batch = new Batch();
        for (int i = 0; i < messages; i++) {
            encoder.encode(Records.binding(Change.START), batch, 0);
        }
        return batch;
    }

    private static String received(DatagramSocket collector) throws IOException {
        var packet = new DatagramPacket(new byte[2048], 2048);
        collector.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
    }

    private static int freePort() throws IOException {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static LogServer server(int port) {
        return new LogServer(Transport.UDP, InetAddress.getLoopbackAddress().getHostAddress(), port, "");
    }
}
