// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import nat64.dns64.settings.ServingSettings;
import nat64.dns64.settings.TlsSettings;
import nat64.dns64.testing.TestCertificate;
import org.xbill.DNS.Message;

/** A {@link ServerBed} with DNS over TLS and DNS over HTTPS on loopback, and the JDK's TLS as their client. */
final class EncryptedBed implements AutoCloseable {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int TIMEOUT_MILLIS = 5000;

    final ServerBed bed;
    final SSLContext client;

    EncryptedBed(Path folder, TestCertificate certificate) throws IOException {
        this(folder, certificate, "127.0.0.0/8");
    }

    /** Only these clients are served. */
    EncryptedBed(Path folder, TestCertificate certificate, String clients) throws IOException {
        var tls = new TlsSettings(
                Files.writeString(folder.resolve("tls.crt"), certificate.certificatePem()),
                Files.writeString(folder.resolve("tls.key"), certificate.keyPem()),
                List.of(ANY_PORT),
                List.of(ANY_PORT),
                "/dns-query",
                Optional.empty());
        bed = new ServerBed(clients, new ServingSettings(Optional.of(tls), Optional.empty(), 0));
        client = certificate.client();
    }

    /** A connection of DNS over TLS after its handshake. */
    SSLSocket connect(String... protocols) throws IOException {
        var server = bed.server.listeningTls().getFirst();
        var socket = (SSLSocket) client.getSocketFactory().createSocket(server.getAddress(), server.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"dot"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    URI url(String pathAndQuery) {
        return URI.create(
                "https://127.0.0.1:" + bed.server.listeningHttps().getFirst().getPort() + pathAndQuery);
    }

    static void send(SSLSocket connection, Message... queries) throws IOException {
        var out = new DataOutputStream(connection.getOutputStream());
        for (var query : queries) {
            byte[] bytes = query.toWire();
            out.writeShort(bytes.length);
            out.write(bytes);
        }
        out.flush();
    }

    static Message receive(SSLSocket connection) throws IOException {
        return new Message(receiveBytes(connection));
    }

    static byte[] receiveBytes(SSLSocket connection) throws IOException {
        var in = new DataInputStream(connection.getInputStream());
        return in.readNBytes(in.readUnsignedShort());
    }

    @Override
    public void close() {
        bed.close();
    }
}
