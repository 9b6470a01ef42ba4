// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A key and its certificate, signed by itself, made by the JDK's keytool in a directory that a test gives. */
public final class ServerCertificate {

    private static final String PASSWORD = "not a secret";

    private final Path pem;
    private final KeyManagerFactory keys;

    /**
     * @param names whom it names, {@code dns:dns.example,ip:127.0.0.1}
     */
    public ServerCertificate(Path directory, String names) throws IOException, GeneralSecurityException {
        var store = directory.resolve("keys.p12");
        run(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "test",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "san=" + names,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString());
        var loaded = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        pem = directory.resolve("authority.pem");
        Files.writeString(
                pem,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(loaded.getCertificate("test").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(loaded, PASSWORD.toCharArray());
    }

    /** The certificate, for those who shall trust it. */
    public Path pem() {
        return pem;
    }

    public KeyManagerFactory keys() {
        return keys;
    }

    /** For a server. */
    public SSLContext context() throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void run(String... command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
