// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Where a service manager would listen. */
public final class NotifySocket implements AutoCloseable {

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Channel channel;

    /** Listens on a path. */
    public NotifySocket(String path) {
        channel = new Bootstrap()
                .group(loops)
                .channel(EpollDomainDatagramChannel.class)
                .handler(new SimpleChannelInboundHandler<DomainDatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, DomainDatagramPacket packet) {
                        heard.add(packet.content().toString(StandardCharsets.UTF_8));
                    }
                })
                .bind(new DomainSocketAddress(path))
                .syncUninterruptibly()
                .channel();
    }

    /** The next message. */
    public String next() throws InterruptedException {
        var message = heard.poll(5, TimeUnit.MINUTES);
        assertThat(message).as("a message within five minutes").isNotNull();
        return message;
    }

    /** The next message that contains a text; those before are dropped. */
    public String next(String text) throws InterruptedException {
        var message = next();
        while (!message.contains(text)) {
            message = next();
        }
        return message;
    }

    /** Whether all messages have been taken. */
    public boolean isEmpty() {
        return heard.isEmpty();
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
