// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.text;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** By which a changed content of a file is noticed. Not a protection against forged content. */
public record Fingerprint(int length, long checksum) {

    public static Fingerprint of(byte[] content) {
        var checksum = new CRC32C();
        checksum.update(content);
        return new Fingerprint(content.length, checksum.getValue());
    }

    /** Of a file with this text. */
    public static Fingerprint of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }
}
