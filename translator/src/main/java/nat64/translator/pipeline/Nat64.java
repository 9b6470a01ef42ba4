// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.random.RandomGenerator;
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

/**
 * A stateful NAT64: a packet goes in on one side, and what becomes of it goes out through the port. Knows neither clock
 * nor thread: the caller, always the same thread, says what time it is. Times are milliseconds that never run backwards.
 */
public final class Nat64 implements Mode {

    private final IncomingTuple incoming;
    private final Filtering filtering;
    private final Pipeline pipeline;
    private final Housekeeping housekeeping;

    /** All memory comes from the arena, which must outlive this object. */
    public Nat64(Arena arena, TranslatorSettings settings, PacketPort port, RandomGenerator random) {
        var pool4 = new Pool4(settings.pool4());
        var policy = new Filtering.Policy(settings.pref64s(), settings.clients(), settings.translateNonGlobal());
        filtering = new Filtering(
                arena, policy, settings.state(), pool4, settings.lifetimes(), settings.maxSessions(), random);
        incoming = new IncomingTuple(arena, settings.fragments(), random.nextLong());
        var translation = settings.translation();
        var parser = new PacketParser();
        var ipv6Path =
                new Ipv6Path(settings.pref64s(), incoming, filtering, new Ipv6ToIpv4(random.nextInt(), translation));
        var ipv4Path = new Ipv4Path(settings.pref64s(), pool4, incoming, filtering, new Ipv4ToIpv6(translation));
        var icmpErrors = new IcmpErrors(
                arena,
                settings.ownAddress(),
                translation.mtus(),
                new IcmpErrorBudget(settings.icmpErrorsPerSecond(), random.nextLong()));
        pipeline = new Pipeline(
                port,
                parser,
                new Hairpinning(parser, ipv6Path, () -> pool4.contains(ipv6Path.destination()), ipv4Path),
                ipv4Path,
                new MssClamp(translation),
                new Fragmentation(arena, translation),
                icmpErrors);
        var own = new Packet(arena);
        var probes = new Probes(settings.pref64s(), own, parser, port);
        housekeeping = new Housekeeping(filtering, probes, icmpErrors, parser, own, port);
    }

    @Override
    public void process(Packet packet, long now) {
        pipeline.process(packet, now);
        while (incoming.pollReleased(packet, now)) {
            pipeline.process(packet, now);
        }
    }

    /** Also answers SYNs that waited in vain, and asks idle connections. */
    @Override
    public boolean expire(long now) {
        return housekeeping.expire(now);
    }

    @Override
    public TranslatorStatistics statistics() {
        var tables = new EnumMap<Protocol, TableCounts>(Protocol.class);
        for (var protocol : Protocol.values()) {
            tables.put(protocol, filtering.counts(protocol));
        }
        return new TranslatorStatistics(pipeline.fromIpv6(), pipeline.fromIpv4(), pipeline.icmpErrorsSent(), tables);
    }

    @Override
    public List<SessionView> sessions(int most, long now) {
        var views = new ArrayList<SessionView>();
        for (var protocol : Protocol.values()) {
            filtering.listSessions(protocol, most - views.size(), now, views);
        }
        return views;
    }
}
