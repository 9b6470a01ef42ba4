// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * One certificate, ready for TLS 1.2 and 1.3.
 *
 * @param names the DNS names of the certificate, in lower case; the first label may be a star
 */
record TlsMaterial(SslContext context, Set<String> names) {

    private static final int DNS_NAME = 2; // RFC 5280, section 4.2.1.6

    static {
        // A client of TLS 1.2 could else ask for one costly handshake after the other on one connection.
        if (System.getProperty("jdk.tls.rejectClientInitiatedRenegotiation") == null) {
            System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        }
    }

    static TlsMaterial of(PrivateKey key, List<X509Certificate> chain) throws IOException {
        try {
            var context = SslContextBuilder.forServer(key, chain.toArray(X509Certificate[]::new))
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    .build();
            return new TlsMaterial(context, names(chain.getFirst()));
        } catch (SSLException | CertificateParsingException | IllegalArgumentException e) {
            throw new IOException("the certificate of admin.tls can't be used: " + e.getMessage(), e);
        }
    }

    /** Whether the certificate is for a host of this name; a star stands for one label (RFC 9525, section 6.3). */
    boolean hasName(String host) {
        var name = host.toLowerCase(Locale.ROOT);
        int dot = name.indexOf('.');
        return names.contains(name) || (dot > 0 && names.contains("*" + name.substring(dot)));
    }

    private static Set<String> names(X509Certificate certificate) throws CertificateParsingException {
        var names = new HashSet<String>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            for (var name : alternatives) {
                if (name.getFirst().equals(DNS_NAME)) {
                    names.add(String.valueOf(name.get(1)).toLowerCase(Locale.ROOT));
                }
            }
        }
        return Set.copyOf(names);
    }
}
