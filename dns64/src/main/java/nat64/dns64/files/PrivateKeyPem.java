// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.files;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Private keys in PEM files (RFC 7468): PKCS #8, and the older forms for RSA (RFC 8017, appendix A.1.2) and EC (RFC
 * 5915), which cert-manager writes unless told otherwise. The JDK reads PKCS #8 only, so these are put into its
 * envelope.
 */
final class PrivateKeyPem {

    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN ((?:RSA |EC |ENCRYPTED )?PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final byte[] VERSION_0 = {2, 1, 0};
    private static final int SHORT_FORM = 0x7f; // X.690, section 8.1.3.4

    private PrivateKeyPem() {}

    /**
     * @param publicKey of the certificate, which determines the kind of key
     */
    static PrivateKey read(NamedFile file, PublicKey publicKey) throws UnusableFileException {
        var block = BLOCK.matcher(new String(file.bytes(), StandardCharsets.ISO_8859_1));
        if (!block.find()) {
            throw file.unusable("has no private key; it must hold one in PEM form (-----BEGIN PRIVATE KEY-----)");
        }
        if (block.group(1).startsWith("ENCRYPTED") || block.group(2).contains("ENCRYPTED")) {
            throw file.unusable("holds a key that is encrypted; store it without a password");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            byte[] pkcs8 = block.group(1).equals("PRIVATE KEY") ? der : inEnvelope(der, publicKey);
            return KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw file.unusable("has no private key of the certificate's kind (" + publicKey.getAlgorithm() + ")");
        }
    }

    /** RFC 5208, section 5. The algorithm with its parameters is that of the public key (RFC 5280, section 4.1.2.7). */
    private static byte[] inEnvelope(byte[] key, PublicKey publicKey) {
        return element(SEQUENCE, VERSION_0, firstInside(publicKey.getEncoded()), element(OCTET_STRING, key));
    }

    private static byte[] element(int tag, byte[]... contents) {
        var inside = new ByteArrayOutputStream();
        for (byte[] content : contents) {
            inside.writeBytes(content);
        }
        var element = new ByteArrayOutputStream();
        element.write(tag);
        if (inside.size() <= SHORT_FORM) {
            element.write(inside.size());
        } else {
            element.write(0x82);
            element.write(inside.size() >>> Byte.SIZE);
            element.write(inside.size());
        }
        element.writeBytes(inside.toByteArray());
        return element.toByteArray();
    }

    /** The first element within an element, with its tag and length. */
    private static byte[] firstInside(byte[] der) {
        var reader = ByteBuffer.wrap(der);
        enter(reader);
        int start = reader.position();
        int length = enter(reader);
        return Arrays.copyOfRange(der, start, reader.position() + length);
    }

    /** Moves behind tag and length; returns the length. */
    private static int enter(ByteBuffer reader) {
        reader.get();
        int length = reader.get() & 0xff;
        if (length <= SHORT_FORM) {
            return length;
        }
        int bytes = length & SHORT_FORM;
        int sum = 0;
        for (int i = 0; i < bytes; i++) {
            sum = (sum << Byte.SIZE) | (reader.get() & 0xff);
        }
        return sum;
    }
}
