// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.pcap;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Frames on their way from the threads that capture to the thread that translates. Bounded. */
final class FrameQueue {

    private final int capacity;
    private final Queue<Frame> frames;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean woken;

    /** Bytes as they were captured. */
    static final class Frame {

        private final @Nullable PcapSide side;
        private final byte[] bytes;

        /**
         * The bytes are not copied.
         *
         * @param side where they come from; null if they are not a frame but an IP packet, an error made here
         */
        Frame(@Nullable PcapSide side, byte[] bytes) {
            this.side = side;
            this.bytes = bytes;
        }

        @Nullable
        PcapSide side() {
            return side;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    FrameQueue(int capacity) {
        this.capacity = capacity;
        frames = new ArrayDeque<>(capacity);
    }

    /** Adds a frame; false if there is no room. */
    boolean offer(Frame frame) {
        lock.lock();
        try {
            if (frames.size() == capacity) {
                return false;
            }
            frames.add(frame);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** How many frames wait now. */
    int size() {
        lock.lock();
        try {
            return frames.size();
        } finally {
            lock.unlock();
        }
    }

    /** The oldest frame, or null if there is none. */
    @Nullable
    Frame poll() {
        lock.lock();
        try {
            return frames.poll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is a frame, {@link #wake} is called, the time is over or the thread is interrupted. */
    void await(int milliseconds) {
        lock.lock();
        try {
            long nanos = TimeUnit.MILLISECONDS.toNanos(milliseconds);
            while (frames.isEmpty() && !woken && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            woken = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Ends an {@link #await}. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
