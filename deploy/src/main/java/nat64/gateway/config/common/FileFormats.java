// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;

/** How the path of a file is written. */
public final class FileFormats {

    /** A file with certificates of authorities; the word {@code system} means no file. */
    public static final Format<Optional<Path>> AUTHORITIES =
            Format.of("/etc/nat64/authorities.pem", FileFormats::authorities);

    private static final String SYSTEM = "system";

    private FileFormats() {}

    /** A path from the root on; the word {@code none} means no file. */
    public static Format<Optional<Path>> orNone(String example) {
        return Formats.orNone(Format.of(example, FileFormats::file));
    }

    private static Path file(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException(text + " is not an absolute path; write the path from / on");
        }
        return Path.of(text);
    }

    private static Optional<Path> authorities(String text) {
        if (text.equals(SYSTEM)) {
            return Optional.empty();
        }
        var file = Path.of(text);
        try (var pem = Files.newInputStream(file)) {
            if (CertificateFactory.getInstance("X.509")
                    .generateCertificates(pem)
                    .isEmpty()) {
                throw new IllegalArgumentException(text + " contains no certificate");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cannot read " + text + "; name a file with certificates in PEM, or write system", e);
        } catch (CertificateException e) {
            throw new IllegalArgumentException(
                    text + " contains no certificates in PEM; name a file that does, or write system", e);
        }
        return Optional.of(file);
    }
}
