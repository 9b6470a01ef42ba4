// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.network.EventLoops;
import nat64.dns64.settings.UpstreamServer;
import nat64.dns64.statistics.Durations;
import nat64.dns64.upstream.connection.ServerCounters;
import nat64.dns64.upstream.connection.StreamTransport;
import nat64.dns64.upstream.connection.TlsTrust;
import nat64.dns64.upstream.connection.UdpTransport;
import nat64.dns64.upstream.connection.UnpredictableNumbers;
import nat64.dns64.upstream.connection.UpstreamCookies;
import nat64.dns64.upstream.connection.UpstreamTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Rcode;

/** One resolver that questions are forwarded to, and what is known of it. Safe for many threads. */
public final class RemoteServer {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteServer.class);
    private static final long CASE_MEMORY_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long UDP_MEMORY_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long UDP_LATELY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int MOST_OVER_TCP_ALONE = 3;
    private static final long EDNS_MEMORY_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final UpstreamServer server;
    private final LongSupplier nanoTime;
    private final ServerCounters counters = new ServerCounters();
    private final ServerHealth health = new ServerHealth();
    private final Durations durations = new Durations();
    private final UpstreamCookies cookies;
    private final List<Link> links = new ArrayList<>();
    private final AtomicLong ednsAgainNanos;
    private final AtomicLong caseAgainNanos;
    private final AtomicLong udpAgainNanos;
    private final AtomicInteger overTcpAlone = new AtomicInteger();
    private volatile long heardOverUdpNanos;
    private final boolean randomizesCase;
    private volatile boolean loops;

    /** The ways to the server from one event loop; there is none over UDP if it is reached over TCP or TLS only. */
    record Link(
            EventLoop loop,
            @Nullable UpstreamTransport datagrams,
            UpstreamTransport streams,
            UnpredictableNumbers random) {}

    /**
     * @param randomizesCase whether the letters of names get a random case over UDP
     */
    RemoteServer(
            UpstreamServer server, EventLoops loops, TlsTrust trust, boolean randomizesCase, LongSupplier nanoTime) {
        this.server = server;
        this.nanoTime = nanoTime;
        this.cookies = new UpstreamCookies(nanoTime);
        this.randomizesCase = randomizesCase;
        this.caseAgainNanos = new AtomicLong(nanoTime.getAsLong());
        this.ednsAgainNanos = new AtomicLong(nanoTime.getAsLong());
        this.udpAgainNanos = new AtomicLong(nanoTime.getAsLong());
        this.heardOverUdpNanos = nanoTime.getAsLong() - UDP_LATELY_NANOS;
        for (int i = 0; i < loops.size(); i++) {
            links.add(link(loops, loops.get(i), trust));
        }
    }

    private Link link(EventLoops loops, EventLoop loop, TlsTrust trust) {
        var random = new UnpredictableNumbers();
        var setup = new StreamTransport.Setup(loops.streams(), loop, server, random, counters, cookies, trust);
        return switch (server.protocol()) {
            case PLAIN -> new Link(loop, new UdpTransport(loops, setup, nanoTime), new StreamTransport(setup), random);
            case TCP, TLS, HTTPS -> new Link(loop, null, new StreamTransport(setup), random);
        };
    }

    UpstreamServer server() {
        return server;
    }

    public ServerCounters counters() {
        return counters;
    }

    Durations.Counts durations() {
        return durations.counts();
    }

    ServerHealth health() {
        return health;
    }

    /** Whether it forwards back to this server. */
    boolean loops() {
        return loops;
    }

    void loops(boolean doesSo) {
        loops = doesSo;
    }

    /** Whether it may be asked before others. */
    boolean isReliable() {
        return !loops && health.isReliable();
    }

    /** Asks from this event loop, whose thread the caller must be. */
    void ask(int loop, Question question, long timeoutNanos, Exchange.Asker asker) {
        new Exchange(this, links.get(loop), question, asker).start(timeoutNanos);
    }

    /** Asks over TCP because it is silent over UDP; the same applies. */
    void askOverTcp(int loop, Question question, long timeoutNanos, Exchange.Asker asker) {
        new Exchange(this, links.get(loop), question, asker).startOverTcp(timeoutNanos);
    }

    /** Whether it is asked over UDP, and nothing came that way lately, so that something on the path may drop it. */
    boolean mayDropUdp() {
        return server.protocol() == UpstreamServer.Protocol.PLAIN
                && !dropsUdp(now())
                && now() - heardOverUdpNanos >= UDP_LATELY_NANOS;
    }

    /** Whether it was seen to answer over TCP only, so that UDP costs clients time. */
    boolean dropsUdp(long nowNanos) {
        return nowNanos - udpAgainNanos.get() < 0;
    }

    void heardOverUdp(long nowNanos) {
        heardOverUdpNanos = nowNanos;
        if (overTcpAlone.get() > 0) {
            overTcpAlone.set(0);
        }
    }

    /** It answered over TCP, having been silent over UDP: if that happens again and again, it is asked over TCP. */
    void heardOverTcpAlone(long nowNanos) {
        if (overTcpAlone.incrementAndGet() >= MOST_OVER_TCP_ALONE) {
            overTcpAlone.set(0);
            udpAgainNanos.set(nowNanos + UDP_MEMORY_NANOS);
            LOG.warn("upstream {} answers over TCP and not over UDP: it is asked over TCP for five minutes", server);
        }
    }

    long now() {
        return nanoTime.getAsLong();
    }

    public boolean knowsEdns(long nowNanos) {
        return nowNanos - ednsAgainNanos.get() >= 0;
    }

    /** It answered FORMERR to a query with an OPT record (RFC 6891, section 7): for a while it sees no other. */
    void doesNotKnowEdns() {
        ednsAgainNanos.set(nanoTime.getAsLong() + EDNS_MEMORY_NANOS);
    }

    boolean randomizesCase() {
        return randomizesCase;
    }

    /** Whether it was seen to change the case of letters, so that UDP is of no use. */
    boolean changesCase(long nowNanos) {
        return randomizesCase && nowNanos - caseAgainNanos.get() < 0;
    }

    /** Over UDP the case was another, and over TCP there was an answer: for a while it is asked over TCP. */
    void changedCase() {
        caseAgainNanos.set(nanoTime.getAsLong() + CASE_MEMORY_NANOS);
    }

    /** It answered FORMERR to a query with a cookie, and knows EDNS. */
    void dislikesCookies() {
        cookies.pause();
    }

    void responded(Outcome outcome, long askedNanos) {
        long now = nanoTime.getAsLong();
        durations.add(now - askedNanos);
        boolean isBack = health.heardOf();
        if (outcome instanceof Outcome.Failure(var rcode) && (rcode == Rcode.SERVFAIL || rcode == Rcode.REFUSED)) {
            if (health.failed(now - askedNanos, now)) {
                LOG.warn("upstream {} refuses or fails nearly all questions: it is asked last", server);
            }
        } else {
            isBack |= health.answered(now - askedNanos);
        }
        if (isBack) {
            LOG.info("upstream {} answers again", server);
        }
    }

    void wasSilent() {
        if (health.silent(nanoTime.getAsLong())) {
            LOG.warn("upstream {} does not answer: it is asked last", server);
        }
    }
}
