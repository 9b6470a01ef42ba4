// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketPort;

/** A device in memory: offered packets come in, sent packets are kept. For tests and captures. */
public final class MemoryPort implements PacketPort {

    private final Queue<byte[]> incoming = new ConcurrentLinkedQueue<>();
    private final Queue<byte[]> outgoing = new ConcurrentLinkedQueue<>();
    private final Semaphore events = new Semaphore(0);
    private volatile boolean closed;

    /** Has a packet, its IP header first, come in. */
    public void offer(byte[] packet) {
        incoming.add(packet.clone());
        events.release();
    }

    /** Takes all packets that were sent since the last time, in their order. */
    public List<byte[]> drain() {
        var packets = new ArrayList<byte[]>();
        for (var packet = outgoing.poll(); packet != null; packet = outgoing.poll()) {
            packets.add(packet);
        }
        return packets;
    }

    @Override
    public boolean receive(Packet packet) {
        var bytes = incoming.poll();
        if (bytes == null) {
            return false;
        }
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, packet.buffer(), Packet.HEADROOM, bytes.length);
        packet.received(bytes.length);
        return true;
    }

    @Override
    public boolean send(Packet packet) {
        outgoing.add(packet.buffer().asSlice(packet.start(), packet.length()).toArray(ValueLayout.JAVA_BYTE));
        return true;
    }

    @Override
    public void await(int milliseconds) {
        try {
            if (events.tryAcquire(milliseconds, TimeUnit.MILLISECONDS)) {
                events.drainPermits();
            }
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void wake() {
        events.release();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        wake();
    }
}
