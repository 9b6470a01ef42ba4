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
import nat64.translator.session.SessionPrefetch;
import nat64.translator.session.SessionRules;
import nat64.translator.session.SessionTables;
import nat64.translator.session.fragment.Fragments;
import nat64.translator.session.record.SessionView;
import nat64.translator.session.record.TableCounts;
import nat64.translator.session.table.Protocol;
import nat64.translator.translate.Fragmentation;
import nat64.translator.translate.Ipv4ToIpv6;
import nat64.translator.translate.Ipv6ToIpv4;
import nat64.translator.translate.MssClamp;

/** A stateful NAT64 (RFC 6146), or one worker's part of it: the tables are those of all workers. */
public final class Nat64 implements PacketTranslator {

    private final TableLock lock;
    private final SessionTables tables;
    private final SessionRules rules;
    private final Fragments fragments;
    private final Ipv6Path ipv6Path;
    private final Ipv4Path ipv4Path;
    private final Pipeline pipeline;
    private final Housekeeping housekeeping;
    private final SessionPrefetch prefetch;

    /** All memory comes from the arena, which must outlive this object. */
    public Nat64(Arena arena, TranslatorSettings settings, PacketPort port, RandomGenerator random) {
        this(arena, settings, port, SharedState.of(arena, settings, new TableLock(false), random));
    }

    private Nat64(Arena arena, TranslatorSettings settings, PacketPort port, SharedState shared) {
        lock = shared.lock();
        tables = shared.tables();
        rules = shared.rules();
        fragments = new Fragments(shared.fragments());
        prefetch = new SessionPrefetch(tables, MOST_AT_ONCE);
        var filtering = new Filtering(tables);
        var pool4 = rules.pool4();
        var translation = settings.translation();
        var parser = new PacketParser();
        var toIpv4 = new Ipv6ToIpv4(shared.identifications(), translation);
        ipv6Path = new Ipv6Path(lock, rules, filtering, fragments, toIpv4);
        ipv4Path = new Ipv4Path(lock, rules, filtering, fragments, new Ipv4ToIpv6(translation));
        var icmpErrors = new IcmpErrors(arena, settings.ownAddress(), translation.mtus(), shared.icmpErrors());
        pipeline = new Pipeline(
                port,
                parser,
                new Hairpinning(parser, ipv6Path, () -> pool4.contains(ipv6Path.destination()), ipv4Path),
                ipv4Path,
                new MssClamp(translation),
                new Fragmentation(arena, translation),
                icmpErrors);
        var own = new Packet(arena);
        var probes = new Probes(rules.pref64s(), own, parser, port);
        housekeeping = new Housekeeping(lock, tables, rules, probes, icmpErrors, parser, own, port);
    }

    /** One for each port, for a thread each, with the same tables. */
    static List<PacketTranslator> several(
            Arena arena, TranslatorSettings settings, List<? extends PacketPort> ports, RandomGenerator random) {
        var shared = SharedState.of(arena, settings, new TableLock(ports.size() > 1), random);
        return ports.stream()
                .<PacketTranslator>map(port -> new Nat64(arena, settings, port, shared))
                .toList();
    }

    /** Several where the tables are so large that looking ahead pays: each slot costs a little, too. */
    @Override
    public int packetsAtOnce() {
        return tables.exceedsCaches() ? MOST_AT_ONCE : 1;
    }

    /** The sessions of all packets are fetched before the first packet is translated. */
    @Override
    public void process(Packet[] packets, int count, long now) {
        if (count > 1) {
            for (int i = 0; i < count; i++) {
                prefetch.fetchSlot(rules, packets[i]);
            }
            prefetch.fetchRows();
        }
        for (int i = 0; i < count; i++) {
            process(packets[i], now);
        }
    }

    @Override
    public void process(Packet packet, long now) {
        pipeline.process(packet, now);
        int released = ipv6Path.released() + ipv4Path.released();
        while (released > 0 && pollReleased(packet, now)) {
            pipeline.process(packet, now);
            released--;
        }
    }

    private boolean pollReleased(Packet packet, long now) {
        long turn = lock.begin(now);
        try {
            return fragments.pollReleased(packet, turn);
        } finally {
            lock.end();
        }
    }

    @Override
    public void flush() {
        pipeline.flush();
    }

    /** Also answers SYNs that waited in vain, and asks idle connections. */
    @Override
    public boolean expire(long now) {
        return housekeeping.expire(now);
    }

    @Override
    public TranslatorStatistics statistics() {
        var counts = new EnumMap<Protocol, TableCounts>(Protocol.class);
        for (var protocol : Protocol.values()) {
            counts.put(protocol, tables.counts(protocol));
        }
        return new TranslatorStatistics(pipeline.fromIpv6(), pipeline.fromIpv4(), pipeline.icmpErrorsSent(), counts);
    }

    @Override
    public List<SessionView> sessions(int most, long now) {
        var views = new ArrayList<SessionView>();
        long turn = lock.begin(now);
        try {
            for (var protocol : Protocol.values()) {
                tables.listSessions(protocol, most - views.size(), turn, views);
            }
        } finally {
            lock.end();
        }
        return views;
    }
}
