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
import org.jspecify.annotations.Nullable;

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
        List.copyOf(waitingForNothing).forEach(Registration::closeHandle);
    }

    @Override
    public void destroy() {
        epoll.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        var registration = new Registration((EpollIoHandle) handle);
        registration.register();
        return registration;
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
        private volatile @Nullable IoRegistration current;
        private @Nullable Object attachment;
        private volatile boolean isCancelled;

        Registration(EpollIoHandle handle) {
            this.handle = handle;
        }

        void register() throws Exception {
            var registration = epoll.register(this);
            attachment = registration.attachment();
            current = registration;
        }

        @Override
        @SuppressWarnings("unchecked") // as Netty does
        public <T> T attachment() {
            return (T) attachment;
        }

        @Override
        public long submit(IoOps ops) {
            if (isCancelled) {
                return -1;
            }
            var registration = current;
            if (ops.equals(EpollIoOps.NONE)) {
                if (registration != null) {
                    current = null;
                    waitingForNothing.add(this);
                    registration.cancel();
                }
                return 0;
            }
            return (registration == null ? again() : registration).submit(ops);
        }

        private IoRegistration again() {
            try {
                waitingForNothing.remove(this);
                var registration = epoll.register(this);
                current = registration;
                return registration;
            } catch (Exception e) {
                throw new IllegalStateException("a socket that was registered before can't be registered", e);
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
            var registration = current;
            if (registration != null) {
                return registration.cancel();
            }
            waitingForNothing.remove(this);
            return true;
        }

        private void closeHandle() {
            try {
                handle.close();
            } catch (Exception e) {
                throw new IllegalStateException("a socket that can't be closed", e);
            }
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
        public void close() throws Exception {
            handle.close();
        }
    }
}
