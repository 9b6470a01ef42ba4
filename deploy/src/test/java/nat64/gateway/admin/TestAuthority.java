// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A certificate that signed itself, for gateway.example.org, 127.0.0.1 and ::1; made by openssl. */
record TestAuthority(Path certificate, Path key) {

    static TestAuthority in(Path directory) throws IOException, InterruptedException {
        var certificate = directory.resolve("admin.crt");
        var key = directory.resolve("admin.key");
        var openssl = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:prime256v1",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=gateway",
                        "-addext",
                        "subjectAltName=DNS:gateway.example.org,DNS:*.gateways.example.org,IP:127.0.0.1,IP:::1",
                        "-keyout",
                        key.toString(),
                        "-out",
                        certificate.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("openssl.log").toFile())
                .start();
        assertThat(openssl.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(openssl.exitValue())
                .as(Files.readString(directory.resolve("openssl.log")))
                .isZero();
        return new TestAuthority(certificate, key);
    }
}
