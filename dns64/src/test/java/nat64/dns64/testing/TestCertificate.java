// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate that signed itself, for dns.example.org and 127.0.0.1; made by the JDK's keytool. */
public record TestCertificate(X509Certificate certificate, Key privateKey) {

    private static final String PASSWORD = "changeit";

    /** Good today. */
    public static TestCertificate rsa() {
        return make("-keyalg", "RSA", "-keysize", "2048", "-validity", "2");
    }

    public static TestCertificate ec() {
        return make("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2");
    }

    public static TestCertificate ed25519() {
        return make("-keyalg", "Ed25519", "-validity", "2");
    }

    public static TestCertificate expired() {
        return make("-keyalg", "EC", "-groupname", "secp256r1", "-startdate", "-10d", "-validity", "2");
    }

    private static TestCertificate make(String... kind) {
        try {
            var folder = Files.createTempDirectory("certificate");
            var store = folder.resolve("store.p12");
            try {
                keytool(store, kind);
                return read(store);
            } finally {
                Files.deleteIfExists(store);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path store, String... kind) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "test",
                "-dname",
                "CN=dns.example.org",
                "-ext",
                "SAN=dns:dns.example.org,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(Arrays.asList(kind));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException("keytool: " + output);
        }
    }

    private static TestCertificate read(Path store) throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        return new TestCertificate(
                (X509Certificate) keys.getCertificate("test"), keys.getKey("test", PASSWORD.toCharArray()));
    }

    public String certificatePem() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** PKCS #8. */
    public byte[] key() {
        return privateKey.getEncoded();
    }

    public String keyPem() {
        return pem("PRIVATE KEY", key());
    }

    public static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }

    /** A client that trusts this certificate and no other. */
    public SSLContext client() {
        try {
            var trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("test", certificate);
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            var client = SSLContext.getInstance("TLS");
            client.init(null, trust.getTrustManagers(), null);
            return client;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For a server that shows this certificate. */
    public KeyManagerFactory keys() {
        try {
            var own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry("test", privateKey, PASSWORD.toCharArray(), new Certificate[] {certificate});
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, PASSWORD.toCharArray());
            return keys;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same as a context. */
    public SSLContext server() {
        try {
            var server = SSLContext.getInstance("TLS");
            server.init(keys().getKeyManagers(), null, null);
            return server;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
