// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream.connection;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One port, connected to one server, and the questions that went out there. What comes in and answers none of them is
 * counted and left alone (RFC 5452, section 9.1); if that happens often, the questions are failed as suspicious. For
 * the thread of one event loop.
 */
public final class UdpPort {

    /** Datagrams that match nothing, until they count as an attack. */
    public static final int MOST_MISMATCHES = 32;

    private static final int TRIES = 5;

    private final StreamTransport.Setup setup;
    private final Consumer<UdpPort> flushSoon;
    private final long openedNanos;
    private final PendingQueries pending;
    private final List<PendingQuery> unsent = new ArrayList<>();
    private @Nullable Channel channel;
    private boolean isUnflushed;
    private boolean isRetired;
    private int mismatches;

    /**
     * @param flushSoon runs when there is something to flush
     */
    UdpPort(StreamTransport.Setup setup, Consumer<UdpPort> flushSoon, long openedNanos) {
        this.setup = setup;
        this.flushSoon = flushSoon;
        this.openedNanos = openedNanos;
        this.pending = new PendingQueries(setup.random(), this::closeIfDone);
    }

    void open(Bootstrap bootstrap, LocalPorts ports) {
        open(bootstrap, ports, TRIES);
    }

    /** Whether another question may go out here. */
    boolean isFresh(long nowNanos, int questions, long nanos) {
        return !isRetired && pending.asked() < questions && nowNanos - openedNanos < nanos;
    }

    /** No other question goes out here; the port is closed when the last answer is there. */
    void retire() {
        isRetired = true;
        closeIfDone();
    }

    void send(PendingQuery query) {
        pending.add(query);
        if (channel == null) {
            unsent.add(query);
        } else {
            write(channel, query);
        }
    }

    void flush() {
        isUnflushed = false;
        if (channel != null) {
            channel.flush();
        }
    }

    /** A port that is taken is no reason to give up; the last try leaves the choice to the kernel. */
    private void open(Bootstrap bootstrap, LocalPorts ports, int tries) {
        var local = new InetSocketAddress(tries == 1 ? LocalPorts.ANY : ports.draw());
        var opening = bootstrap.clone().handler(new Reader());
        var _ = opening.connect(setup.server().address(), local).addListener((ChannelFuture connected) -> {
            if (connected.isSuccess()) {
                opened(connected.channel());
            } else if (tries > 1) {
                open(bootstrap, ports, tries - 1);
            } else {
                abandon(PendingQuery.Failure.UNREACHABLE);
            }
        });
    }

    private void opened(Channel connected) {
        channel = connected;
        for (var query : unsent) {
            if (query.isWaiting()) {
                write(connected, query);
            }
        }
        unsent.clear();
        closeIfDone();
    }

    private void write(Channel connected, PendingQuery query) {
        query.setOptions(setup.cookies().option(connected));
        var _ = connected.write(Unpooled.wrappedBuffer(query.bytes()), connected.voidPromise());
        if (!isUnflushed) {
            isUnflushed = true;
            flushSoon.accept(this);
        }
    }

    private void read(byte[] message) {
        var query = pending.find(message);
        if (query == null) {
            mismatched();
        } else if (query.hasRandomCase() && !PendingQueries.hasSameCase(query, message)) {
            query.doubted(PendingQuery.Doubt.LETTER_CASE);
            mismatched();
        } else if (!setup.cookies().admits(query.clientCookie(), message)) {
            query.doubted(PendingQuery.Doubt.COOKIE);
            mismatched();
        } else {
            pending.remove(query);
            query.answered(message);
            closeIfDone();
        }
    }

    private void mismatched() {
        setup.counters().mismatched();
        if (++mismatches == MOST_MISMATCHES) {
            abandon(PendingQuery.Failure.SUSPICIOUS);
        }
    }

    private void abandon(PendingQuery.Failure failure) {
        isRetired = true;
        var all = pending.takeAll();
        closeIfDone();
        all.forEach(query -> query.failed(failure));
    }

    private void closeIfDone() {
        if (isRetired && pending.waiting() == 0 && channel != null) {
            var _ = channel.close();
        }
    }

    private final class Reader extends SimpleChannelInboundHandler<DatagramPacket> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
            read(ByteBufUtil.getBytes(datagram.content()));
        }

        /** An ICMP error: the port is closed, or there is no route to the server. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            abandon(PendingQuery.Failure.UNREACHABLE);
        }
    }
}
