// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import nat64.dns64.files.FollowedFiles;
import nat64.dns64.files.ServerCertificate;
import nat64.dns64.query.Counters;
import nat64.dns64.query.QueryHandler;
import nat64.dns64.settings.TlsSettings;
import nat64.dns64.statistics.CertificateState;

/** DNS over TLS and DNS over HTTPS of a server, and the certificate of both. */
public final class EncryptedTransports {

    private final TlsSettings settings;
    private final FollowedFiles<TlsContexts> certificate;

    /**
     * Reads the certificate.
     *
     * @throws IOException if it can't be used; it names the file and the reason
     */
    public EncryptedTransports(TlsSettings settings, InstantSource clock) throws IOException {
        this.settings = settings;
        this.certificate = new FollowedFiles<>(
                List.of(settings.certificate(), settings.key()),
                files -> TlsContexts.of(ServerCertificate.read(files.getFirst(), files.getLast(), clock.instant())));
    }

    /** Has listeners serve both. New connections get the certificate that is there when they come. */
    public void serveAt(
            Listeners listeners, QueryHandler queries, Counters counters, ConnectionLimit limit, Executor executor) {
        var handshake = new TlsHandshake(queries, counters, executor);
        listeners.serve(
                Place.Kind.TLS,
                TcpConnections.encrypted(
                        queries,
                        counters,
                        limit,
                        connection -> handshake.addTo(
                                connection, certificate.current().tls())));
        listeners.serve(
                Place.Kind.HTTPS,
                new HttpsConnections(
                        queries,
                        counters,
                        limit,
                        connection -> handshake.addTo(
                                connection, certificate.current().https()),
                        settings.path()));
    }

    /** Takes another certificate if the files have changed. Reads from the disk. */
    public void look() {
        certificate.look();
    }

    public CertificateState statistics() {
        return new CertificateState(certificate.current().expires(), certificate.reloads(), certificate.failures());
    }
}
