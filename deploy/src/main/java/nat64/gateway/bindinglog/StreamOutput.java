// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import nat64.gateway.bindinglog.format.Batch;
import nat64.gateway.config.translator.log.LogServer;
import org.jspecify.annotations.Nullable;

/**
 * Sends batches over TCP or TLS (RFC 5425). Syslog has no acknowledgements, so what was on the way when a connection
 * broke may be lost; the batch whose write failed is sent again as a whole, and the receiver may see some of it twice.
 */
final class StreamOutput implements Output {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LogServer server;
    private final Optional<Path> authorities;
    private volatile @Nullable Socket socket; // of TCP, which TLS may use

    private volatile @Nullable Socket sending;

    /** @param authorities who verify the server's certificate, or those of the Java installation */
    StreamOutput(LogServer server, Optional<Path> authorities) {
        this.server = server;
        this.authorities = authorities;
    }

    @Override
    public void write(Batch batch) throws IOException {
        try {
            var out = open().getOutputStream();
            var bytes = batch.bytes();
            out.write(bytes.array(), bytes.arrayOffset(), bytes.limit());
            out.flush();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Socket open() throws IOException {
        var open = sending;
        if (open != null && !open.isClosed()) {
            return open;
        }
        var tcp = new Socket();
        socket = tcp;
        tcp.setKeepAlive(true);
        tcp.connect(server.resolve(), (int) PATIENCE.toMillis());
        var connected = server.transport() == LogServer.Transport.TLS ? secured(tcp) : tcp;
        awaitEnd(connected.getInputStream());
        sending = connected;
        return connected;
    }

    private SSLSocket secured(Socket tcp) throws IOException {
        tcp.setSoTimeout((int) PATIENCE.toMillis());
        var secured = (SSLSocket) factory().createSocket(tcp, server.name(), server.port(), true);
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the name or address is in the certificate
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        tcp.setSoTimeout(0);
        return secured;
    }

    private SSLSocketFactory factory() throws IOException {
        return Authorities.context(authorities).getSocketFactory();
    }

    /** Sees at once that the server closes the connection, which a write alone would see too late. */
    private void awaitEnd(InputStream in) {
        Thread.ofPlatform().daemon().name("nat64-log-server").start(() -> {
            try (in) {
                in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // the next write tells
            }
        });
    }

    @Override
    public void close() {
        var tcp = socket;
        sending = null;
        socket = null;
        if (tcp != null) {
            try {
                tcp.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
