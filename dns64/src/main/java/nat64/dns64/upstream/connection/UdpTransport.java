// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream.connection;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import nat64.dns64.network.EventLoops;
import org.jspecify.annotations.Nullable;

/**
 * Questions over UDP from a pool of ports that changes all the time: each port is drawn at random, serves some
 * questions for some seconds, and gives way to another, so that an attacker does not know which port waits for an
 * answer (RFC 5452, section 9.2). What is asked in one turn of the event loop is sent at its end. For the thread of one
 * event loop.
 */
public final class UdpTransport implements UpstreamTransport {

    private static final int PORTS_OF_ALL_LOOPS = 128;
    private static final int FEWEST_PORTS = 16;
    private static final int MOST_PORTS = 64;
    private static final int QUESTIONS_PER_PORT = 256;
    private static final long NANOS_PER_PORT = TimeUnit.SECONDS.toNanos(10);
    private static final int LARGEST_RESPONSE = 4096; // for servers that ignore our payload size

    private final StreamTransport.Setup setup;
    private final Bootstrap bootstrap;
    private final LongSupplier nanoTime;
    private final LocalPorts localPorts;
    private final @Nullable UdpPort[] ports;
    private final List<UdpPort> unflushed = new ArrayList<>();

    public UdpTransport(EventLoops loops, StreamTransport.Setup setup, LongSupplier nanoTime) {
        this.setup = setup;
        this.nanoTime = nanoTime;
        this.localPorts = new LocalPorts(setup.random(), LocalPorts.RESERVED, nanoTime);
        this.ports = new UdpPort[Math.clamp(PORTS_OF_ALL_LOOPS / loops.size(), FEWEST_PORTS, MOST_PORTS)];
        this.bootstrap = new Bootstrap()
                .group(setup.loop())
                .channel(loops.datagrams())
                .option(ChannelOption.RECVBUF_ALLOCATOR, oneByOne());
    }

    /** A port has hardly ever two responses at a time, and looking for a second one is a system call. */
    private static RecvByteBufAllocator oneByOne() {
        return new FixedRecvByteBufAllocator(LARGEST_RESPONSE).maxMessagesPerRead(1);
    }

    @Override
    public void send(PendingQuery query) {
        int chosen = setup.random().below(ports.length);
        var port = ports[chosen];
        if (port == null || !port.isFresh(nanoTime.getAsLong(), QUESTIONS_PER_PORT, NANOS_PER_PORT)) {
            if (port != null) {
                port.retire();
            }
            port = new UdpPort(setup, this::flushSoon, nanoTime.getAsLong());
            ports[chosen] = port;
            port.send(query);
            port.open(bootstrap, localPorts);
            var _ = setup.loop().schedule(port::retire, NANOS_PER_PORT, TimeUnit.NANOSECONDS);
        } else {
            port.send(query);
        }
    }

    private void flushSoon(UdpPort port) {
        if (unflushed.isEmpty()) {
            setup.loop().execute(this::flush);
        }
        unflushed.add(port);
    }

    private void flush() {
        unflushed.forEach(UdpPort::flush);
        unflushed.clear();
    }
}
