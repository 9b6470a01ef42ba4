// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import nat64.gateway.admin.access.AdminStatistics;
import nat64.gateway.admin.access.FollowedToken;
import nat64.gateway.admin.access.RemoteServer;
import nat64.gateway.admin.access.TlsListener;
import nat64.gateway.admin.access.WrongTokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over TLS, the token opens what the socket does; without it, TLS is for reading. */
@SuppressWarnings("NullAway.Init")
class AdminTlsTest {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String RELOAD = "POST /api/v1/reload HTTP/1.1\r\n";
    private static final String HOST = "Host: localhost\r\n";
    private static final String BEARER = "Authorization: Bearer " + TOKEN + "\r\n";
    private static final String LAST = "Connection: close\r\nContent-Length: 0\r\n\r\n";
    private static final int PATIENCE = (int) Duration.ofMinutes(1).toMillis();

    @TempDir
    private Path directory;

    private TestAuthority authority;
    private Path token;
    private AdminServer server;

    @BeforeEach
    void start() throws Exception {
        authority = TestAuthority.in(directory);
        token = Files.writeString(directory.resolve("token"), TOKEN + "\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        server = start(Optional.of(token), new AdminLimits(4, 1024, 1000, 60, 60));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theTokenOpensActions() throws Exception {
        assertThat(exchange(RELOAD + HOST + BEARER + LAST))
                .startsWith("HTTP/1.1 200")
                .contains("reloaded");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 401",
        "'Authorization: Bearer 0123456789abcdef0123456789abcdeF', 401",
        "'Authorization: Bearer ', 401",
        "'Authorization: Basic MDEyMzQ1Njc4OWFiY2RlZg==', 401",
        "'Authorization: bearer 0123456789abcdef0123456789abcdef', 200",
    })
    void otherTokensDoNot(String header, int status) throws Exception {
        var answer = exchange(RELOAD + HOST + (header.isEmpty() ? "" : header + "\r\n") + LAST);

        assertThat(answer).startsWith("HTTP/1.1 " + status);
        if (status == 401) {
            assertThat(answer.toLowerCase(Locale.ROOT)).contains("www-authenticate: bearer realm=\"nat64\"");
        }
    }

    @Test
    void readingNeedsNoToken() throws Exception {
        assertThat(exchange("GET /livez HTTP/1.1\r\n" + HOST + LAST)).startsWith("HTTP/1.1 200");
    }

    @Test
    void theTokenCountsForNothingOverPlainTcp() throws Exception {
        try (var plain =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            plain.setSoTimeout(PATIENCE);
            write(plain, RELOAD + HOST + BEARER + LAST);

            assertThat(read(plain)).startsWith("HTTP/1.1 403").contains("only through the admin socket");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gateway.example.org,          200",
        "gateway.example.org:6466,     200",
        "one.gateways.example.org,     200",
        "a.b.gateways.example.org,     421",
        "attacker.example,             421",
        "'[::1]:6466',                 200",
    })
    void theHostMustBeOneOfTheCertificateOrAnAddress(String host, int status) throws Exception {
        assertThat(exchange(RELOAD + "Host: " + host + "\r\n" + BEARER + LAST)).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void withoutATokenFileActionsStayOnTheSocket() throws Exception {
        server.close();
        server = start(Optional.empty(), AdminLimits.DEFAULT);

        assertThat(exchange(RELOAD + HOST + LAST)).startsWith("HTTP/1.1 403").contains("only through the admin socket");
        assertThat(exchange(RELOAD + HOST + BEARER + LAST))
                .startsWith("HTTP/1.1 403")
                .contains("admin.tls.token-file");
    }

    @Test
    void afterTenWrongTokensNoneIsComparedForAMinute() throws Exception {
        for (int i = 0; i < WrongTokens.MOST_A_MINUTE; i++) {
            assertThat(exchange(RELOAD + HOST + "Authorization: Bearer wrong\r\n" + LAST))
                    .startsWith("HTTP/1.1 401");
        }

        assertThat(exchange(RELOAD + HOST + BEARER + LAST)).startsWith("HTTP/1.1 429");
        assertThat(exchange("GET /livez HTTP/1.1\r\n" + HOST + LAST)).startsWith("HTTP/1.1 200");
        assertThat(server.statistics()).isEqualTo(new AdminStatistics(10, 1));
    }

    @Test
    void theClientSendsItsTokenToTheRightServerOnly() throws Exception {
        var ours = remote("127.0.0.1", Optional.of(authority.certificate()), TOKEN);

        assertThat(AdminClient.post(ours, "/api/v1/reload")).isEqualTo(new AdminClient.Answer(200, "reloaded\n"));
        assertThat(AdminClient.get(ours, "/livez").status()).isEqualTo(200);
        assertThatThrownBy(() -> AdminClient.get(remote("127.0.0.1", Optional.empty(), TOKEN), "/livez"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("certification path");
        assertThatThrownBy(() ->
                        AdminClient.get(remote("localhost", Optional.of(authority.certificate()), TOKEN), "/livez"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("localhost");
        assertThatThrownBy(() -> AdminClient.get(
                        remote("127.0.0.1", Optional.of(directory.resolve("none.pem")), TOKEN), "/livez"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none.pem can't be read");
    }

    @Test
    void followsTheFilesAndKeepsWhatWorked() throws Exception {
        var access = new RemoteAccess(listener(Optional.of(token)), System::nanoTime);
        var before = access.context();
        Files.writeString(authority.key(), "broken");
        access.look();
        assertThat(access.context()).isSameAs(before);

        TestAuthority.in(directory);
        access.look();
        assertThat(access.context()).isNotSameAs(before);

        var followed = new FollowedToken(token);
        Files.writeString(token, "too short");
        followed.look();
        assertThat(followed.is(TOKEN)).isTrue();
        Files.writeString(token, TOKEN.replace('0', '1'));
        followed.look();
        assertThat(followed.is(TOKEN)).isFalse();
        assertThat(followed.is(TOKEN.replace('0', '1'))).isTrue();
    }

    @Test
    void refusesATokenThatOtherUsersCanRead() throws Exception {
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> start(Optional.of(token), AdminLimits.DEFAULT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 0640 " + token);
    }

    @Test
    void limitsHoldOverTls() throws Exception {
        assertThat(exchange("GET /livez HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(2000) + "\r\n" + LAST))
                .startsWith("HTTP/1.1 431");
        assertThat(exchange(RELOAD + HOST + BEARER + "Content-Length: 1001\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
        var sockets = new ArrayList<Socket>();
        for (int i = 0; i < 4; i++) {
            sockets.add(connect());
            write(sockets.get(i), "GET /livez HTTP/1.1\r\n" + HOST + "\r\n"); // it is counted when it is answered
            assertThat(sockets.get(i).getInputStream().read()).isEqualTo('H');
        }
        assertThatThrownBy(() -> {
                    try (var more = connect()) {
                        write(more, "GET /livez HTTP/1.1\r\n" + HOST + LAST);
                        throw new IOException(read(more));
                    }
                })
                .isInstanceOf(IOException.class)
                .message()
                .doesNotContain("200");
        for (var socket : sockets) {
            socket.close();
        }
    }

    @Test
    void closesAConnectionThatDoesNotFinishItsHandshakeOrItsRequestInTime() throws Exception {
        server.close();
        server = start(Optional.of(token), new AdminLimits(4, 1024, 1000, 1, 60));
        try (var silent =
                new Socket(server.tlsAddress().getAddress(), server.tlsAddress().getPort())) {
            silent.setSoTimeout(PATIENCE);
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
        try (var slow = connect()) {
            write(slow, "GET /livez HTTP/1.1\r\nHost: loc");
            assertThat(readsNothing(slow)).isTrue();
        }
    }

    private AdminServer start(Optional<Path> tokenFile, AdminLimits limits) throws IOException {
        var actions = new AdminActions(Map.of("/api/v1/reload", _ -> new AdminActions.Result(true, "reloaded")));
        return AdminServer.start(
                new AdminListeners(free(), Optional.empty(), Optional.of(listener(tokenFile))),
                AdminServerTest.pages(actions),
                limits);
    }

    private TlsListener listener(Optional<Path> tokenFile) {
        return new TlsListener(free(), authority.certificate(), authority.key(), tokenFile);
    }

    private static InetSocketAddress free() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private RemoteServer remote(String host, Optional<Path> authorities, String secret) {
        return new RemoteServer(host, server.tlsAddress().getPort(), authorities, Optional.of(secret));
    }

    private String exchange(String request) throws Exception {
        try (var socket = connect()) {
            write(socket, request);
            return read(socket);
        }
    }

    private Socket connect() throws Exception {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var pem = Files.newInputStream(authority.certificate())) {
            store.setCertificateEntry(
                    "own", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        var address = server.tlsAddress();
        var socket = context.getSocketFactory().createSocket(address.getAddress(), address.getPort());
        socket.setSoTimeout(PATIENCE);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private static boolean readsNothing(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() == -1;
        } catch (SSLException e) {
            return true; // closed without a farewell
        }
    }
}
