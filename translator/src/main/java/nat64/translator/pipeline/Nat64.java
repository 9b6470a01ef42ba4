// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.packet.DropReason.DEVICE_REFUSED;
import static nat64.translator.packet.DropReason.INTERNAL_ERROR;
import static nat64.translator.packet.DropReason.NONE;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.random.RandomGenerator;
import nat64.translator.packet.Counters;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketParser;
import nat64.translator.packet.PacketPort;
import nat64.translator.session.Filtering;
import nat64.translator.session.IncomingTuple;
import nat64.translator.session.Pool4;
import nat64.translator.session.Protocol;
import nat64.translator.session.SessionView;
import nat64.translator.session.TableCounts;
import nat64.translator.translate.Fragmentation;
import nat64.translator.translate.Ipv4ToIpv6;
import nat64.translator.translate.Ipv6ToIpv4;
import nat64.translator.translate.MssClamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stateful NAT64: a packet goes in on one side, and what becomes of it goes out through the port. Knows neither clock
 * nor thread: the caller, always the same thread, says what time it is. Times are milliseconds that never run backwards.
 */
public final class Nat64 {

    private static final Logger LOG = LoggerFactory.getLogger(Nat64.class);

    private final PacketPort port;
    private final PacketParser parser = new PacketParser();
    private final Pool4 pool4;
    private final Filtering filtering;
    private final Ipv6Path ipv6Path;
    private final Ipv4Path ipv4Path;
    private final Hairpinning hairpinning;
    private final MssClamp mssClamp;
    private final Fragmentation fragmentation;
    private final IcmpErrors icmpErrors;
    private final Counters ipv6Counters = new Counters();
    private final Counters ipv4Counters = new Counters();
    private boolean fromIpv6;
    private int packetsOnWire;
    private boolean defectLogged;

    /** All memory comes from the arena, which must outlive this object. */
    public Nat64(Arena arena, TranslatorSettings settings, PacketPort port, RandomGenerator random) {
        this.port = port;
        pool4 = new Pool4(settings.pool4());
        var policy = new Filtering.Policy(settings.pref64s(), settings.clients(), settings.translateNonGlobal());
        filtering = new Filtering(arena, policy, pool4, settings.lifetimes(), settings.maxSessions(), random);
        var incoming = new IncomingTuple(random.nextLong());
        ipv6Path = new Ipv6Path(
                settings.pref64s(), incoming, filtering, new Ipv6ToIpv4(random.nextInt(), settings.translation()));
        ipv4Path = new Ipv4Path(settings.pref64s(), pool4, incoming, filtering, new Ipv4ToIpv6(settings.translation()));
        hairpinning = new Hairpinning(parser, ipv4Path);
        var translation = settings.translation();
        mssClamp = new MssClamp(translation.mssClamp(), translation.mtus());
        fragmentation = new Fragmentation(arena, translation.lowestIpv6Mtu(), translation.mtus());
        int rate = settings.icmpErrorsPerSecond();
        icmpErrors = new IcmpErrors(arena, settings.ownAddress(), translation.mtus(), new TokenBucket(rate, rate));
    }

    /** Translates and sends one packet that has just been received, or drops and counts it. Never throws. */
    public void process(Packet packet, long now) {
        int octets = packet.length();
        DropReason drop;
        try {
            drop = translate(packet, now);
        } catch (RuntimeException e) {
            drop = INTERNAL_ERROR;
            logOnce(e);
        }
        var counters = fromIpv6 ? ipv6Counters : ipv4Counters;
        if (drop == NONE) {
            counters.forwarded(packetsOnWire, octets);
        } else {
            counters.dropped(drop);
        }
    }

    /** Ends some sessions whose time has come. True if there may be more. */
    public boolean expire(long now) {
        return filtering.expire(now);
    }

    /** Any thread may ask. */
    public TranslatorStatistics statistics() {
        var tables = new EnumMap<Protocol, TableCounts>(Protocol.class);
        for (var protocol : Protocol.values()) {
            tables.put(protocol, filtering.counts(protocol));
        }
        return new TranslatorStatistics(traffic(ipv6Counters), traffic(ipv4Counters), icmpErrors.sent(), tables);
    }

    /** Some sessions, {@code most} at most; on the thread that processes packets. */
    public List<SessionView> sessions(int most, long now) {
        var views = new ArrayList<SessionView>();
        for (var protocol : Protocol.values()) {
            filtering.listSessions(protocol, most - views.size(), now, views);
        }
        return views;
    }

    private DropReason translate(Packet packet, long now) {
        var drop = parser.parse(packet);
        fromIpv6 = packet.layers().version() == 6;
        if (drop == NONE) {
            drop = fromIpv6 ? ipv6Path.translate(packet, now) : ipv4Path.translate(packet, now);
        }
        if (drop != NONE) {
            icmpErrors.reply(packet, drop, port, now);
            return drop;
        }
        if (fromIpv6 && pool4.contains(ipv6Path.destination())) {
            drop = hairpinning.turnAround(packet, now);
        }
        return drop == NONE && !send(packet) ? DEVICE_REFUSED : drop;
    }

    private boolean send(Packet packet) {
        packetsOnWire = packet.packetsOnWire();
        mssClamp.apply(packet);
        return fragmentation.isNeeded(packet) ? fragmentation.send(packet, port) : port.send(packet);
    }

    private void logOnce(RuntimeException defect) {
        if (!defectLogged) {
            defectLogged = true;
            LOG.error("A packet met a defect of the translator; it was dropped, and so are others like it", defect);
        }
    }

    private static TranslatorStatistics.Traffic traffic(Counters counters) {
        return new TranslatorStatistics.Traffic(counters.packets(), counters.octets(), counters.dropped());
    }
}
