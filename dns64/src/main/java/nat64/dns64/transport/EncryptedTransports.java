// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
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
    private final List<InetSocketAddress> tls = new ArrayList<>();
    private final List<InetSocketAddress> https = new ArrayList<>();

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

    /** New connections get the certificate that is there when they come. */
    public void open(
            Listeners listeners, QueryHandler queries, Counters counters, ConnectionLimit limit, Executor executor)
            throws IOException {
        var handshake = new TlsHandshake(queries, counters, executor);
        var overTls = TcpConnections.encrypted(
                queries,
                counters,
                limit,
                connection -> handshake.addTo(connection, certificate.current().tls()));
        var overHttps = new HttpsConnections(
                queries,
                counters,
                limit,
                connection -> handshake.addTo(connection, certificate.current().https()),
                settings.path());
        for (var address : settings.listen()) {
            tls.add(listeners.openStream(address, overTls, "TLS"));
        }
        for (var address : settings.https()) {
            https.add(listeners.openStream(address, overHttps, "HTTPS"));
        }
    }

    /** Takes another certificate if the files have changed. Reads from the disk. */
    public void look() {
        certificate.look();
    }

    public CertificateState statistics() {
        return new CertificateState(certificate.current().expires(), certificate.reloads(), certificate.failures());
    }

    /** Addresses of DNS over TLS, with the ports that the kernel chose for 0. */
    public List<InetSocketAddress> tls() {
        return List.copyOf(tls);
    }

    /** Addresses of DNS over HTTPS, likewise. */
    public List<InetSocketAddress> https() {
        return List.copyOf(https);
    }
}
