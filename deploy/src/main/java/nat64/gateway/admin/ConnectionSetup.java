// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Prepares each connection of a listener; closes those above the limit at once. */
@Sharable
final class ConnectionSetup extends ChannelInitializer<Channel> {

    private final Routes routes;
    private final PageThreads threads;
    private final AdminLimits limits;
    private final Optional<RemoteAccess> remote;
    private final AtomicInteger open = new AtomicInteger();

    /** @param remote who is trusted, where the listener speaks TLS */
    ConnectionSetup(Routes routes, PageThreads threads, AdminLimits limits, Optional<RemoteAccess> remote) {
        this.remote = remote;
        this.routes = routes;
        this.threads = threads;
        this.limits = limits;
    }

    @Override
    protected void initChannel(Channel channel) {
        channel.closeFuture().addListener(_ -> open.decrementAndGet());
        if (open.incrementAndGet() > limits.connections()) {
            var _ = channel.close();
            return;
        }
        remote.ifPresent(access -> channel.pipeline().addLast(access.context().newHandler(channel.alloc())));
        var decoder = new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.headerBytes())
                .setMaxHeaderSize(limits.headerBytes());
        channel.pipeline()
                .addLast(
                        new HttpServerCodec(decoder),
                        new HttpObjectAggregator(limits.bodyBytes(), true),
                        new FlowControlHandler(), // pipelined requests wait for their answer in order
                        new RequestHandler(routes, threads, limits, remote));
    }
}
