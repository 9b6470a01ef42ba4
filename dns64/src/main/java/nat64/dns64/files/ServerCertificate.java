// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.files;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/**
 * A certificate with its private key.
 *
 * @param chain the certificate first, then those that lead to its authority
 */
public record ServerCertificate(PrivateKey key, List<X509Certificate> chain) {

    private static final byte[] ANYTHING = {1, 2, 3};

    public ServerCertificate {
        chain = List.copyOf(chain);
    }

    /**
     * Reads PEM files.
     *
     * @param now the certificate must be valid then
     * @throws UnusableFileException names the file at fault and the reason
     */
    public static ServerCertificate read(NamedFile certificate, NamedFile key, Instant now)
            throws UnusableFileException {
        var chain = chain(certificate);
        checkDates(certificate, chain.getFirst(), now);
        var publicKey = chain.getFirst().getPublicKey();
        var privateKey = PrivateKeyPem.read(key, publicKey);
        if (!belongTogether(privateKey, publicKey)) {
            throw key.unusable("is not the key of the certificate in " + certificate.path());
        }
        return new ServerCertificate(privateKey, chain);
    }

    public Instant expires() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    public X509Certificate[] chainAsArray() {
        return chain.toArray(X509Certificate[]::new);
    }

    private static List<X509Certificate> chain(NamedFile file) throws UnusableFileException {
        try {
            var found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(file.bytes()));
            if (found.isEmpty()) {
                throw file.unusable("has no certificate; it must hold one in PEM form (-----BEGIN CERTIFICATE-----)");
            }
            return found.stream().map(ServerCertificate::x509).toList();
        } catch (GeneralSecurityException e) {
            throw file.unusable("has no certificate that can be read: " + e.getMessage());
        }
    }

    private static X509Certificate x509(Certificate certificate) {
        return (X509Certificate) certificate;
    }

    private static void checkDates(NamedFile file, X509Certificate certificate, Instant now)
            throws UnusableFileException {
        try {
            certificate.checkValidity(Date.from(now));
        } catch (CertificateExpiredException e) {
            throw file.unusable("expired on " + certificate.getNotAfter().toInstant() + "; renew the certificate");
        } catch (CertificateNotYetValidException e) {
            throw file.unusable("is not valid before "
                    + certificate.getNotBefore().toInstant() + "; is the clock of this host right?");
        }
    }

    /** What one signs, the other verifies. */
    private static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
        var algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(ANYTHING);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(ANYTHING);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
