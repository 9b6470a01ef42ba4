// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.health;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import nat64.gateway.host.HostHealth;
import nat64.gateway.system.HostException;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import nat64.translator.packet.Packet;
import nat64.translator.session.policy.ProbeFlow;
import org.jspecify.annotations.Nullable;

/**
 * Sends a datagram through the translator and back, as a client and a server would: from a device of its own through
 * the kernel's forwarding to the translator's device, as IPv4 through the forwarding to the device of its own, and all
 * the way back. Each try is another session, and all have one port of pool4.
 */
public final class PathProbe implements RepeatedProbe.Round, AutoCloseable {

    private static final int SENDINGS = 4;
    private static final long BETWEEN_SENDINGS_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int SENDING_BITS = 4;
    private static final int PREFIX_BITS = 16;

    private final ProbePackets packets;
    private final Explanation explanation;
    private final Supplier<List<Pref64>> pref64s;
    private final SecureRandom random = new SecureRandom();
    private final Arena arena = Arena.ofShared();
    private final Packet packet = new Packet(arena);
    private final Surroundings surroundings;
    private volatile boolean isCancelled;
    private volatile @Nullable ProbeDevice device;
    private boolean isSetUp;
    private int nextPort = random.nextInt(ProbeFlow.PORTS);

    /**
     * What the probe runs on.
     *
     * @param device the name of its own device, which is made
     * @param translatorDevice the name of the translator's
     * @param ownTables the names of the gateway's nftables tables
     * @param flow the hosts behind the device of the probe; the translator has to let them speak
     * @param host what the watch of the host has found
     */
    public record Surroundings(
            String device, String translatorDevice, Set<String> ownTables, ProbeFlow flow, Supplier<HostHealth> host) {}

    /**
     * Probes nothing yet, and makes no device.
     *
     * @param pref64s those that are probed, at most 65535; asked at each try
     */
    public PathProbe(Surroundings surroundings, Supplier<List<Pref64>> pref64s) {
        this.surroundings = surroundings;
        this.pref64s = pref64s;
        packets = new ProbePackets(surroundings.flow());
        explanation = new Explanation(
                surroundings.translatorDevice(),
                surroundings.device(),
                new Ipv6Address(
                        surroundings.flow().ipv6High(), surroundings.flow().ipv6Low()),
                surroundings.ownTables(),
                surroundings.host());
    }

    @Override
    public Map<String, Finding> ask() {
        var asked = pref64s.get();
        Exchange exchange;
        try {
            exchange = new Exchange(asked, device());
        } catch (IOException | HostException e) {
            return all(
                    asked,
                    new Finding.Failed(
                            "packets can't be sent for a probe (translator.device.probe): " + e.getMessage(), false));
        }
        exchange.run();
        if (isCancelled) {
            return Map.of();
        }
        isSetUp = exchange.answered.cardinality() == asked.size(); // else the device itself may be the reason
        return exchange.findings();
    }

    @Override
    public void cancel() {
        isCancelled = true;
        var opened = device;
        if (opened != null) {
            opened.wake();
        }
    }

    /** Removes the device. The thread that asks must have ended. Closing it twice does no harm. */
    @Override
    public void close() {
        var opened = device;
        if (opened != null) {
            opened.close();
        }
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    /** The device, which is made at the first try. */
    private ProbeDevice device() throws IOException, HostException {
        var opened = device;
        if (opened == null) {
            opened = ProbeDevice.open(surroundings.device(), surroundings.flow());
            device = opened;
        }
        if (!isSetUp) {
            opened.setUp();
            isSetUp = true;
        }
        return opened;
    }

    private static Map<String, Finding> all(List<Pref64> asked, Finding finding) {
        var findings = new LinkedHashMap<String, Finding>();
        asked.forEach(pref64 -> findings.put(pref64.toString(), finding));
        return findings;
    }

    /** One try: the questions that are not answered are sent again, as any of them may get lost in a full queue. */
    private final class Exchange {

        private final int port = surroundings.flow().ipv4Port() + Math.floorMod(nextPort++, ProbeFlow.PORTS);
        private final List<Pref64> asked;
        private final ProbeDevice device;
        private final long secret = (random.nextLong() | 1) << (PREFIX_BITS + SENDING_BITS); // never 0
        private final long[] sentAt = new long[SENDINGS];
        private final BitSet arrived = new BitSet();
        private final BitSet answered = new BitSet();
        private final long[] roundTrips;
        private final long droppedBefore = explanation.droppedPackets();

        Exchange(List<Pref64> asked, ProbeDevice device) {
            this.asked = asked;
            this.device = device;
            roundTrips = new long[asked.size()];
        }

        void run() {
            for (int sending = 0; sending < SENDINGS && !isOver(); sending++) {
                sentAt[sending] = System.nanoTime();
                for (int i = answered.nextClearBit(0); i < asked.size(); i = answered.nextClearBit(i + 1)) {
                    device.send(packets.question(packet, asked.get(i), port, token(i, sending)));
                }
                receiveUntil(sentAt[sending] + BETWEEN_SENDINGS_NANOS);
            }
        }

        private boolean isOver() {
            return isCancelled || answered.cardinality() == asked.size();
        }

        private void receiveUntil(long end) {
            for (long left = end - System.nanoTime(); left > 0 && !isOver(); left = end - System.nanoTime()) {
                device.await((int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
                while (device.receive(packet)) {
                    take();
                }
            }
        }

        /** Other datagrams are ignored: any host may send to these addresses. */
        private void take() {
            long answer = packets.answerToken(packet);
            if (isOfThisTry(answer)) {
                learnAnswer(answer);
                return;
            }
            long question = packets.answer(packet);
            if (isOfThisTry(question)) {
                arrived.set(prefix(question));
                device.send(packet);
            }
        }

        private void learnAnswer(long token) {
            int prefix = prefix(token);
            if (!answered.get(prefix)) {
                answered.set(prefix);
                roundTrips[prefix] = System.nanoTime() - sentAt[sending(token)];
            }
        }

        private long token(int prefix, int sending) {
            return secret | (long) prefix << SENDING_BITS | sending;
        }

        private boolean isOfThisTry(long token) {
            return (token & -1L << (PREFIX_BITS + SENDING_BITS)) == secret
                    && prefix(token) < asked.size()
                    && sending(token) < SENDINGS;
        }

        private int prefix(long token) {
            return (int) (token >>> SENDING_BITS) & ((1 << PREFIX_BITS) - 1);
        }

        private int sending(long token) {
            return (int) token & ((1 << SENDING_BITS) - 1);
        }

        Map<String, Finding> findings() {
            var findings = new LinkedHashMap<String, Finding>();
            for (int i = 0; i < asked.size(); i++) {
                findings.put(asked.get(i).toString(), finding(i));
            }
            return findings;
        }

        private Finding finding(int i) {
            if (answered.get(i)) {
                return new Finding.Passed(Duration.ofNanos(roundTrips[i]));
            }
            var pref64 = asked.get(i);
            var destination = pref64.embed(surroundings.flow().ipv4());
            return explanation.of(pref64, destination, arrived.get(i), droppedBefore);
        }
    }
}
