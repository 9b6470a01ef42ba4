// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import nat64.dns64.files.FollowedFiles;
import nat64.dns64.files.ServerCertificate;

/**
 * What a TLS server beside the DNS64 makes of its certificate, in the forms that the DNS64 takes for its own, and again
 * when the files change. Files that can't be used are logged once, and the last good ones stay. Any thread may read it.
 */
public final class FollowedCertificate<T> {

    /** Makes something of a certificate. */
    public interface Maker<T> {

        /**
         * Makes it.
         *
         * @param chain the certificate first, then those that lead to its authority
         */
        T make(PrivateKey key, List<X509Certificate> chain) throws IOException;
    }

    private final FollowedFiles<T> files;

    /**
     * Reads the files.
     *
     * @param certificate in PEM
     * @param key likewise, without a password
     * @throws IOException if they can't be used; it names the one at fault and the reason
     */
    public FollowedCertificate(Path certificate, Path key, InstantSource clock, Maker<T> maker) throws IOException {
        this.files = new FollowedFiles<>(List.of(certificate, key), read -> {
            var found = ServerCertificate.read(read.getFirst(), read.getLast(), clock.instant());
            return maker.make(found.key(), found.chain());
        });
    }

    /** Of the files as they were at the last look. */
    public T current() {
        return files.current();
    }

    /** Looks whether the files have changed. Reads from the disk. */
    public void look() {
        files.look();
    }
}
