// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import nat64.dns64.testing.TestCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Type;

/** The encrypted transports, asked by the programs that people use; deploy/setup installs them. */
@Tag("R-107")
@Tag("R-108")
class CommonClientsTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.rsa();
    private static final String MADE = "2001:db8:64::c000:221";

    @TempDir
    private Path folder;

    private EncryptedBed bed;

    @BeforeEach
    void start() throws IOException {
        bed = new EncryptedBed(folder, CERTIFICATE);
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void kdigAsksOverTls() throws Exception {
        assertThat(run("kdig", ask(tlsPort(), "+tls"))).contains(MADE).contains("TLS1.3");
    }

    @Test
    void kdigAsksOverHttps() throws Exception {
        assertThat(run("kdig", ask(httpsPort(), "+https"))).contains(MADE).contains("HTTP/2");
        assertThat(run("kdig", ask(httpsPort(), "+https-get"))).contains(MADE);
    }

    @Test
    void digAsksOverTlsAndHttps() throws Exception {
        assertThat(run("dig", ask(tlsPort(), "+tls"))).contains(MADE);
        assertThat(run("dig", ask(httpsPort(), "+https"))).contains(MADE);
        assertThat(run("dig", ask(httpsPort(), "+https-get"))).contains(MADE);
    }

    @Test
    void digGetsACookieThatItFindsGood() throws Exception {
        var server = bed.bed.server.listening().getFirst();

        assertThat(run("dig", "@127.0.0.1", "-p", "" + server.getPort(), "AAAA", "www.example.org"))
                .contains(MADE)
                .containsPattern("COOKIE: [0-9a-f]{48} \\(good\\)");
    }

    @Test
    void curlSeesTheStatusAndTheAge() throws Exception {
        var query = folder.resolve("query");
        Files.write(query, ServerBed.query("www.example.org.", Type.AAAA).toWire());

        assertThat(run(
                        "curl",
                        "-sS",
                        "--http2",
                        "--cacert",
                        folder.resolve("tls.crt").toString(),
                        "-H",
                        "content-type: application/dns-message",
                        "--data-binary",
                        "@" + query,
                        "-o",
                        folder.resolve("response").toString(),
                        "-w",
                        "%{http_version} %{response_code} %{content_type} %header{cache-control}",
                        bed.url("/dns-query").toString()))
                .isEqualTo("2 200 application/dns-message max-age=120");
    }

    private String[] ask(int port, String transport) {
        return new String[] {
            "@127.0.0.1",
            "-p",
            "" + port,
            transport,
            "+tls-ca=" + folder.resolve("tls.crt"),
            "+tls-hostname=dns.example.org",
            "AAAA",
            "www.example.org"
        };
    }

    private int tlsPort() {
        return bed.bed.server.listeningTls().getFirst().getPort();
    }

    private int httpsPort() {
        return bed.bed.server.listeningHttps().getFirst().getPort();
    }

    /** What the program writes; the test is skipped where it is missing. */
    private static String run(String program, String... arguments) throws Exception {
        assumeTrue(isInstalled(program), () -> "there is no " + program + "; deploy/setup installs it");
        var command = new ArrayList<>(List.of(program));
        command.addAll(Arrays.asList(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
