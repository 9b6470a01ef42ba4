// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.time.Instant;
import javax.net.ssl.SSLException;
import nat64.dns64.files.ServerCertificate;

/**
 * One certificate, ready for both encrypted transports: TLS 1.2 and 1.3, sessions resumed by tickets (RFC 7858, section
 * 3.4). Clients that name no protocol are served, too.
 *
 * @param expires when the certificate does
 */
record TlsContexts(SslContext tls, SslContext https, Instant expires) {

    /** RFC 7858, section 3.1, and the registry of ALPN. */
    private static final String DNS_OVER_TLS = "dot";

    static {
        // A client of TLS 1.2 could else ask for one costly handshake after the other on one connection.
        if (System.getProperty("jdk.tls.rejectClientInitiatedRenegotiation") == null) {
            System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        }
    }

    static TlsContexts of(ServerCertificate certificate) throws IOException {
        try {
            return new TlsContexts(
                    context(certificate, DNS_OVER_TLS),
                    context(certificate, ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1),
                    certificate.expires());
        } catch (SSLException | IllegalArgumentException e) {
            throw new IOException("the certificate can't be used for TLS: " + e.getMessage(), e);
        }
    }

    private static SslContext context(ServerCertificate certificate, String... protocols) throws SSLException {
        return SslContextBuilder.forServer(certificate.key(), certificate.chainAsArray())
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        protocols))
                .build();
    }
}
