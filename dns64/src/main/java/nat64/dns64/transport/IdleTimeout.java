// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Says that a connection is idle when no whole query came for a while. Nothing else that comes gains time: no dripping
 * bytes, and no PING or SETTINGS of HTTP/2. For one connection.
 */
final class IdleTimeout extends ChannelInboundHandlerAdapter {

    private final long nanos;
    private long lastNanos;
    private @Nullable Future<?> timer;
    private @Nullable ChannelHandlerContext context;

    IdleTimeout(int seconds) {
        this.nanos = TimeUnit.SECONDS.toNanos(seconds);
    }

    /** A whole query came. */
    void reset() {
        if (context != null) {
            lastNanos = now(context);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        lastNanos = now(added);
        schedule(added, nanos);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void check(ChannelHandlerContext own) {
        long left = lastNanos + nanos - now(own);
        if (left > 0) {
            schedule(own, left);
        } else {
            own.fireUserEventTriggered(IdleStateEvent.FIRST_READER_IDLE_STATE_EVENT);
        }
    }

    private void schedule(ChannelHandlerContext own, long delay) {
        timer = own.executor().schedule(() -> check(own), delay, TimeUnit.NANOSECONDS);
    }

    private static long now(ChannelHandlerContext own) {
        return own.executor().ticker().nanoTime();
    }
}
