// SPDX-License-Identifier: Apache-2.0
package nat64.bench;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import nat64.translator.PacketTranslator;
import nat64.translator.TranslatorThreads;
import nat64.translator.device.ReservedMemory;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketPort;
import nat64.translator.session.table.Protocol;
import org.HdrHistogram.Histogram;

/**
 * How long packets wait while a million sessions expire in one second: a whole translator, its worker and all, between
 * the ends of a device in memory. Packets arrive at a fixed rate, whether the worker is ready or not, and the delay
 * runs from the moment at which a packet was due to the moment at which it was sent, translated.
 *
 * <p>Arguments: sessions that expire, packets per second, seconds. Prints one line of JSON for a time in which nothing
 * expires, and one for the time in which all do.
 */
public final class ExpiryDelay {

    private static final int FLOWS = 1000;
    private static final long LONGEST_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long SLEEP_NANOS = 20_000;
    private static final int WARM_UPS = 4;
    private static final long OPENING_IS_OVER = Duration.ofMinutes(4).toMillis();

    private ExpiryDelay() {}

    public static void main(String[] arguments) throws InterruptedException {
        int sessions = Integer.parseInt(arguments[0]);
        long perSecond = Long.parseLong(arguments[1]);
        long seconds = Long.parseLong(arguments[2]);
        var line = new Line(sessions, perSecond, seconds);
        try (var translator = TranslatorThreads.start(
                new ReservedMemory(Long.MAX_VALUE),
                Traffic.settings(sessions + FLOWS),
                List.of(line),
                new TranslatorThreads.Surroundings(line::milliseconds, new SplittableRandom(6146), () -> {}))) {
            for (int round = 0; round < WARM_UPS; round++) { // or what is measured is the compiler, too
                line.run(translator, "warm-up", round % 2 == 0);
            }
            line.run(translator, "no session expires", false);
            line.run(translator, "all sessions expire", true);
        }
    }

    /** Both ends of a device: opens sessions, and then sends packets of a few of them by the clock. */
    private static final class Line implements PacketPort {

        private final int sessions;
        private final long spacingNanos;
        private final long durationNanos;
        private final Traffic traffic = new Traffic();
        private final SplittableRandom random = new SplittableRandom(1);
        private final Histogram delays = new Histogram(LONGEST_NANOS, 3);
        private final long start = System.nanoTime();
        private volatile long leapMillis;
        private volatile CountDownLatch idle = new CountDownLatch(1);
        private volatile boolean closed;
        private volatile boolean opening;
        private volatile boolean sending;
        private int opened;
        private boolean answering;
        private long pool4;
        // of packets that were received, and not yet sent
        private final long[] dueTimes = new long[PacketTranslator.MOST_AT_ONCE];
        private int received;
        private int sent;
        private long due;
        private long end;

        Line(int sessions, long perSecond, long seconds) {
            this.sessions = sessions;
            spacingNanos = Duration.ofSeconds(1).toNanos() / perSecond;
            durationNanos = Duration.ofSeconds(seconds).toNanos();
        }

        /** The translator's clock, which leaps when sessions shall expire. */
        long milliseconds() {
            return (System.nanoTime() - start) / 1_000_000 + leapMillis;
        }

        void run(TranslatorThreads translator, String name, boolean expiring) throws InterruptedException {
            idle = new CountDownLatch(1);
            opened = 0;
            opening = true;
            idle.await();
            long expired = expired(translator);
            delays.reset();
            idle = new CountDownLatch(1);
            received = 0;
            sent = 0;
            due = System.nanoTime();
            end = due + durationNanos;
            leapMillis += expiring ? OPENING_IS_OVER : 0;
            sending = true;
            idle.await();
            System.out.printf(
                    "{\"phase\": \"%s\", \"expired\": %d, \"packets\": %d, \"p50_us\": %.1f, \"p99_us\": %.1f,"
                            + " \"p99_9_us\": %.1f, \"p99_99_us\": %.1f, \"max_us\": %.1f}%n",
                    name,
                    expired(translator) - expired,
                    delays.getTotalCount(),
                    delays.getValueAtPercentile(50) / 1e3,
                    delays.getValueAtPercentile(99) / 1e3,
                    delays.getValueAtPercentile(99.9) / 1e3,
                    delays.getValueAtPercentile(99.99) / 1e3,
                    delays.getMaxValue() / 1e3);
        }

        private static long expired(TranslatorThreads translator) {
            return translator.statistics().tables().get(Protocol.TCP).expired();
        }

        @Override
        public boolean receive(Packet packet) {
            return opening ? receiveSyn(packet) : sending && receiveByTheClock(packet);
        }

        /** The first flows are answered, and so live for hours; the others are not. */
        private boolean receiveSyn(Packet packet) {
            if (opened == FLOWS + sessions && !answering) {
                opening = false;
                idle.countDown();
                return false;
            }
            if (answering) {
                answering = false;
                traffic.fromIpv4(packet.buffer(), Packet.HEADROOM, opened - 1, pool4, Traffic.SYN_ACK);
                packet.received(Traffic.IPV4_LENGTH);
                return true;
            }
            answering = opened < FLOWS;
            put(packet, opened++, Traffic.SYN);
            return true;
        }

        private boolean receiveByTheClock(Packet packet) {
            long now = System.nanoTime();
            if (now - due < 0) {
                return false;
            }
            if (due - end >= 0) {
                sending = false;
                idle.countDown();
                return false;
            }
            put(packet, random.nextInt(FLOWS), Traffic.ACK);
            dueTimes[received++ % dueTimes.length] = due;
            due += spacingNanos;
            return true;
        }

        private void put(Packet packet, int session, int flags) {
            traffic.fromIpv6(packet.buffer(), Packet.HEADROOM, session, flags);
            packet.received(Traffic.IPV6_LENGTH);
        }

        @Override
        public boolean send(Packet packet) {
            if (sending) {
                long wasDue = dueTimes[sent++ % dueTimes.length];
                delays.recordValue(Math.min(System.nanoTime() - wasDue, LONGEST_NANOS));
            } else if (answering) {
                pool4 = Traffic.ipv4Source(packet);
            }
            return true;
        }

        /** A short sleep, as there are many packets a second. */
        @Override
        public void await(int milliseconds) {
            LockSupport.parkNanos(SLEEP_NANOS);
        }

        @Override
        public void wake() {}

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
