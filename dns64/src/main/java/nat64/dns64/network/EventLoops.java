// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.network;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that serve sockets, and the kinds of channels that fit them: epoll where the kernel has it, else NIO. A
 * query and the questions to upstreams that it leads to stay on one thread. Safe for many threads.
 */
public final class EventLoops implements AutoCloseable {

    private static final long CLOSE_SECONDS = 2;

    private final boolean epoll = Epoll.isAvailable();
    private final EventLoopGroup group;
    private final List<EventLoop> loops = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    /**
     * @param threads 0 is one per processor
     */
    public EventLoops(int threads) {
        IoHandlerFactory factory = epoll ? EpollHandler.newFactory() : NioIoHandler.newFactory();
        this.group = new MultiThreadIoEventLoopGroup(
                threads == 0 ? Runtime.getRuntime().availableProcessors() : threads, factory);
        group.forEach(loop -> loops.add((EventLoop) loop));
    }

    public EventLoopGroup group() {
        return group;
    }

    public int size() {
        return loops.size();
    }

    public EventLoop get(int index) {
        return loops.get(index);
    }

    /** The index of the loop that this thread is; of any, in turn, if it is none. */
    public int current() {
        for (int i = 0; i < loops.size(); i++) {
            if (loops.get(i).inEventLoop()) {
                return i;
            }
        }
        return Math.floorMod(next.getAndIncrement(), loops.size());
    }

    /** Runs what blocks nothing, after some time: on the loop that this thread is, or on any if it is none. */
    public Future<?> later(Runnable task, long millis) {
        return loops.get(current()).schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    /** Whether all threads run; an error may have ended one. */
    public boolean areRunning() {
        return loops.stream().noneMatch(EventLoop::isShuttingDown);
    }

    public boolean isEpoll() {
        return epoll;
    }

    public Class<? extends DatagramChannel> datagrams() {
        return epoll ? EpollDatagramChannel.class : NioDatagramChannel.class;
    }

    public Class<? extends SocketChannel> streams() {
        return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    public Class<? extends ServerSocketChannel> listeners() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /** Closes all sockets and ends the threads. */
    @Override
    public void close() {
        group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
