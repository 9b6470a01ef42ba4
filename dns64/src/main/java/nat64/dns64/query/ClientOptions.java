// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.Supplier;
import nat64.dns64.cache.PacketQuery;
import nat64.dns64.message.ReplyOptions;
import nat64.dns64.message.ServerCookies;
import nat64.dns64.statistics.Transport;
import nat64.dns64.view.ClientAddress;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;

/**
 * EDNS options that concern one client and no answer: cookies (RFC 7873), the time that a connection may idle (RFC
 * 7828), padding of what is encrypted (RFC 7830). Other options are not echoed. Safe for many threads.
 */
public final class ClientOptions {

    /** Bytes of the cookie option of a response. */
    static final int COOKIE_OPTION = 4 + ServerCookies.BOTH_COOKIES;

    private static final int BLOCK = 468; // RFC 8467, section 4.1
    private static final int TENTHS = 10; // RFC 7828, section 3.1: units of 100 ms

    private final Supplier<ServerCookies> cookies;
    private final InstantSource clock;

    public ClientOptions(Supplier<ServerCookies> cookies, InstantSource clock) {
        this.cookies = cookies;
        this.clock = clock;
    }

    /** The response with the options that the client of this query gets. */
    public byte[] addTo(byte[] response, Query query, InetAddress client) {
        var edns = query.edns();
        if (edns == null) {
            return response;
        }
        var options = new ByteArrayOutputStream();
        if (edns.cookies() != null) {
            options.writeBytes(cookie(bytes(edns.cookies()), client));
        }
        var transport = query.transport();
        if (edns.wantsKeepalive() && (transport == Transport.TCP || transport == Transport.TLS)) {
            options.writeBytes(keepalive(transport));
        }
        if (edns.isPadded() && (transport == Transport.TLS || transport == Transport.HTTPS)) {
            options.writeBytes(ReplyOptions.padding(response.length + options.size(), BLOCK, Message.MAXLENGTH));
        }
        return ReplyOptions.add(response, options.toByteArray());
    }

    /** Gives a plain query the options of its response. */
    public void addTo(PacketQuery query, InetAddress client) {
        if (query.hasCookies()) {
            query.setReplyOptions(cookie(query.cookies(), client));
        }
    }

    /** A response with the cookie that a client gets for its own. */
    byte[] addTo(byte[] response, CookieOption given, InetAddress client) {
        return ReplyOptions.add(response, cookie(bytes(given), client));
    }

    /** Whether cookies prove that the client is where it seems to be. */
    boolean isGood(CookieOption given, InetAddress client) {
        return isGood(bytes(given), client);
    }

    /** Whether a query proves that its client is where it seems to be. */
    boolean hasGoodCookie(Query query, InetAddress client) {
        var edns = query.edns();
        return edns != null && edns.cookies() != null && isGood(bytes(edns.cookies()), client);
    }

    private boolean isGood(byte[] given, InetAddress client) {
        return cookies.get()
                .isGood(given, ClientAddress.bytes(client), clock.instant().getEpochSecond());
    }

    private byte[] cookie(byte[] given, InetAddress client) {
        byte[] both = Arrays.copyOf(given, ServerCookies.BOTH_COOKIES);
        cookies.get().renew(both, ClientAddress.bytes(client), clock.instant().getEpochSecond());
        return ReplyOptions.option(EDNSOption.Code.COOKIE, both);
    }

    private static byte[] keepalive(Transport transport) {
        return ReplyOptions.option(
                EDNSOption.Code.TCP_KEEPALIVE,
                ByteBuffer.allocate(Short.BYTES)
                        .putShort((short) (transport.idleSeconds() * TENTHS))
                        .array());
    }

    private static byte[] bytes(CookieOption option) {
        byte @Nullable [] server = option.getServerCookie().orElse(null);
        byte[] client = option.getClientCookie();
        return server == null
                ? client
                : ByteBuffer.allocate(client.length + server.length)
                        .put(client)
                        .put(server)
                        .array();
    }
}
