// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import nat64.dns64.FollowedCertificate;
import nat64.gateway.admin.access.AdminStatistics;
import nat64.gateway.admin.access.FollowedToken;
import nat64.gateway.admin.access.TlsListener;
import nat64.gateway.admin.access.WrongTokens;

/** Who is trusted over TLS: those who send the token (RFC 6750, section 2.1). For one event loop. */
final class RemoteAccess {

    private static final String SCHEME = "Bearer ";
    private static final String CHALLENGE = "Bearer realm=\"nat64\"";

    private final FollowedCertificate<TlsMaterial> certificate;
    private final Optional<FollowedToken> token;
    private final WrongTokens wrong = new WrongTokens();
    private final LongSupplier nanoClock;

    /** @throws IOException if a file can't be used; the message names it and says what to do */
    RemoteAccess(TlsListener listener, LongSupplier nanoClock) throws IOException {
        this.certificate = new FollowedCertificate<>(
                listener.certificate(), listener.key(), InstantSource.system(), TlsMaterial::of);
        this.token = listener.token().isPresent()
                ? Optional.of(new FollowedToken(listener.token().get()))
                : Optional.empty();
        this.nanoClock = nanoClock;
    }

    /** What a client has proven. */
    sealed interface Proof {

        /** It has sent the token. */
        record Token() implements Proof {}

        /** It has sent none, so it may do as much as over plain TCP. */
        record None() implements Proof {}

        /** It gets this page in place of the one that it asks for. */
        record Refused(Page page) implements Proof {}
    }

    /** For the next connection. */
    SslContext context() {
        return certificate.current().context();
    }

    /** Whether the certificate is for this host, so that it is ours. */
    boolean hasName(String host) {
        return certificate.current().hasName(host);
    }

    Proof proof(HttpRequest request, InetAddress client) {
        var sent = request.headers().get(HttpHeaderNames.AUTHORIZATION);
        if (sent == null) {
            return new Proof.None();
        }
        if (token.isEmpty()) {
            return new Proof.Refused(Page.text(403, "this gateway has no token; set admin.tls.token-file"));
        }
        long now = nanoClock.getAsLong();
        if (wrong.areTooMany(client, now)) {
            return new Proof.Refused(
                    Page.text(429, "too many wrong tokens; wait a minute").with(Map.of("Retry-After", "60")));
        }
        boolean isRight = sent.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && token.get().is(sent.substring(SCHEME.length()).strip());
        if (isRight) {
            return new Proof.Token();
        }
        wrong.add(client, now);
        return new Proof.Refused(Page.text(401, "wrong token")
                .with(Map.of("WWW-Authenticate", CHALLENGE + ", error=\"invalid_token\"")));
    }

    /** In place of a page that the token would open. */
    Page challenge(Page refusal) {
        return token.isEmpty()
                ? refusal
                : Page.text(401, "only with the token, as Authorization: Bearer TOKEN")
                        .with(Map.of("WWW-Authenticate", CHALLENGE));
    }

    /** Takes files that have changed. Reads from the disk. */
    void look() {
        certificate.look();
        token.ifPresent(FollowedToken::look);
    }

    AdminStatistics statistics() {
        return wrong.statistics();
    }
}
