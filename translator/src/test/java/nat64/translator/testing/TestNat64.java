// SPDX-License-Identifier: Apache-2.0
package nat64.translator.testing;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.device.MemoryPort;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.pipeline.Nat64;
import nat64.translator.pipeline.TranslatorSettings;
import nat64.translator.pipeline.TranslatorStatistics;
import nat64.translator.session.FragmentLimits;
import nat64.translator.session.Lifetimes;
import nat64.translator.session.Pool4Range;
import nat64.translator.session.PortRange;
import nat64.translator.session.Protocol;
import nat64.translator.session.StatePolicy;
import nat64.translator.session.TableCounts;
import nat64.translator.translate.TranslationOptions;

/** A NAT64 in memory with a clock that tests move, at 2001:db8:64::/96 with pool4 203.0.113.0/30. */
public final class TestNat64 implements AutoCloseable {

    public static final String CLIENT = "2001:db8:1::2";
    public static final String OTHER_CLIENT = "2001:db8:1::3";
    public static final String SERVER = "198.51.100.2";
    public static final String SERVER_IN_PREF64 = "2001:db8:64::c633:6402";
    public static final String OWN_ADDRESS = "2001:db8:ffff::1";
    public static final Ipv4Prefix POOL4 = Ipv4Prefix.parse("203.0.113.0/30");

    private final Arena arena = Arena.ofConfined();
    private final MemoryPort port = new MemoryPort();
    private final Packet packet = new Packet(arena);
    private final Nat64 nat64;
    private long now = 1_000;

    public TestNat64() {
        this(settings());
    }

    public TestNat64(TranslatorSettings settings) {
        nat64 = new Nat64(arena, settings, port, new SplittableRandom(6146));
    }

    public static TranslatorSettings settings() {
        return settings(List.of(Pref64.parse("2001:db8:64::/96")), PortRange.ALL, 1024);
    }

    public static TranslatorSettings settings(List<Pref64> pref64s, PortRange ports, int maxSessions) {
        return new TranslatorSettings(
                pref64s,
                List.of(new Pool4Range(POOL4, ports)),
                List.of(Ipv6Prefix.parse("2001:db8:1::/64")),
                false,
                Lifetimes.RFC_6146,
                maxSessions,
                Ipv6Address.parse(OWN_ADDRESS),
                TranslatorSettings.ICMP_ERRORS_PER_SECOND,
                TranslationOptions.RFC_7915,
                StatePolicy.DEFAULT,
                FragmentLimits.DEFAULT);
    }

    /** As {@link #settings()}, with other options. */
    public static TranslatorSettings settings(TranslationOptions options) {
        return settings(TranslatorSettings.ICMP_ERRORS_PER_SECOND, options);
    }

    /** As {@link #settings()}, with other options and so many ICMP errors a second. */
    public static TranslatorSettings settings(int icmpErrorsPerSecond, TranslationOptions options) {
        var settings = settings();
        return new TranslatorSettings(
                settings.pref64s(),
                settings.pool4(),
                settings.clients(),
                settings.translateNonGlobal(),
                settings.lifetimes(),
                settings.maxSessions(),
                settings.ownAddress(),
                icmpErrorsPerSecond,
                options,
                settings.state(),
                settings.fragments());
    }

    /** What becomes of a packet: all that the translator sends for it. The slot is filled with rubbish before. */
    public List<Wire> send(byte[] octets) {
        packet.buffer().fill((byte) 0xa5);
        port.offer(octets);
        port.receive(packet);
        nat64.process(packet, now);
        return port.drain().stream().map(Wire::new).toList();
    }

    /** As {@link #send} for many segments under one header, with a checksum that the device would complete. */
    public List<Wire> sendSuperPacket(byte[] octets, Packet.Segmentation segmentation, int segmentOctets) {
        packet.buffer().fill((byte) 0xa5);
        MemorySegment.copy(MemorySegment.ofArray(octets), 0, packet.buffer(), Packet.HEADROOM, octets.length);
        packet.received(octets.length, true, segmentation, segmentOctets, false);
        nat64.process(packet, now);
        return port.drain().stream().map(Wire::new).toList();
    }

    /** As {@link #send}, where one sound packet has to come out. */
    public Wire translate(byte[] octets) {
        var sent = send(octets);
        if (sent.size() != 1) {
            throw new AssertionError("one packet expected, not " + sent.size() + "; drops: " + drops());
        }
        return sent.getFirst().assertSound();
    }

    /** As {@link #translate} for a fragment, whose checksum is about more than it holds. */
    public Wire translateFragment(byte[] octets) {
        var sent = send(octets);
        if (sent.size() != 1) {
            throw new AssertionError("one piece expected, not " + sent.size() + "; drops: " + drops());
        }
        return sent.getFirst();
    }

    public static TranslatorSettings settings(StatePolicy state) {
        return settings(settings(), state);
    }

    public static TranslatorSettings settings(TranslatorSettings usual, StatePolicy state) {
        return new TranslatorSettings(
                usual.pref64s(),
                usual.pool4(),
                usual.clients(),
                usual.translateNonGlobal(),
                usual.lifetimes(),
                usual.maxSessions(),
                usual.ownAddress(),
                usual.icmpErrorsPerSecond(),
                usual.translation(),
                state,
                usual.fragments());
    }

    /** Time passes; what the translator sends of its own accord. */
    public List<Wire> pass(java.time.Duration time) {
        now += time.toMillis();
        while (nat64.expire(now)) {
            // until nothing is left to expire
        }
        return port.drain().stream().map(Wire::new).toList();
    }

    public long dropped(DropReason reason) {
        var statistics = nat64.statistics();
        return statistics.fromIpv6().dropped().getOrDefault(reason, 0L)
                + statistics.fromIpv4().dropped().getOrDefault(reason, 0L);
    }

    public List<DropReason> drops() {
        return DropReason.ALL.stream().filter(reason -> dropped(reason) > 0).toList();
    }

    public int sessions(Protocol protocol) {
        return table(protocol).sessions();
    }

    public int bindings(Protocol protocol) {
        return table(protocol).bindings();
    }

    public TableCounts table(Protocol protocol) {
        return Objects.requireNonNull(nat64.statistics().tables().get(protocol));
    }

    public TranslatorStatistics statistics() {
        return nat64.statistics();
    }

    public Nat64 nat64() {
        return nat64;
    }

    @Override
    public void close() {
        arena.close();
    }
}
