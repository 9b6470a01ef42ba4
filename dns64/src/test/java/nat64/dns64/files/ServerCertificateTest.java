// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.files;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import nat64.dns64.testing.TestCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServerCertificateTest {

    private static final TestCertificate RSA = TestCertificate.rsa();
    private static final TestCertificate EC = TestCertificate.ec();
    private static final Instant NOW =
            EC.certificate().getNotBefore().toInstant().plusSeconds(3600);

    static Stream<TestCertificate> kinds() {
        return Stream.of(RSA, EC, TestCertificate.ed25519());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void readsACertificateAndItsKey(TestCertificate made) throws Exception {
        var read = read(made.certificatePem(), made.keyPem(), NOW);

        assertThat(read.chain()).containsExactly(made.certificate());
        assertThat(read.key().getEncoded()).isEqualTo(made.key());
    }

    @Test
    void readsTheOldFormOfRsaKeys() throws Exception {
        var old = TestCertificate.pem("RSA PRIVATE KEY", Arrays.copyOfRange(RSA.key(), 26, RSA.key().length));

        assertThat(read(RSA.certificatePem(), old, NOW).key().getEncoded()).isEqualTo(RSA.key());
    }

    @Test
    void readsTheOldFormOfEcKeysBehindTheirParameters() throws Exception {
        byte[] key = Arrays.copyOfRange(EC.key(), 28, EC.key().length);
        var old = TestCertificate.pem("EC PARAMETERS", new byte[] {5, 0}) + TestCertificate.pem("EC PRIVATE KEY", key);

        assertThat(read(EC.certificatePem(), old, NOW).key().getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void keepsTheWholeChain() throws Exception {
        var read = read(EC.certificatePem() + RSA.certificatePem(), EC.keyPem(), NOW);

        assertThat(read.chain()).containsExactly(EC.certificate(), RSA.certificate());
    }

    @Test
    void refusesTheKeyOfAnotherCertificate() {
        refuses(
                EC.certificatePem(),
                TestCertificate.ec().keyPem(),
                NOW,
                "key.pem is not the key of the certificate in");
        refuses(EC.certificatePem(), RSA.keyPem(), NOW, "key.pem has no private key of the certificate's kind (EC)");
    }

    @Test
    void refusesCertificatesOfAnotherTime() {
        var notAfter = EC.certificate().getNotAfter().toInstant();
        var notBefore = EC.certificate().getNotBefore().toInstant();

        refuses(EC.certificatePem(), EC.keyPem(), notAfter.plusSeconds(1), "tls.pem expired on " + notAfter);
        refuses(
                EC.certificatePem(),
                EC.keyPem(),
                notBefore.minusSeconds(1),
                "tls.pem is not valid before " + notBefore);
    }

    @Test
    void refusesFilesThatHoldSomethingElse() {
        refuses("", EC.keyPem(), NOW, "tls.pem has no certificate");
        refuses("hello", EC.keyPem(), NOW, "tls.pem has no certificate");
        refuses(EC.keyPem(), EC.keyPem(), NOW, "tls.pem has no certificate");
        refuses(EC.certificatePem(), EC.certificatePem(), NOW, "key.pem has no private key");
        refuses(EC.certificatePem(), EC.keyPem().replace("M", "!"), NOW, "key.pem has no private key");
    }

    @Test
    void refusesEncryptedKeysAndSaysWhatHelps() {
        var old = """
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-128-CBC,00

                AAAA
                -----END RSA PRIVATE KEY-----
                """;
        refuses(RSA.certificatePem(), old, NOW, "key.pem holds a key that is encrypted; store it without a password");
        refuses(
                RSA.certificatePem(),
                TestCertificate.pem("ENCRYPTED PRIVATE KEY", new byte[] {1}),
                NOW,
                "key.pem holds a key that is encrypted");
    }

    private static void refuses(String certificate, String key, Instant now, String message) {
        assertThatThrownBy(() -> read(certificate, key, now))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageStartingWith(message);
    }

    private static ServerCertificate read(String certificate, String key, Instant now) throws UnusableFileException {
        return ServerCertificate.read(file("tls.pem", certificate), file("key.pem", key), now);
    }

    private static NamedFile file(String name, String text) {
        return new NamedFile(Path.of(name), text.getBytes(US_ASCII));
    }
}
