// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import nat64.gateway.bindinglog.format.Batch;
import nat64.gateway.bindinglog.format.LogRecord.Change;
import nat64.gateway.bindinglog.format.Records;
import nat64.gateway.bindinglog.format.SyslogEncoder;
import nat64.gateway.bindinglog.format.SyslogEncoder.Framing;
import nat64.gateway.config.translator.log.LogServer;
import nat64.gateway.config.translator.log.LogServer.Transport;
import nat64.gateway.system.Commands;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@SuppressWarnings("NullAway.Init")
class StreamOutputTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String NAME = "logs.example.org";

    @TempDir
    private Path directory;

    private final Batch batch = batch();

    @Test
    void messagesAreSentOverTcpWithTheirLengths() throws Exception {
        try (var listener = new ServerSocket(0, 1, LOOPBACK);
                var output = new StreamOutput(server(Transport.TCP, listener, ""), Optional.empty())) {
            var received = CompletableFuture.supplyAsync(() -> received(listener));
            output.write(batch);

            assertThat(received.join()).isEqualTo(text(batch)).matches("(?s)\\d+ <134>1 .*");
        }
    }

    @Test
    void aServerThatHasClosedIsConnectedToAgain() throws Exception {
        try (var listener = new ServerSocket(0, 1, LOOPBACK);
                var output = new StreamOutput(server(Transport.TCP, listener, ""), Optional.empty())) {
            for (int i = 0; i < 3; i++) {
                var received = CompletableFuture.supplyAsync(() -> received(listener));
                writeUntilTaken(output, received);

                assertThat(received.join()).isEqualTo(text(batch));
            }
        }
    }

    @Test
    void tlsIsVerifiedByTheAuthoritiesThatAreGiven() throws Exception {
        var context = certificate();
        try (var listener = context.getServerSocketFactory().createServerSocket(0, 1, LOOPBACK);
                var output = new StreamOutput(server(Transport.TLS, listener, NAME), Optional.of(pem()))) {
            var received = CompletableFuture.supplyAsync(() -> received(listener));
            output.write(batch);

            assertThat(received.join()).isEqualTo(text(batch));
        }
    }

    @Test
    void anotherNameInTheCertificateIsRefused() throws Exception {
        assertRefused("other.example.org", Optional.of(pemAfter(certificate())), "other.example.org");
    }

    @Test
    void anAuthorityThatIsNotTrustedIsRefused() throws Exception {
        certificate();
        assertRefused(NAME, Optional.empty(), "certification path");
    }

    private void assertRefused(String name, Optional<Path> authorities, String reason) throws Exception {
        try (var listener = context().getServerSocketFactory().createServerSocket(0, 1, LOOPBACK);
                var output = new StreamOutput(server(Transport.TLS, listener, name), authorities)) {
            var received = CompletableFuture.supplyAsync(() -> received(listener));

            assertThatThrownBy(() -> output.write(batch))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining(reason);
            assertThat(received.join()).isEmpty();
        }
    }

    /** What is written into a connection that the server has just closed may be lost. */
    private void writeUntilTaken(StreamOutput output, CompletableFuture<String> received) {
        while (!received.isDone()) {
            try {
                output.write(batch);
            } catch (IOException e) {
                assertThat(e).isInstanceOf(SocketException.class);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** What comes over one connection, as long as one batch has; then it is closed. */
    private String received(ServerSocket listener) {
        try (Socket connection = listener.accept()) {
            return new String(
                    connection.getInputStream().readNBytes(batch.bytes().remaining()), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return "";
        }
    }

    /** Makes a certificate that signed itself, and answers a server's side with it. */
    private SSLContext certificate() throws Exception {
        Commands.run("%s/bin/keytool -genkeypair -alias test -keyalg EC -groupname secp256r1 -validity 2 -dname CN=%s"
                        .formatted(System.getProperty("java.home"), NAME)
                + " -ext SAN=dns:%s -storetype PKCS12 -keystore %s -storepass %s"
                        .formatted(NAME, store(), new String(PASSWORD)));
        Commands.run("%s/bin/keytool -exportcert -rfc -alias test -file %s -keystore %s -storepass %s"
                .formatted(System.getProperty("java.home"), pem(), store(), new String(PASSWORD)));
        return context();
    }

    private SSLContext context() throws Exception {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store().toFile(), PASSWORD), PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private Path pemAfter(SSLContext made) {
        assertThat(made).isNotNull();
        assertThat(Files.exists(pem())).isTrue();
        return pem();
    }

    private Path store() {
        return directory.resolve("store.p12");
    }

    private Path pem() {
        return directory.resolve("authority.pem");
    }

    private static LogServer server(Transport transport, ServerSocket listener, String name) {
        return new LogServer(transport, LOOPBACK.getHostAddress(), listener.getLocalPort(), name);
    }

    private static Batch batch() {
        var batch = new Batch();
        var encoder = new SyslogEncoder(Framing.OCTET_COUNTING, 16, "gw", 7);
        for (int i = 0; i < 100; i++) {
            encoder.encode(Records.binding(Change.START), batch, 0);
        }
        return batch;
    }

    private static String text(Batch batch) {
        return StandardCharsets.US_ASCII.decode(batch.bytes()).toString();
    }
}
