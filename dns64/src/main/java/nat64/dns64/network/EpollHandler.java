// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.network;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Netty's epoll, but for sockets that wait for nothing for a while. Netty 4.2 takes such a socket out of epoll and does
 * not put it back (epoll_ctl fails with ENOENT, and the channel is closed): a half-closed connection whose client does
 * not read would lose its answers. Here it is registered anew. For the thread of one event loop.
 */
final class EpollHandler implements IoHandler {

    private final IoHandler epoll;
    private final Set<Registration> waitingForNothing = new HashSet<>();

    private EpollHandler(IoHandler epoll) {
        this.epoll = epoll;
    }

    static IoHandlerFactory newFactory() {
        var factory = EpollIoHandler.newFactory();
        return new IoHandlerFactory() {
            @Override
            public IoHandler newHandler(ThreadAwareExecutor thread) {
                return new EpollHandler(factory.newHandler(thread));
            }
        };
    }

    @Override
    public void initialize() {
        epoll.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        return epoll.run(context);
    }

    @Override
    public void prepareToDestroy() {
        epoll.prepareToDestroy();
        List.copyOf(waitingForNothing).forEach(Registration::close);
    }

    @Override
    public void destroy() {
        epoll.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return new Registration((EpollIoHandle) handle);
    }

    @Override
    public void wakeup() {
        epoll.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
        return epoll.isCompatible(type);
    }

    /** Of one socket, which Netty knows by one registration after the other. */
    private final class Registration implements IoRegistration, EpollIoHandle {

        private final EpollIoHandle handle;
        private IoRegistration last;
        private boolean isSuspended;
        private volatile boolean isCancelled;

        Registration(EpollIoHandle handle) throws Exception {
            this.handle = handle;
            this.last = epoll.register(this);
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // as Netty has it
        public <T> T attachment() {
            return last.attachment();
        }

        @Override
        public long submit(IoOps ops) {
            if (isCancelled) {
                return -1;
            }
            if (ops.equals(EpollIoOps.NONE)) {
                suspend();
                return 0;
            }
            resume();
            return last.submit(ops);
        }

        private void suspend() {
            if (!isSuspended) {
                isSuspended = true;
                waitingForNothing.add(this);
                last.cancel();
            }
        }

        private void resume() {
            if (isSuspended) {
                isSuspended = false;
                waitingForNothing.remove(this);
                try {
                    last = epoll.register(this);
                } catch (Exception e) {
                    throw new IllegalStateException("a socket that was registered before can't be registered", e);
                }
            }
        }

        @Override
        public boolean isValid() {
            return !isCancelled;
        }

        @Override
        public boolean cancel() {
            if (isCancelled) {
                return false;
            }
            isCancelled = true;
            waitingForNothing.remove(this);
            return isSuspended || last.cancel();
        }

        @Override
        public FileDescriptor fd() {
            return handle.fd();
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            handle.handle(this, event);
        }

        @Override
        public void close() {
            try {
                handle.close();
            } catch (Exception e) {
                throw new IllegalStateException("a socket that can't be closed", e);
            }
        }
    }
}
