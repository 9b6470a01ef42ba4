// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream.connection;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import nat64.dns64.message.MessageCookies;
import nat64.dns64.message.ReplyOptions;
import org.jspecify.annotations.Nullable;

/**
 * The cookies between this host and one server (RFC 7873, section 5; RFC 9018, section 3): who does not see the
 * questions can't know them, and can't forge answers. A client cookie is random, for this server and one address of
 * ours, and lasts a day. A server that answers without cookies gets none for five minutes. Safe for many threads.
 */
public final class UpstreamCookies {

    static final int CLIENT_COOKIE = 8;

    private static final byte[] NONE = new byte[0];
    private static final int SHORTEST_SERVER_COOKIE = 8;
    private static final int LONGEST_SERVER_COOKIE = 32;
    private static final long LIFETIME_NANOS = TimeUnit.DAYS.toNanos(1);
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final SecureRandom random = new SecureRandom();
    private final LongSupplier nanoTime;
    private volatile @Nullable Pair current;
    private volatile long resumeNanos;

    /** Cookies of both sides, for one address of ours: at another one they would tell who moved. Immutable. */
    private static final class Pair {

        private final InetAddress local;
        private final byte[] client;
        private final byte[] server; // empty until the server has told one
        private final long madeNanos;

        Pair(InetAddress local, byte[] client, byte[] server, long madeNanos) {
            this.local = local;
            this.client = client;
            this.server = server;
            this.madeNanos = madeNanos;
        }

        boolean isFor(byte[] sent) {
            return Arrays.equals(client, sent);
        }

        byte[] option() {
            byte[] both = Arrays.copyOf(client, client.length + server.length);
            System.arraycopy(server, 0, both, client.length, server.length);
            return ReplyOptions.option(MessageCookies.CODE, both);
        }
    }

    public UpstreamCookies(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.resumeNanos = nanoTime.getAsLong();
    }

    /** The option for a query on this connection; empty while the server gets none. */
    byte[] option(Channel connected) {
        return connected.localAddress() instanceof InetSocketAddress local ? option(local.getAddress()) : NONE;
    }

    /** The option for a query that leaves from this address; empty while the server gets none. */
    byte[] option(InetAddress local) {
        long now = nanoTime.getAsLong();
        if (now - resumeNanos < 0) {
            return NONE;
        }
        var pair = current;
        return (pair != null && isGood(pair, local, now) ? pair : renewed(local, now)).option();
    }

    /**
     * Whether a response over UDP is accepted. One with another client cookie than that of its query may not; and one
     * without any may not when the server has shown that it knows cookies.
     *
     * @param sent the client cookie of the query; empty if it had none
     */
    public boolean admits(byte[] sent, byte[] response) {
        if (sent.length == 0) {
            return true;
        }
        byte[] cookies = MessageCookies.in(response);
        var pair = current;
        boolean isExpected = pair != null && pair.isFor(sent) && pair.server.length > 0;
        if (cookies.length == 0 ? isExpected : !isAnswerTo(sent, cookies)) {
            return false;
        }
        learn(sent, cookies);
        return true;
    }

    /** The same over TCP, where a response cannot be forged off path: if it has no cookies, the server knows none. */
    public boolean admitsOverTcp(byte[] sent, byte[] response) {
        byte[] cookies = sent.length == 0 ? NONE : MessageCookies.in(response);
        if (cookies.length > 0 && !isAnswerTo(sent, cookies)) {
            return false;
        }
        learn(sent, cookies);
        return true;
    }

    /** The server does not like them: it gets none for a while (RFC 9018, section 3). */
    public synchronized void pause() {
        current = null;
        resumeNanos = nanoTime.getAsLong() + PAUSE_NANOS;
    }

    private synchronized void learn(byte[] sent, byte[] cookies) {
        var pair = current;
        if (pair == null || !pair.isFor(sent)) {
            return;
        }
        if (cookies.length == 0) {
            pause();
        } else if (cookies.length > CLIENT_COOKIE) {
            byte[] server = Arrays.copyOfRange(cookies, CLIENT_COOKIE, cookies.length);
            current = new Pair(pair.local, pair.client, server, pair.madeNanos);
        }
    }

    private synchronized Pair renewed(InetAddress local, long now) {
        var pair = current;
        if (pair != null && isGood(pair, local, now)) {
            return pair; // another thread was faster
        }
        byte[] client = new byte[CLIENT_COOKIE];
        random.nextBytes(client);
        var renewed = new Pair(local, client, NONE, now);
        current = renewed;
        return renewed;
    }

    private static boolean isGood(Pair pair, InetAddress local, long now) {
        return pair.local.equals(local) && now - pair.madeNanos < LIFETIME_NANOS;
    }

    /** RFC 7873, section 5.3: the client cookie comes back, alone or with a server cookie of 8 to 32 bytes. */
    private static boolean isAnswerTo(byte[] sent, byte[] cookies) {
        int server = cookies.length - CLIENT_COOKIE;
        return (server == 0 || (server >= SHORTEST_SERVER_COOKIE && server <= LONGEST_SERVER_COOKIE))
                && Arrays.equals(sent, 0, CLIENT_COOKIE, cookies, 0, CLIENT_COOKIE);
    }
}
